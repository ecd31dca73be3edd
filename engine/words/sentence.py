"""Sentences: strings in English that keep their template and their values, and so can be told in other languages."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.words.catalogue import find, find_form, in_use
from engine.words.filling import filled

ENGINE = "engine"
"""The context in catalogues of all that engine, command line and trainer say."""

Value = str | int | float
"""What fills a place of a sentence; a `Sentence` is a str and is told in its turn."""


class Sentence(str):
    """A text whose value is its English; made by `sentence` and `counted`.

    `code` is the English template, under which catalogues hold its translations, `values` what fills its places, and
    `many` the template for several, where the number `values["count"]` decides.
    """

    __slots__ = ("code", "many", "values")

    code: str
    values: Mapping[str, Value]
    many: str | None

    def __new__(cls, code: str, values: Mapping[str, Value], many: str | None = None) -> "Sentence":
        """Fill the English. Raises KeyError for a place without a value, ValueError for no template or no number."""
        template = code if many is None or int(values["count"]) == 1 else many
        made = super().__new__(cls, filled(template, values))
        made.code, made.values, made.many = code, values, many
        return made

    def __reduce__(self) -> tuple[type["Sentence"], tuple[str, Mapping[str, Value], str | None]]:
        return Sentence, (self.code, self.values, self.many)

    def told(self) -> str:
        """Return the sentence in the language in use, in English where the catalogue lacks it."""
        if self.many is None:
            template = find(ENGINE, self.code) or self.code
        else:
            count = int(self.values["count"])
            template = find_form(ENGINE, self.code, count) or (self.code if count == 1 else self.many)
        values = {name: told(value) if isinstance(value, str) else value for name, value in self.values.items()}
        return filled(template, values, in_use())


def told(text: str) -> str:
    """Return a sentence in the language in use, and any other text as it is."""
    return text.told() if isinstance(text, Sentence) else text


def sentence(code: str, /, **values: Value | Path) -> Sentence:
    """Return a sentence. The template is a literal, or one that was marked by `template`: that is how it is found."""
    return Sentence(code, _plain(values))


def counted(one: str, many: str, /, *, count: int, **values: Value | Path) -> Sentence:
    """Return a sentence with a number, which is its value `count`, in the form for one or for several."""
    return Sentence(one, _plain({"count": count, **values}), many)


def template(text: str, /) -> str:
    """Return a template as it is, marked for the catalogues, for a `sentence` that is made elsewhere."""
    return text


def joined(texts: Iterable[str]) -> Sentence:
    """Return texts as a list: "A", "A and B", "A, B and C"; empty for none."""
    *rest, last = list(texts) or [""]
    if not rest:
        return sentence("{only}", only=last)
    first, *others = rest
    before: str = first
    for text in others:
        before = sentence("{listed}, {next}", listed=before, next=text)
    return sentence("{listed} and {last}", listed=before, last=last)


def listed(texts: Iterable[str]) -> Sentence:
    """Return clauses after each other, which may have commas in them: "A; B"; empty for none."""
    first, *others = list(texts) or [""]
    whole = sentence("{only}", only=first)
    for text in others:
        whole = sentence("{listed}; {next}", listed=whole, next=text)
    return whole


def following(*texts: str) -> Sentence:
    """Return sentences one after another, without those that are empty."""
    first, *others = [text for text in texts if text] or [""]
    whole = first if isinstance(first, Sentence) else sentence("{only}", only=first)
    for text in others:
        whole = sentence("{said} {next}", said=whole, next=text)
    return whole


def _plain(values: Mapping[str, Value | Path]) -> dict[str, Value]:
    """Return values that can be pickled and written as JSON."""
    return {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}
