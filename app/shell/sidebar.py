"""The pages with their counts, and below them the folders."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.shell.folder_list import FolderList
from app.style import texts
from app.style.theme import Space, TextSize, font_of, set_hint_colour, set_text_size
from app.widgets.entry_delegate import AT_END
from app.widgets.label import Label
from app.widgets.listing import KEY, Listing

PAGES = ("people", "review", "unsorted", "photos", "problems")
WIDTH_LETTERS = 30


class Sidebar(QWidget):
    """Emits which page or folder was chosen; the window says which one is shown."""

    page_chosen = Signal(str)
    folder_chosen = Signal(int)
    add_folder = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages, self.folders = Listing(self.tr("Pages")), FolderList()
        self._titles = {
            "people": self.tr("People"),
            "review": self.tr("Review"),
            "unsorted": self.tr("Unsorted"),
            "photos": self.tr("Photos"),
            "problems": self.tr("Problems"),
        }
        for page in PAGES:
            QListWidgetItem(self._titles[page], self.pages).setData(KEY, page)
        self.pages.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add_button = QPushButton(self.tr("Add a folder…"))
        self.add_button.clicked.connect(self.add_folder)
        self._lay_out()
        self.pages.chosen.connect(self.page_chosen.emit)
        self.folders.chosen.connect(self.folder_chosen.emit)
        self._measure()

    def title_of(self, page: str) -> str:
        """Return what a page is called, nothing for one that is not listed."""
        return self._titles.get(page, "")

    def show_place(self, page: str, subject: int | None) -> None:
        """Mark the page that is shown, or the folder whose photos are; one that is not listed marks none."""
        folder = page == "photos" and subject in self.folders.keys()  # noqa: SIM118 it is not a dict
        self.pages.setCurrentRow(PAGES.index(page) if page in PAGES and not folder else -1)
        self.folders.setCurrentRow(self.folders.keys().index(subject) if folder else -1)

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
        self.pages.setFixedHeight(self.pages.sizeHintForRow(0) * len(PAGES))
        self.setFixedWidth(QFontMetrics(font_of(TextSize.BODY)).averageCharWidth() * WIDTH_LETTERS)

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
