"""Where each page's class lives. A page is made when it is first shown, and imported then if it was not before."""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from app.context import Context
from app.views.page import Page

PAGES: dict[str, tuple[str, str]] = {
    "welcome": ("app.views.welcome", "WelcomePage"),
    "people": ("app.views.people", "PeoplePage"),
    "person": ("app.views.person", "PersonPage"),
    "review": ("app.views.review", "ReviewPage"),
    "unsorted": ("app.views.unsorted", "UnsortedPage"),
    "photos": ("app.views.photos", "PhotosPage"),
    "photos_of": ("app.views.photos", "PhotosPage"),
    "photo": ("app.views.photo", "PhotoPage"),
    "problems": ("app.views.problems", "ProblemsPage"),
    "settings": ("app.views.settings", "SettingsPage"),
    "explorer": ("app.views.explorer", "ExplorerPage"),
    "history": ("app.views.history", "HistoryPage"),
    "keys": ("app.views.keys", "KeysPage"),
}
"""Name → module and class."""

SHARED = ("app.widgets.grid_view", "app.widgets.face_board", "app.views.person_faces", "app.views.person_answers")
"""What several pages are made of, the smallest first: a page that brought all of it would hold up the window."""

AFTERWARDS = ("cv2", "engine.workflows.full_scan")
"""What a scan is made of, so that the first one does not hold up the window."""

REST_MS, BETWEEN_MS = 1_500, 100
"""How long after the start the first of these is imported, and between two of them."""


def make_page(name: str, context: Context) -> Page:
    """Import and make a page."""
    module, kind = PAGES[name]
    page: Page = getattr(import_module(module), kind)(context)
    return page


class PagesAhead(QObject):
    """Imports the pages one by one once the window has come to rest, and then what a scan needs.

    So that nobody waits for it at the first visit or scan.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        pages = dict.fromkeys(module for module, _ in PAGES.values())
        self._left = [*SHARED, *pages, *AFTERWARDS][::-1]
        self._timer = QTimer(self, interval=REST_MS)
        self._timer.timeout.connect(self._import_one)
        self._timer.start()

    def _import_one(self) -> None:
        self._timer.setInterval(BETWEEN_MS)
        import_module(self._left.pop())
        if not self._left:
            self._timer.stop()
