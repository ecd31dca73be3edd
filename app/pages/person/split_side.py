"""One side of a split: a heading and its faces; a click sends a face to the other side."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from app.faces.face_order import Arrangement, Rows
from app.faces.model import FacesModel
from app.grid.grid_view import GridView
from app.grid.tile import ID, Standing
from app.grid.tile_delegate import TileDelegate
from app.pictures.pictures import Picture
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_text_size
from app.widgets.title_label import TitleLabel
from engine.library.queries import FaceIndex

SIDE = 96


class SplitSide(QWidget):
    """Emits the face that was clicked, or that Enter or Space was pressed on."""

    sent = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FacesModel(self)
        self.grid = GridView(self.model, self)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        delegate = TileDelegate(context.pictures, SIDE, 0, self.grid)
        self.grid.setItemDelegate(delegate)
        self.grid.set_tile(delegate.tile_size())
        self.heading = TitleLabel()
        set_text_size(self.heading, TextSize.NAME, QFont.Weight.DemiBold)
        self.heading.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.grid, 1)
        for signal in (self.grid.clicked, self.grid.activated, self.grid.preview):
            signal.connect(self._send)
        context.pictures.arrived.connect(self._take_picture)

    def show_faces(self, title: str, faces: FaceIndex, rows: Rows) -> None:
        """Show the faces at these rows."""
        counted = f"{title}  ·  {texts.faces(len(rows))}"
        self.heading.setText(counted)
        self.grid.setAccessibleName(counted)
        self.model.show(faces, Arrangement(faces.face_ids[rows]), Standing.PLAIN)

    def _take_picture(self, picture: Picture) -> None:
        if self.isVisible():
            self.grid.update_id(picture.id)

    def _send(self, index: QModelIndex) -> None:
        if index.isValid():
            self.sent.emit(index.data(ID))
