"""Names are found by their words' beginnings, whatever accents and case are typed."""

import pytest

from app.names.name_matching import is_meant, meant

NAMES = {1: "Joanna Smith", 2: "Ann", 3: "René Müller-Lüdenscheidt", 4: "Anna", 5: "Łukasz Ångström", 6: "Jo Ann"}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("René Müller-Lüdenscheidt", "mull lud"),
        ("René Müller-Lüdenscheidt", "RENE"),
        ("Rene Muller", "rené mü"),
        ("Łukasz Ångström", "luk ang"),
        ("Conan O'Brien", "brien"),
        ("Straße", "strass"),
        ("Anyone", ""),
        ("Anyone", "  "),
    ],
)
def test_words_beginnings_are_found_without_accents_and_case(name: str, typed: str) -> None:
    assert is_meant(name, typed)


@pytest.mark.parametrize(("name", "typed"), [("Joanna", "anna"), ("Anna", "annab"), ("Anna Berg", "anna c")])
def test_what_is_inside_a_word_or_too_much_is_not_found(name: str, typed: str) -> None:
    assert not is_meant(name, typed)


def test_names_that_begin_so_come_first_and_the_order_is_kept() -> None:
    assert meant(NAMES, "ann") == [2, 4, 6]
    assert meant({6: "Jo Ann", 4: "Anna", 2: "Ann"}, "ann") == [4, 2, 6]
    assert meant(NAMES, "") == [1, 2, 3, 4, 5, 6]
