"""The pages with their counts, and below them the folders."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.session.navigation import Place
from app.shell.folder_list import FolderList
from app.style import texts
from app.style.icons import icon
from app.style.lettering import letter_width
from app.style.theme import Space, TextSize, font_of, set_hint_colour, set_text_size
from app.widgets.entry_delegate import AT_END, ICON
from app.widgets.label import Label
from app.widgets.listing import KEY, Listing

PAGES = ("people", "review", "unsorted", "photos", "problems", "groups", "learn")
ICONS = {
    "people": "users",
    "review": "message-circle-question-mark",
    "unsorted": "inbox",
    "photos": "image",
    "problems": "triangle-alert",
    "groups": "chart-scatter",
    "learn": "graduation-cap",
}
"""The drawings beside them."""
FOOT = ("history", "settings", "keys")
FOOT_ICONS = {"history": "history", "settings": "settings", "keys": "book-open"}
"""The pages at the foot."""
WIDTH_LETTERS = 29


class Sidebar(QWidget):
    """Emits which page or folder was chosen; the window says which one is shown."""

    page_chosen = Signal(str)
    folder_chosen = Signal(int)
    add_folder = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages, self.folders = Listing(self.tr("Pages")), FolderList()
        self.foot = Listing(self.tr("More pages"))
        self._titles = {
            "people": self.tr("People"),
            "review": self.tr("Review"),
            "unsorted": self.tr("Unsorted"),
            "photos": self.tr("Photos"),
            "problems": self.tr("Problems"),
            "groups": self.tr("Groups"),
            "learn": self.tr("Learn"),
            "history": self.tr("History"),
            "settings": self.tr("Settings"),
            "keys": self.tr("Help"),
        }
        for drawings, listing in ((ICONS, self.pages), (FOOT_ICONS, self.foot)):
            for page, drawing in drawings.items():
                item = QListWidgetItem(self._titles[page], listing)
                item.setData(KEY, page)
                item.setData(ICON, drawing)
            listing.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            listing.chosen.connect(self.page_chosen.emit)
        self.add_button = QPushButton(icon("folder-plus"), self.tr("Add a folder…"))
        self.add_button.clicked.connect(self.add_folder)
        self._lay_out()
        self.folders.chosen.connect(self.folder_chosen.emit)
        self._measure()

    def title_of(self, page: str) -> str:
        """Return what a page is called, nothing for one that is not listed."""
        return self._titles.get(page, "")

    def show_way(self, places: Sequence[Place]) -> None:
        """Mark the page that is shown, the last of these places, or the folder whose photos are.

        Where it is not listed, the one from where one came to it is marked; there is always one.
        """
        listed = [place for place in places if place.page in (*PAGES, *FOOT)]
        place = listed[-1] if listed else Place(PAGES[0])
        folder = place.page == "photos" and place.subject in self.folders.keys()  # noqa: SIM118 it is not a dict
        self.folders.setCurrentRow(self.folders.keys().index(place.subject) if folder else -1)
        for names, listing in ((PAGES, self.pages), (FOOT, self.foot)):
            listing.setCurrentRow(names.index(place.page) if place.page in names and not folder else -1)

    def show_count(self, page: str, count: int, more: str = "") -> None:
        """Show a number beside a page, with `more` behind it where there are others; 0 shows none."""
        item, title = self.pages.item(PAGES.index(page)), self._titles[page]
        shown = f"{texts.number(count)}{more}" if count else ""
        item.setData(AT_END, shown)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {shown}" if count else title)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger or smaller letters."""
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        for listing in (self.pages, self.foot):
            listing.setFixedHeight(listing.sizeHintForRow(0) * listing.count())
        self.folders.setMinimumHeight(self.pages.sizeHintForRow(0))
        usual = round(letter_width(font_of(TextSize.BODY)) * WIDTH_LETTERS)
        self.setFixedWidth(max(usual, self.add_button.sizeHint().width() + 2 * Space.SMALL))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SMALL, Space.LARGE, Space.SMALL, Space.LARGE)
        column.setSpacing(Space.SMALL)
        name, below = Label("Kinfolk"), Label(self.tr("Folders"))
        set_text_size(name, TextSize.TITLE)
        set_text_size(below, TextSize.HINT)
        set_hint_colour(below)
        name.setContentsMargins(Space.SMALL, 0, 0, Space.SMALL)
        below.setContentsMargins(Space.SMALL, Space.SMALL, 0, 0)
        for widget in (name, self.pages, below):
            column.addWidget(widget)
        column.addWidget(self.folders, 1)
        column.addWidget(self.add_button)
        column.addWidget(self.foot)
