"""The page while there is nothing to ask: it says what to do first, or what is next."""

from PySide6.QtCore import Qt

from tests.app.drawn import name_people
from tests.app.pages.review.hand import open_review, raise_questions


def test_nobody_has_a_name(qtbot, window, drawn, settle):
    page = open_review(window, settle)
    assert page.empty.headline.text() == "Name somebody first"
    qtbot.keyClick(page.empty.button, Qt.Key.Key_Space)
    assert window.context.navigator.here.page == "people"
    settle()


def test_everything_is_answered(qtbot, window, drawn, settle):
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    page = open_review(window, settle)
    assert page.empty.headline.text() == "Nothing left to ask"
    assert page.empty.button.text() == "Name the largest groups"
    assert page.empty.button.isVisible()


def test_the_library_is_empty(qtbot, empty_window):
    page = empty_window.page("review")
    empty_window.context.navigator.go("review")
    qtbot.waitUntil(lambda: page.empty.headline.text() == "Nobody to ask about yet")
    with qtbot.waitSignal(empty_window.context.folder_wanted):
        empty_window.context.folder_wanted.connect(lambda: None)
        empty_window.context.folder_wanted.disconnect(empty_window.choose_folder)
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)


def test_questions_come_when_there_are_some(qtbot, window, drawn, settle):
    page = open_review(window, settle)
    raise_questions(drawn)
    qtbot.waitUntil(lambda: page.questions.current is not None, timeout=20_000)
    assert page.view.isVisible()
    settle()
