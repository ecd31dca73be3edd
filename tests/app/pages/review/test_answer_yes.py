"""Yes: by letter, by Enter, by the button."""

import pytest
from PySide6.QtCore import Qt

from engine.library.queries import faces_by_id, people_names
from engine.library.states import Source
from tests.app.conftest import widget_named
from tests.app.pages.review.hand import open_review, raise_questions

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_Y, Key.Key_Return, Key.Key_Enter])
def test_a_yes_joins_a_group_with_the_person(qtbot, window, drawn, settle, key):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    assert page.view.headline.text() == "Is this Ada?"
    assert page.questions.current.question.person == asked.group
    qtbot.keyClick(page, key)
    assert page.questions.current.question.face in asked.faces, "the next question stands there at once"
    assert page.view.asked.caption.text() == "This face"
    settle()
    rows = faces_by_id(drawn.library, asked.grouped)
    assert {(row.person, row.source) for row in rows.values()} == {(drawn.people[0], Source.USER)}
    assert asked.group not in people_names(drawn.library)


def test_a_yes_by_the_button_confirms_a_face(qtbot, window, drawn, settle):
    asked = raise_questions(drawn)
    page = open_review(window, settle)
    qtbot.keyClick(page, Key.Key_Y)
    face = page.questions.current.question.face
    qtbot.mouseClick(widget_named(page, "Yes, key Y"), Qt.MouseButton.LeftButton)
    settle()
    row = faces_by_id(drawn.library, [face])[face]
    assert (row.person, row.source) == (drawn.people[0], Source.USER)
    assert page.questions.current.question.face == (set(asked.faces) - {face}).pop()


def test_the_sidebar_counts_what_is_left(qtbot, window, drawn, settle):
    raise_questions(drawn)
    page = open_review(window, settle)
    item = window.sidebar.pages.item(1)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == f"Review, {len(page.questions.waiting)}"
    before = len(page.questions.waiting)
    qtbot.keyClick(page, Key.Key_Y)
    assert 0 < len(page.questions.waiting) < before
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == f"Review, {len(page.questions.waiting)}"
    settle()
