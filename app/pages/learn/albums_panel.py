"""Folders that are mostly one person: which of them shall name that person."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from engine.words import fill
from engine.workflows.learning.albums import AlbumProposal

LINES = 6


class AlbumsPanel(QWidget):
    """A list with boxes to tick, and a button that names what is ticked."""

    wanted = Signal(object)
    """The ticked proposals, as a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said, self.list = Label(), QListWidget()
        self.button = QPushButton(self.tr("Name them"), self)
        self._proposals: Sequence[AlbumProposal] = ()
        self.list.setAccessibleName(self.tr("Folders that are mostly one person"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.said.setWordWrap(True)
        set_hint_colour(self.said)
        self.button.clicked.connect(lambda: self.wanted.emit(self.ticked()))
        self.list.itemChanged.connect(self._allow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.said)
        column.addWidget(self.list)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        for widget in (self.list, self.button):
            widget.hide()

    def show_proposals(self, proposals: Sequence[AlbumProposal]) -> None:
        """Show what folders propose, all ticked."""
        self._proposals = proposals
        self.list.clear()
        for one in proposals:
            item = QListWidgetItem(self._line(one), self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(texts.plain_tip(str(one.folder)))
        there = bool(proposals)
        self.said.setText(
            self.tr("Each of these folders is mostly one person. Naming confirms that person's faces in it; one undo.")
            if there
            else self.tr("No folder is mostly one person who waits for its name.")
        )
        self.list.setVisible(there)
        self.button.setVisible(there)
        rows = min(len(proposals), LINES)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 1) + 2 * self.list.frameWidth() + Space.TINY)
        self._allow()

    def ticked(self) -> list[AlbumProposal]:
        """Return the proposals that are ticked."""
        rows = range(self.list.count())
        return [self._proposals[row] for row in rows if self.list.item(row).checkState() is Qt.CheckState.Checked]

    def _line(self, one: AlbumProposal) -> str:
        said = self.tr("{name}: {faces}, on {shown} of {photos}")
        faces, photos = texts.faces(len(one.faces)), texts.photos(one.photos)
        return fill(said, name=one.name, faces=faces, shown=texts.number(one.shown), photos=photos)

    def _allow(self) -> None:
        self.button.setEnabled(bool(self.ticked()))
