"""Templates with named places, filled as the language in use wants it: its particles and its numbers."""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

from engine.words.catalogue import ENGLISH, in_use
from engine.words.particles import settled

_SEPARATORS = {"de": str.maketrans(",.", ".,")}
"""How numbers are written where it is not as in English; Korean writes them so, too."""


def fill(template: str, /, **values: object) -> str:
    """Return a template with its places (`{name}`, `{count:,}`) filled, in the language in use.

    A particle after a place (`{name}을(를)`) becomes the one that the sound before it asks for (see `particles`).
    Raises KeyError for a place without a value.
    """
    return filled(template, values, in_use())


def filled(template: str, values: Mapping[str, object], language: str = ENGLISH) -> str:
    """Return the same in a language that is named."""
    text = ""
    for literal, name, form in _parts(template):
        text += settled(text, literal)
        if name is not None:
            text += _written(values[name], form, language)
    return text


@lru_cache(maxsize=4_096)
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return what stands before each place, its name and its format. Raises ValueError for lone braces."""
    return tuple((literal, name, form or "") for literal, name, form, _ in Formatter().parse(template))


def _written(value: object, form: str, language: str) -> str:
    text = format(value, form)
    number = isinstance(value, int | float) and (form or isinstance(value, float))
    return text.translate(_SEPARATORS[language]) if number and language in _SEPARATORS else text
