"""Where nothing can be compared, the page says so, and what to do."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.review.page import ReviewPage
from app.pages.unsorted.page import UnsortedPage
from app.shell.main_window import MainWindow
from engine.library.models import forget_vectors
from tests.app.hand import Hand


def test_faces_without_a_vector_are_counted(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
    hand, context = Hand(window, qtbot, settle), window.context
    context.navigator.go("review")
    page = hand.page_of("review", ReviewPage)
    settle()
    assert not page.lacking.isVisible()
    gone = forget_vectors(context.library, context.embedder().name)
    assert gone > 1
    context.navigator.go("unsorted")
    unsorted = hand.page_of("unsorted", UnsortedPage)
    hand.wait_until(unsorted.lacking.isVisible)
    context.navigator.go("review")
    hand.wait_until(page.lacking.isVisible)
    assert "have no vector of sface_2021dec yet" in page.lacking.text()
