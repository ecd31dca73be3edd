"""A hand on the page of photos: which are shown, and the search above them."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.pages.photos.page import PhotosPage
from app.shell.main_window import MainWindow
from engine.library.queries import PhotoSearch
from tests.app.hand import CTRL, SHIFT, Hand, Key


class PhotosHand(Hand):
    """A hand on the page, which is opened with its key; what has been asked for before is not waited for."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        window.activateWindow()
        qtbot.keyClick(window, Key.Key_4, CTRL)
        self.page = self.page_of("photos", PhotosPage)
        self.grid, self.search = self.page.grid, self.page.search

    def photos(self) -> list[int]:
        """The ids of the photos that are shown, sorted."""
        return sorted(self.page.model.ids.tolist())

    @property
    def asked(self) -> PhotoSearch:
        """What is searched for."""
        return self.search.search

    @property
    def told(self) -> str:
        """What the page says of the search."""
        return self.search.said.text()

    def ask(self, words: str) -> None:
        """Type words into the search and take them; what is found is not waited for."""
        self.qtbot.keyClick(self.window, Key.Key_F, CTRL)
        self.qtbot.keyClicks(self.search.field, words)
        self.qtbot.keyClick(self.search.field, Key.Key_Return)

    def search_for(self, words: str) -> None:
        """Search by name."""
        self.ask(words)
        self.settle()

    def set_aside(self, *photos: int) -> None:
        """Select photos and press the key that sets aside everyone unnamed in them; that is not waited for."""
        self.grid.select_ids(list(photos))
        self.qtbot.keyClick(self.grid, Key.Key_Delete, SHIFT)
