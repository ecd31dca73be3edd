"""Where each page's class lives. A page is made when it is first shown, and imported then if it was not before."""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from app.pages.page import Page
from app.session.context import Context

PAGES: dict[str, tuple[str, str]] = {
    "welcome": ("app.pages.welcome", "WelcomePage"),
    "people": ("app.pages.people.page", "PeoplePage"),
    "person": ("app.pages.person.page", "PersonPage"),
    "review": ("app.pages.review.page", "ReviewPage"),
    "unsorted": ("app.pages.unsorted.page", "UnsortedPage"),
    "photos": ("app.pages.photos.page", "PhotosPage"),
    "photos_of": ("app.pages.photos.page", "PhotosPage"),
    "photo": ("app.pages.photo.page", "PhotoPage"),
    "problems": ("app.pages.problems.page", "ProblemsPage"),
    "groups": ("app.pages.groups.page", "GroupsPage"),
    "learn": ("app.pages.learn.page", "LearnPage"),
    "settings": ("app.pages.settings.page", "SettingsPage"),
    "history": ("app.pages.history", "HistoryPage"),
    "keys": ("app.pages.keys", "KeysPage"),
}
"""Name → module and class."""

SHARED = ("app.grid.grid_view", "app.faces.face_board", "app.pages.person.faces", "app.pages.person.commands")
"""What several pages are made of, the smallest first: a page that brought all of it would hold up the window."""

AFTERWARDS = ("cv2", "engine.workflows.scan.full_scan")
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
