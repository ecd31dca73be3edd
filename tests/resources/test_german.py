"""The German catalogue keeps its rules (resources/translations/glossary_de.md): marks, keys, forms of address."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from resources.translating.po import catalogue_files, language_of, read, texts_of

FILE = next(file for file in catalogue_files() if language_of(file) == "de")
MARKUP = re.compile(r"</?\w+>|\{[^{}]*\}|%Ln|%1|--[\w-]+")
ACCELERATOR = re.compile(r"&(\w)")


def translated() -> Iterator[tuple[str, str, str]]:
    """Give the context, the English and the German of every text and of every form, as far as there is any."""
    for (context, _), message in texts_of(read(FILE)).items():
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        german = [message.string] if isinstance(message.string, str) else list(message.string)
        yield from ((context, one, other) for one, other in zip(english, german, strict=True) if other)


TEXTS = list(translated())


def test_markup_formats_of_numbers_and_options_are_kept() -> None:
    assert [german for _, english, german in TEXTS if marks(german) != marks(english)] == []


def marks(text: str) -> list[str]:
    return sorted(set(MARKUP.findall(text)))


def test_accelerators_are_kept_and_differ_within_a_menu_or_dialog() -> None:
    keys: dict[str, list[str]] = defaultdict(list)
    for context, english, german in TEXTS:
        assert len(ACCELERATOR.findall(german)) == len(ACCELERATOR.findall(english)), german
        keys[context] += [key.lower() for key in ACCELERATOR.findall(german)]
    assert {context: held for context, held in keys.items() if len(set(held)) < len(held)} == {}


@pytest.mark.parametrize("end", [".", "?", "…", ":", " "])
def test_sentences_and_labels_end_as_in_english(end: str) -> None:
    assert [german for _, english, german in TEXTS if german.endswith(end) != english.endswith(end)] == []


def test_quotation_marks_are_german_and_closed() -> None:
    for _, english, german in TEXTS:
        assert "”" not in german, german
        assert german.count("„") == german.count("“"), german
        assert '"' not in german or '"' in english, german


def test_readers_are_addressed_as_sie_and_keys_are_those_of_german_keyboards() -> None:
    strange = re.compile(r"(?<!-)\b(?:[Dd]u|[Dd]ir|[Dd]ich|[Dd]eine?[mnrs]?|[Bb]itte|Ctrl|Shift|Space|Strg-)\b|ß{2}")
    assert [german for _, _, german in TEXTS if strange.search(german)] == []


def test_counts_stand_where_their_case_does_not_show() -> None:
    """Nominative and accusative of „3 Gesichter“ are one; other cases have an ending."""
    counts, cases = "faces|steps|suggestions|problems", "mit|von|aus|bei|zu|nach|unter|in|auf|an"
    wrong = re.compile(rf"\b(?:{cases}) \{{(?:{counts})[^{{}}]*\}}(?! Gesichter)")
    assert [german for _, _, german in TEXTS if wrong.search(german)] == []
