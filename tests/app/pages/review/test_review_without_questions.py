"""The page while there is nothing to ask: it says what to do first, or what is next."""

from PySide6.QtCore import Qt

from tests.app.conftest import PLENTY_MS
from tests.app.drawn import name_people
from tests.app.pages.review.hand import raise_questions


def test_nobody_has_a_name(open_review, qtbot, drawn, settle):
    hand = open_review()
    assert hand.page.empty.headline.text() == "Name somebody first"
    qtbot.keyClick(hand.page.empty.button, Qt.Key.Key_Space)
    assert hand.here.page == "people"
    settle()


def test_everything_is_answered(open_review, drawn):
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = open_review()
    assert hand.page.empty.headline.text() == "Nothing left to ask"
    assert hand.page.empty.button.text() == "Name the largest groups"
    assert hand.page.empty.button.isVisible()


def test_the_library_is_empty(qtbot, empty_window):
    page = empty_window.page("review")
    empty_window.context.navigator.go("review")
    qtbot.waitUntil(lambda: page.empty.headline.text() == "Nobody to ask about yet", timeout=PLENTY_MS)
    with qtbot.waitSignal(empty_window.context.folder_wanted, timeout=PLENTY_MS):
        empty_window.context.folder_wanted.connect(lambda: None)
        empty_window.context.folder_wanted.disconnect(empty_window.choose_folder)
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)


def test_questions_come_when_there_are_some(open_review, qtbot, drawn, settle):
    hand = open_review()
    raise_questions(drawn)
    qtbot.waitUntil(lambda: hand.page.questions.current is not None, timeout=PLENTY_MS)
    assert hand.page.view.isVisible()
    settle()
