"""Refused faces, and all others of nobody, are offered to their next person in one grid."""

import pytest
from PySide6.QtCore import Qt

from engine.library import edits
from engine.library.answers import rejections
from engine.library.clusters import Assignments, assign_faces
from engine.library.history import next_steps, undo
from engine.library.queries import faces_by_id
from tests.app.drawn import DrawnLibrary, alter_faces, doubt, name_people
from tests.app.pages.unsorted.hand import UnsortedHand

Key = Qt.Key


@pytest.fixture
def refused(drawn: DrawnLibrary) -> list[int]:
    """Four of Bo's six faces were the machine's with Ada, who was said not to be them."""
    name_people(drawn, "Ada", "Bo")
    given = drawn.faces[1][2:]
    doubt(drawn, given)
    edits.reject_faces(drawn.library, drawn.people[0], given)
    alter_faces(drawn, given, "person_id = NULL, source = NULL")
    return given


@pytest.fixture
def hand(refused: list[int], window, qtbot, settle) -> UnsortedHand:
    return UnsortedHand(window, qtbot, settle)


def owners(drawn: DrawnLibrary, faces: list[int]) -> set[int | None]:
    return {row.person for row in faces_by_id(drawn.library, faces).values()}


def yes_of(hand: UnsortedHand, section: int):
    """Where a section's yes stands: right after its title."""
    return hand.question(section)


def test_one_click_says_yes_to_all_that_are_offered_to_somebody(hand, drawn, refused, qtbot, settle):
    assert hand.sections()[0] == ("Bo?", 4)
    qtbot.mouseClick(hand.grid.viewport(), Qt.MouseButton.LeftButton, pos=yes_of(hand, 0))
    settle()
    assert owners(drawn, refused) == {drawn.people[1]}
    assert next_steps(drawn.library).undo == "Confirm 4 faces"
    undo(drawn.library)
    settle()
    assert owners(drawn, refused) == {None}


def test_a_face_that_is_not_among_them_is_left_out(hand, drawn, refused, qtbot, settle):
    first, *others = hand.faces()[:4]
    hand.choose(*others)
    hand.press(Key.Key_Y)
    assert owners(drawn, others) == {drawn.people[1]}
    assert owners(drawn, [first]) != {drawn.people[1]} or first in refused


def test_no_offers_them_to_nobody_who_was_refused(hand, drawn, refused, settle):
    hand.click(hand.faces()[0])
    hand.press(Key.Key_G)
    hand.press(Key.Key_N)
    assert {person for _, person in rejections(drawn.library).tolist()} == {drawn.people[0], drawn.people[1]}
    hand.page.reading.group()
    settle()
    assert all(title != "Bo?" for title, _ in hand.sections())


def test_tab_in_the_field_says_yes_and_goes_on(hand, drawn, refused, qtbot, settle):
    hand.press(Key.Key_F2)
    assert hand.grid.field.placeholderText() == "Yes, Bo? (Tab)"
    qtbot.keyClick(hand.grid.field, Key.Key_Tab)
    settle()
    assert owners(drawn, refused) == {drawn.people[1]}


def test_refused_faces_that_the_machine_has_put_in_a_group_are_offered_too(refused, drawn, window, qtbot, settle):
    with drawn.library.read() as connection:
        others = connection.exec_driver_sql("SELECT count(*) FROM faces WHERE person_id IS NULL").scalar_one() - 4
    (group,) = assign_faces(drawn.library, Assignments({}, [refused])).people
    hand = UnsortedHand(window, qtbot, settle)
    assert hand.sections()[0] == ("Bo?", 4)
    assert sum(count for _, count in hand.sections()) == 4 + others
    qtbot.mouseClick(hand.grid.viewport(), Qt.MouseButton.LeftButton, pos=yes_of(hand, 0))
    settle()
    assert owners(drawn, refused) == {drawn.people[1]}
    undo(drawn.library)
    settle()
    assert owners(drawn, refused) == {group}
    edits.name_person(drawn.library, group, "Cleo")
    hand.page.reading.group()
    settle()
    assert all(title != "Bo?" for title, _ in hand.sections())
