"""Korean names are found by their initial consonants and while a syllable is being composed, in NFC and NFD."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.names.name_edit import NameEdit
from app.names.name_matching import called, is_meant, meant, same_names
from tests.app.conftest import PLENTY_MS

FIRST, LAST = 0xAC00, 0xD7A3
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
PER_INITIAL, FINALS = 588, 28
syllables = st.characters(min_codepoint=FIRST, max_codepoint=LAST)
names = st.text(syllables, min_size=1, max_size=5)
forms = st.sampled_from(["NFC", "NFD"])


def initial(syllable: str) -> str:
    return INITIALS[(ord(syllable) - FIRST) // PER_INITIAL]


def opened(syllable: str) -> str:
    """Return a syllable without its final consonant."""
    return chr(ord(syllable) - (ord(syllable) - FIRST) % FINALS)


def as_lead(consonant: str) -> str:
    """Return a consonant as the conjoining letter (U+1100…)."""
    return chr(0x1100 + INITIALS.index(consonant))


@given(names, st.data(), forms)
def test_any_beginning_of_the_initial_consonants_finds(name: str, data: st.DataObject, form: str) -> None:
    consonants = "".join(map(initial, name))[: data.draw(st.integers(1, len(name)))]
    for typed in (consonants, "".join(map(as_lead, consonants))):
        assert is_meant(unicodedata.normalize(form, name), typed)


@given(names, st.data(), forms, forms)
def test_any_beginning_finds_whether_its_last_syllable_is_whole_open_or_a_consonant(
    name: str, data: st.DataObject, of_name: str, of_typed: str
) -> None:
    end = data.draw(st.integers(0, len(name) - 1))
    for last in (name[end], opened(name[end]), initial(name[end])):
        typed = unicodedata.normalize(of_typed, name[:end] + last)
        assert is_meant(unicodedata.normalize(of_name, name), typed)


@given(names, names, forms)
def test_the_forms_of_unicode_make_no_difference(name: str, typed: str, form: str) -> None:
    assert is_meant(unicodedata.normalize("NFD", name), unicodedata.normalize(form, typed)) == is_meant(name, typed)
    assert called({1: unicodedata.normalize(form, name)}, name) == [1]
    assert same_names({1: name, 2: unicodedata.normalize(form, name)}) == [[1, 2]]


@given(names, st.data())
def test_other_initial_consonants_do_not_find(name: str, data: st.DataObject) -> None:
    plain = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
    other = data.draw(st.sampled_from([one for one in plain if one not in map(initial, name)]))
    assert not is_meant(name, other)
    assert not is_meant(name, initial(name[0]) + other)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("김수현", "김ㅅㅎ"),
        ("김수현", "ㄱ수현"),
        ("김수현", "ㄳㅎ"),  # what some keyboards make of the first two
        ("김수현", "수현"),
        ("김수현", "ㅅㅎ"),
        ("김 수현", "김수현"),
        ("김수현", "김 수"),
        ("김수현", "김숳"),  # on the way to 수혀
        ("이경수", "익"),
        ("이경수", "읷"),  # 이, ㄱ, ㅅ
        ("달고나", "닭"),
        ("과장", "고"),
        ("김강민", "ㄲ"),  # ㄱ twice, as some keyboards make it
        ("Kim 수현", "kim ㅅ"),
        ("Kim수현", "kim수"),
        ("\uff71 김", "ㄱ"),
    ],
)
def test_what_keyboards_give_is_found(name: str, typed: str) -> None:
    assert is_meant(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"), [("김수현", "길"), ("김수현", "김현"), ("김수현", "수김"), ("기민수", "김 수현"), ("Kim", "ㄱ")]
)
def test_what_was_not_typed_is_not_found(name: str, typed: str) -> None:
    assert not is_meant(name, typed)


def test_names_that_begin_so_come_first() -> None:
    assert meant({1: "박김수", 2: "기민수", 3: "김수현", 4: "최김"}, "김") == [3, 1, 2, 4]
    assert meant({1: "이수현", 2: "수현", 3: "박수현"}, "ㅅㅎ") == [2, 1, 3]


@pytest.fixture
def field(qtbot: QtBot, dressed: QApplication) -> Iterator[NameEdit]:
    window, made = QWidget(), NameEdit()
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.resize(400, 400)
    with qtbot.waitExposed(window, timeout=PLENTY_MS):
        window.show()
    made.setFocus()
    made.set_names({1: "김수현", 2: unicodedata.normalize("NFD", "김상호"), 3: "박서준", 4: "Kim Soo-hyun"})
    yield made
    window.close()


def hand_over(field: QWidget, text: str, composing: str = "") -> None:
    """Give what an input method gives: a text that is done, and one that is still being composed."""
    event = QInputMethodEvent(composing, [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def offered(field: NameEdit) -> list[str]:
    return [unicodedata.normalize("NFC", name) for name in field.offered]


def test_initial_consonants_are_completed(qtbot: QtBot, field: NameEdit) -> None:
    answers: list[str] = []
    field.named.connect(answers.append)
    for letter in "ㄱㅅ":
        hand_over(field, letter)
    assert offered(field) == ["김수현", "김상호"]
    hand_over(field, "ㅎ")
    assert (field.text(), len(field.offered)) == ("ㄱㅅㅎ", 2)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert answers == ["김수현"]


def test_names_are_offered_while_a_syllable_is_composed(field: NameEdit) -> None:
    for composing in ("ㄱ", "기", "김"):
        hand_over(field, "", composing)
        assert (field.text(), offered(field)) == ("", ["김수현", "김상호"])
    hand_over(field, "김", "ㅅ")
    assert offered(field) == ["김수현", "김상호"]
    hand_over(field, "", "수")
    assert (field.text(), field.seen, offered(field)) == ("김", "김수", ["김수현"])
    hand_over(field, "수", "")
    assert (field.text(), field.seen, offered(field)) == ("김수", "김수", ["김수현"])
    field.clear()
    hand_over(field, "", "ㅂ")
    assert offered(field) == ["박서준"]
    hand_over(field, "", "")
    assert offered(field) == []
