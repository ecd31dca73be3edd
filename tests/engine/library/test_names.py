"""Names are kept and compared as people see them."""

import unicodedata

import pytest

from engine.errors import LibraryError
from engine.library.edits import mark_distinct, name_person
from engine.library.edits.names import clean_name, same_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Jose\u0301", "José"),
        ("A\u200bda\ufeff", "Ada"),
        ("\u202eAda\u202c", "Ada"),
        ("Ada\u00a0Lovelace", "Ada Lovelace"),
        ("Ada\x00\x07", "Ada"),
        ("Ada\u200dB", "AdaB"),
        ("\u0646\u0631\u06af\u200c\u0633", "\u0646\u0631\u06af\u200c\u0633"),
        ("\u200b \u200e", None),
        ("", None),
    ],
)
def test_a_name_is_kept_without_what_nobody_sees(typed: str, kept: str | None) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada  lovelace", "Ada Lovelace"),
        ("Ａｄａ", "ada"),
        ("Straße", "STRASSE"),
        ("O\u2019Brien", "O'Brien"),
        ("Jose\u0301", "JOSÉ"),
        (unicodedata.normalize("NFD", "김수현"), "김수현"),
        ("A\u200bda", "Ada"),
        ("Anne\u2010Marie", "anne-marie"),
        ("ﬁona", "Fiona"),
    ],
)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("José", "Jose"), ("Ada", "Ada B"), ("Müller", "Mueller")])
def test_names_that_look_different_are_two(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_what_is_no_text_is_no_name() -> None:
    with pytest.raises(LibraryError):
        clean_name("Ada\udcff")


def test_two_who_were_told_apart_are_not_asked_about_again(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second, third = album.group([one], [two], [three])
    name_person(album.library, first, "Ada")
    assert name_person(album.library, second, "ADA").same_name == (first,)
    mark_distinct(album.library, first, second)
    assert name_person(album.library, second, "Ada").same_name == ()
    assert name_person(album.library, third, "Ada").same_name == (first, second)
