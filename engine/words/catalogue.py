"""The catalogues of texts (GNU gettext's .mo files), and which is in use: one for the process and all its threads."""

import gettext
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from engine.words.system import system_languages

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable  # not before 3.11, and older ones are to be told so

SYSTEM = "system"
"""Stands for the language that the system is used in, among those that there are."""

ENGLISH = "en"
"""The language of the sources, which there always is."""

DOMAIN = "kinfolk"

_OWN_NAME = "x-own-name"
"""The line of a catalogue's header that says how the language is called by who speaks it."""


class _Absent(gettext.NullTranslations):
    """Answers for a text that a catalogue lacks, with what no text is."""

    TEXT = "\0"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return self.TEXT

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return self.TEXT


@dataclass(frozen=True, slots=True)
class _Language:
    """A language and its texts; put in place whole, so that no thread sees half of a change."""

    name: str
    texts: gettext.NullTranslations


_now = _Language(ENGLISH, _Absent())


def languages() -> dict[str, str]:
    """Return the languages that there are: names as in ISO 639, and what each calls itself; English first."""
    return {name: str(_texts(name).info().get(_OWN_NAME, name)) for name in _names()}


def is_there(language: str) -> bool:
    """Say whether there are texts in a language, by its name, without reading any."""
    return language in _names()


@lru_cache
def _names() -> tuple[str, ...]:
    names = {folder.name for folder in _catalogues().iterdir() if _file(folder.name).is_file()}
    return (ENGLISH, *sorted(names - {ENGLISH}))


def use(language: str = SYSTEM) -> str:
    """Say everything in a language from now on, or in the system's, and return which it became.

    A language that there is not becomes English.
    """
    name = nearest(system_languages() if language == SYSTEM else (language,))
    _put(name, _texts(name))
    return name


def use_texts(language: str, texts: gettext.NullTranslations) -> None:
    """Say everything in texts that were read elsewhere, for whoever tries a catalogue."""
    texts.add_fallback(_Absent())
    _put(language, texts)


def nearest(wanted: Iterable[str]) -> str:
    """Return the first of some languages that there is, English for none; `de` meets `de_AT`, `de-AT`, `de.UTF-8`."""
    for name in wanted:
        language = re.split("[-_.@]", name, maxsplit=1)[0].lower()
        if is_there(language):
            return language
    return ENGLISH


def in_use() -> str:
    """Return the language in use, English until `use` was called."""
    return _now.name


def find(context: str, code: str) -> str | None:
    """Return a text in the language in use, by its English and where it is said; None where the catalogue lacks it."""
    found = _now.texts.pgettext(context, code)
    return None if found == _Absent.TEXT else found


def find_form(context: str, code: str, count: int) -> str | None:
    """Return the form of a text for a number, by the English of one; None where the catalogue lacks it.

    Where the sources do not name the forms of English, these are had from its catalogue.
    """
    for texts in (_now.texts, _texts(ENGLISH)):
        found = texts.npgettext(context, code, code, count)
        if found != _Absent.TEXT:
            return found
    return None


def _put(language: str, texts: gettext.NullTranslations) -> None:
    global _now  # noqa: PLW0603  # one language for the process, as a locale is
    _now = _Language(language, texts)


@lru_cache
def _texts(language: str) -> gettext.NullTranslations:
    file = _file(language)
    if not file.is_file():
        return _Absent()
    with file.open("rb") as opened:
        texts = gettext.GNUTranslations(opened)
    texts.add_fallback(_Absent())
    return texts


def _file(language: str) -> "Traversable":
    return _catalogues() / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def _catalogues() -> "Traversable":
    return resources.files("resources") / "translations"
