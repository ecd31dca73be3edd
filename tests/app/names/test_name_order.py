"""Names stand where a German, an English and a Korean reader look for them, in the window and in the engine's lists."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.names import name_order as in_window
from engine.library.queries.name_order import name_order
from engine.words import catalogue

SORTED = ["10", "Ada", "Ångström", "arger", "Ärger", "azur", "Jo Ann", "Joan", "Øre", "Ozon", "Zoë"]
HANGUL = ["가", "가나", "각", "김수현", "이수"]


@pytest.fixture
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    usual = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(usual)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", SORTED + HANGUL), ("de", SORTED + HANGUL), ("C", SORTED + HANGUL), ("ko", ["10", *HANGUL, *SORTED[1:]])],
    indirect=["language"],
)
@pytest.mark.usefixtures("language")
def test_the_window_sorts_as_its_language_does(expected: list[str]) -> None:
    assert sorted([*expected[5:], *expected[:5]], key=in_window.name_order) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("de", SORTED + HANGUL), ("ko", ["10", *HANGUL, *SORTED[1:]])], ids=["de", "ko"]
)
def test_the_engine_sorts_the_same(language: str, expected: list[str]) -> None:
    before = catalogue.in_use()
    try:
        catalogue.use(language)
        assert sorted(HANGUL + SORTED, key=name_order) == expected
    finally:
        catalogue.use(before)


@given(
    st.lists(
        st.text(st.sampled_from("aäàåbcçeéèoöøsßzAÄBZ 가각나김낌힣"), min_size=1, max_size=6), max_size=8, unique=True
    )
)
def test_letters_stand_where_collation_puts_them(names: list[str]) -> None:
    for one in names:
        for other in names:
            mine, theirs = name_order(one)[0], name_order(other)[0]
            if mine < theirs:
                assert in_window.name_order(one) < in_window.name_order(other)


@given(st.text(max_size=20))
def test_the_forms_of_unicode_have_one_place(name: str) -> None:
    assert name_order(unicodedata.normalize("NFD", name)) == name_order(unicodedata.normalize("NFC", name))
