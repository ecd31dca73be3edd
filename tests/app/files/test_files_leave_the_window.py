"""Photos, people and faces are dragged out of the window and copied, as files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.faces.face_board import FaceBoard
from app.grid.grid_view import GridView
from app.grid.id_model import IdModel
from app.pages.person.page import PersonPage
from app.pages.unsorted.page import UnsortedPage
from app.shell.main_window import MainWindow
from engine.library.queries import face_rows, faces_by_id, photos_by_id
from tests.app.drawn import DrawnLibrary
from tests.app.hand import CTRL, LEFT, NONE, Hand, Key
from tests.app.pages.people.hand import PeopleHand
from tests.app.pages.photo.hand import PhotoHand
from tests.app.pages.photos.hand import PhotosHand
from tests.app.pages.review.hand import ReviewHand, raise_questions

Settle = Callable[[], None]


def files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls()]


def dragged(grid: GridView, model: IdModel, settle: Settle, qtbot: QtBot) -> QMimeData:
    """Press a selected tile, which makes its files ready, and return what a drag of the selection carries."""
    point = grid.visualRect(grid.selectedIndexes()[0]).center()
    qtbot.mousePress(grid.viewport(), LEFT, NONE, point)
    settle()
    carried = model.mimeData(grid.selectedIndexes())
    qtbot.mouseRelease(grid.viewport(), LEFT, NONE, point)
    assert grid.dragEnabled()
    assert all(model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled for index in grid.selectedIndexes())
    assert model.supportedDragActions() == Qt.DropAction.CopyAction, "nothing may be moved away"
    return carried


def photos_of(drawn: DrawnLibrary, person: int) -> set[Path]:
    return {row.photo for row in face_rows(drawn.library, person)}


def test_photos(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    page = PhotosHand(window, qtbot, settle).page
    settle()
    page.grid.select_ids(page.model.ids[1:3].tolist())
    chosen = [photos_by_id(drawn.library, [int(photo)])[int(photo)].path for photo in page.model.ids[1:3]]
    qtbot.keyClick(page.grid, Key.Key_C, CTRL)
    settle()
    copied = QApplication.clipboard().mimeData()
    assert files(copied) == chosen
    assert copied.text().split("\n") == [str(path) for path in chosen]
    assert bytes(copied.data("x-special/gnome-copied-files").data()).startswith(b"copy\nfile:///")
    assert files(dragged(page.grid, page.model, settle, qtbot)) == chosen


def test_people(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    hand = PeopleHand(window, qtbot, settle)
    hand.choose(*drawn.people[2:])
    both = photos_of(drawn, drawn.people[2]) | photos_of(drawn, drawn.people[3])
    qtbot.keyClick(hand.grid, Key.Key_C, CTRL)
    settle()
    assert set(files(QApplication.clipboard().mimeData())) == both
    carried = dragged(hand.grid, hand.model, settle, qtbot)
    assert set(files(carried)) == both
    assert hand.model.canDropMimeData(carried, Qt.DropAction.CopyAction, -1, -1, hand.model.index(0)), "to be merged"


@pytest.mark.parametrize("page", ["person", "unsorted"])
def test_faces(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, page: str) -> None:
    hand = Hand(window, qtbot, settle)
    board = _board(hand, page, drawn.people[0])
    board.select_rows(range(2))
    chosen = board.grid.selected_ids()
    rows = faces_by_id(drawn.library, chosen)
    expected = list(dict.fromkeys(rows[face].photo for face in chosen))
    model = board.grid.model()
    assert isinstance(model, IdModel)
    qtbot.keyClick(board.grid, Key.Key_C, CTRL)
    settle()
    assert files(QApplication.clipboard().mimeData()) == expected
    assert files(dragged(board.grid, model, settle, qtbot)) == expected


def _board(hand: Hand, page: str, person: int) -> FaceBoard:
    hand.go(page, person if page == "person" else None)
    if page == "person":
        return hand.page_of("person", PersonPage).faces.board
    return hand.page_of("unsorted", UnsortedPage).board


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """What drags carry; each is let fall at once, as no mouse moves in a test."""
    carried: list[list[Path]] = []

    def fall(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        assert actions == Qt.DropAction.CopyAction
        assert not drag.pixmap().isNull()
        carried.append(files(drag.mimeData()))
        return actions

    monkeypatch.setattr(QDrag, "exec", fall)
    return carried


def pull(qtbot: QtBot, widget: QWidget, settle: Settle) -> None:
    """Press a widget in its middle, and move far."""
    middle = widget.rect().center()
    qtbot.mousePress(widget, LEFT, NONE, middle)
    settle()
    qtbot.mouseMove(widget, middle + QPoint(QApplication.startDragDistance() * 2, 0))
    qtbot.mouseRelease(widget, LEFT, NONE, middle)
    settle()


def test_a_whole_photo(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, dropped: list[list[Path]]
) -> None:
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    pull(qtbot, hand.canvas, settle)
    assert dropped == [[photos_by_id(drawn.library, drawn.photos[:1])[drawn.photos[0]].path]]
    hand.canvas.enlarge()
    hand.canvas.enlarge()
    before = hand.canvas.framing
    pull(qtbot, hand.canvas, settle)
    assert len(dropped) == 1, "an enlarged photo is moved in its place"
    assert hand.canvas.framing != before


def test_a_face_of_a_question(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, dropped: list[list[Path]]
) -> None:
    raise_questions(drawn)
    hand = ReviewHand(window, qtbot, settle)
    button = hand.page.view.asked.large
    face = button.picture
    assert face is not None
    pull(qtbot, button, settle)
    assert dropped == [[faces_by_id(drawn.library, [face.id])[face.id].photo]]
    assert hand.here is not None
    assert hand.here.page == "review", "to drag is not to click"


def test_folders_from_elsewhere_are_taken(window: MainWindow, drawn: DrawnLibrary) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(drawn.folder))])
    enter = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
