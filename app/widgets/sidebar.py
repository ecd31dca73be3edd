"""The pages with their counts, and below them the folders."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app import texts
from app.theme import Space, TextSize, font_of, set_text_size
from engine.library.queries import FolderSummary

PAGES = ("people", "review", "unsorted", "photos", "problems")
WIDTH_LETTERS = 26


class Sidebar(QWidget):
    """Emits which page or folder was chosen; the window says which one is shown."""

    page_chosen = Signal(str)
    folder_chosen = Signal(int)
    add_folder = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages, self.folders = _listing(self.tr("Pages")), _listing(self.tr("Folders"))
        self._titles = {
            "people": self.tr("People"),
            "review": self.tr("Review"),
            "unsorted": self.tr("Unsorted"),
            "photos": self.tr("Photos"),
            "problems": self.tr("Problems"),
        }
        for page in PAGES:
            item = QListWidgetItem(self._titles[page], self.pages)
            item.setData(Qt.ItemDataRole.UserRole, page)
        self.pages.setFixedHeight(self.pages.sizeHintForRow(0) * len(PAGES) + Space.SMALL)
        self.add_button = QPushButton(self.tr("+ Add a folder"))
        self.add_button.clicked.connect(self.add_folder)
        self._lay_out()
        self.pages.itemClicked.connect(lambda item: self.page_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.pages.itemActivated.connect(lambda item: self.page_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.folders.itemClicked.connect(lambda item: self.folder_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.folders.itemActivated.connect(lambda item: self.folder_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.setFixedWidth(QFontMetrics(font_of(TextSize.BODY)).averageCharWidth() * WIDTH_LETTERS)

    def title_of(self, page: str) -> str:
        """Return what a page is called."""
        return self._titles[page]

    def show_page(self, page: str) -> None:
        """Mark the page that is shown; one that is not listed marks none."""
        self.pages.setCurrentRow(PAGES.index(page) if page in PAGES else -1)

    def show_count(self, page: str, count: int) -> None:
        """Show a number beside a page; 0 shows none."""
        item = self.pages.item(PAGES.index(page))
        title = self._titles[page]
        item.setText(f"{title}  {texts.number(count)}" if count else title)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {texts.number(count)}" if count else title)

    def show_folders(self, folders: list[FolderSummary]) -> None:
        """List the folders; one that is not there now says so."""
        self.folders.clear()
        for folder in folders:
            item = QListWidgetItem(self._folder_text(folder.path), self.folders)
            item.setData(Qt.ItemDataRole.UserRole, folder.id)
            item.setToolTip(f"{folder.path}\n{texts.photos(folder.photos)}")

    def _folder_text(self, path: Path) -> str:
        name = path.name or str(path)
        return name if path.is_dir() else self.tr("{name} (not connected)").format(name=name)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SMALL, Space.LARGE, Space.SMALL, Space.LARGE)
        column.setSpacing(Space.SMALL)
        name, below = QLabel("Kinfolk"), QLabel(self.tr("Folders"))
        set_text_size(name, TextSize.TITLE)
        set_text_size(below, TextSize.HINT)
        name.setContentsMargins(Space.SMALL, 0, 0, Space.SMALL)
        below.setContentsMargins(Space.SMALL, Space.SMALL, 0, 0)
        for widget in (name, self.pages, below, self.folders):
            column.addWidget(widget)
        column.addWidget(self.add_button)


def _listing(name: str) -> QListWidget:
    listing = QListWidget()
    listing.setAccessibleName(name)
    listing.setFrameShape(QListWidget.Shape.NoFrame)
    listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    listing.viewport().setAutoFillBackground(False)
    listing.setSpacing(1)
    listing.setIconSize(QSize(Space.LARGE, Space.LARGE))
    return listing
