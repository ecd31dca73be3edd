"""Photos are opened in the system's viewer and file manager, and their paths copied: from the grid, from the photo."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.pages.photos.page import PhotosPage
from app.shell.main_window import MainWindow
from engine.library.queries import photos_by_id, unsorted_face_rows
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import CTRL, SHIFT
from tests.app.pages.photo.hand import PhotoHand
from tests.app.pages.photos.hand import PhotosHand

Key, Settle = Qt.Key, Callable[[], None]


class System(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toLocalFile())


@pytest.fixture
def system(qapp: QApplication) -> Iterator[System]:
    made = System()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def photos(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> PhotosPage:
    """The page of all photos, the second of which is current."""
    page = PhotosHand(window, qtbot, settle).page
    settle()
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(1))
    return page


def path_of(drawn: DrawnLibrary, photo: int) -> str:
    return str(photos_by_id(drawn.library, [photo])[photo].path)


def test_the_viewer_opens_the_photo(photos: PhotosPage, drawn: DrawnLibrary, system: System, qtbot: QtBot) -> None:
    qtbot.keyClick(photos.grid, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(system.opened), timeout=PLENTY_MS)
    assert system.opened == [path_of(drawn, int(photos.model.ids[1]))]


def test_the_file_manager_opens_where_the_photo_lies(
    photos: PhotosPage, drawn: DrawnLibrary, system: System, qtbot: QtBot
) -> None:
    qtbot.keyClick(photos.grid, Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: bool(system.opened), timeout=PLENTY_MS)
    # No file manager is asked here to select the photo, as there is no bus of a session.
    assert system.opened == [str(drawn.folder)]


def test_where_a_disk_is_away_the_nearest_folder_is_opened(
    photos: PhotosPage, drawn: DrawnLibrary, system: System, qtbot: QtBot
) -> None:
    drawn.folder.rename(drawn.folder.with_name("Unplugged"))
    qtbot.keyClick(photos.grid, Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: bool(system.opened), timeout=PLENTY_MS)
    assert system.opened == [str(drawn.folder.parent)]


def test_the_paths_of_several_are_copied(photos: PhotosPage, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle) -> None:
    qtbot.keyClick(photos.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(photos.grid, Key.Key_C, CTRL | SHIFT)
    settle()
    copied = QApplication.clipboard().text().split("\n")
    assert copied == [path_of(drawn, int(photo)) for photo in photos.model.ids[1:3]]


def test_the_same_keys_hold_on_a_photo(
    window: MainWindow, drawn: DrawnLibrary, system: System, qtbot: QtBot, settle: Settle
) -> None:
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    hand.strike(Key.Key_Return, CTRL)
    hand.strike(Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: bool(system.opened), timeout=PLENTY_MS)
    settle()
    assert system.opened == [path_of(drawn, drawn.photos[0])]
    assert QApplication.clipboard().text() == path_of(drawn, drawn.photos[0])


def test_everyone_unnamed_in_a_photo_is_set_aside_and_taken_back(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    settle()
    hand = PhotoHand(window, qtbot, settle, drawn.photos[0])
    before = {row.face for row in unsorted_face_rows(drawn.library)}
    hand.press(Key.Key_Delete, SHIFT)
    assert [face.name for face in hand.page.faces.faces()] == ["Ada"]
    assert hand.page.faces.ignored == 3
    assert window.messages.button.text() == "Undo"
    hand.undo()
    assert len(hand.page.faces.faces()) == 4
    assert {row.face for row in unsorted_face_rows(drawn.library)} == before
