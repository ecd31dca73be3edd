"""Where each page's class lives: a page is imported and made when it is first shown."""

from importlib import import_module

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


def make_page(name: str, context: Context) -> Page:
    """Import and make a page."""
    module, kind = PAGES[name]
    page: Page = getattr(import_module(module), kind)(context)
    return page
