"""The Korean catalogue keeps its rules (resources/translations/glossary_ko.md): marks, keys and particles."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from engine.words import fill
from engine.words.particles import PAIRS
from resources.translating.po import catalogue_files, language_of, read, texts_of

FILE = next(file for file in catalogue_files() if language_of(file) == "ko")
PAIR = re.compile("|".join(map(re.escape, PAIRS)))
MARKUP = re.compile(r"</?\w+>|\{[^{}]*\}|%Ln|%1")


def translated() -> Iterator[tuple[list[str], str]]:
    """Give the forms of every text in English, and the one in Korean; those that have none yet are left out."""
    for message in texts_of(read(FILE)).values():
        korean = (message.string or "") if isinstance(message.string, str | None) else message.string[0]
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        if korean:
            yield english, korean


TEXTS = list(translated())


def test_markup_and_formats_of_numbers_are_kept() -> None:
    wrong = [korean for english, korean in TEXTS if len(english) == 1 and marks(korean) != marks(english[0])]
    assert wrong == []


def marks(text: str) -> list[str]:
    return sorted(MARKUP.findall(text))


def test_keys_of_menus_and_buttons_stand_in_brackets_at_the_end() -> None:
    for english, korean in TEXTS:
        key = re.search(r"&(\w)", english[0])
        if key is None:
            assert not re.search(r"&\w", korean), korean
        else:
            assert re.search(rf"\(&{key[1].upper()}\)…?$", korean), korean


def test_both_forms_of_a_particle_stand_only_after_a_place() -> None:
    """So that one of them is picked; whatever closes before them, quotes, brackets or tags, is skipped."""
    for _, korean in TEXTS:
        for pair in PAIR.finditer(korean):
            assert re.search(r"\}(?:[\"”’]|</\w+>|\([^()]*\))*$", korean[: pair.start()]), korean


def test_no_place_is_followed_by_a_form_that_fits_some_values_only() -> None:
    for _, korean in TEXTS:
        assert not re.search(r"\}[”’]?(?:을|를|이|가|은|는|과|와|으로|로|이라는|라는)(?![가-힣(])", korean), korean


@pytest.mark.parametrize("end", [".", "?", "…", ":"])
def test_sentences_and_labels_end_as_in_english(end: str) -> None:
    for english, korean in TEXTS:
        plain = re.sub(r"\(&\w\)", "", korean)
        if end in ".?" and len(english) == 1:
            assert plain.endswith(end) == english[0].endswith(end), korean
        elif plain.endswith(end):
            assert english[0].rstrip(" ").endswith(end), korean


def test_polite_forms_are_those_of_the_glossary() -> None:
    strange = re.compile(r"하십시오|십시오|당신|세요\?|해요|에요|예요")
    assert [korean for _, korean in TEXTS if strange.search(korean)] == []


class Filled(str):
    """A value that is shown as it is, whatever the format of its place."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return str(self)


@pytest.mark.parametrize("value", ["민수", "지원", "서울", "3", "Anna", "/사진/IMG_1024.JPG", ""])
def test_texts_that_are_filled_show_one_form_of_a_particle(value: str) -> None:
    for _, korean in TEXTS:
        if not re.search(r"%\w|%\(", korean):
            places = {name for _, name, _, _ in Formatter().parse(korean) if name is not None}
            shown = fill(korean, **dict.fromkeys(places, Filled(value)))
            assert not PAIR.search(shown), shown
