"""One face, large, beside the photo that it is in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faces.face_button import FaceButton, face_picture, photo_picture
from app.grid.tile import Tile
from app.session.context import Context
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.ground import Ground
from app.widgets.label import Label
from engine.library.queries import FaceRow, faces_by_id

LARGEST_FACE = 420
PHOTO_SHARE = 0.58
"""How much of the width the photo takes."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class FacePreview(Ground):
    """Stands in place of a grid. Arrows lead to the other faces, Space closes it, Enter or a click opens the photo."""

    stepped = Signal(int)
    """The face so many places further is wanted."""
    closed = Signal()
    opened = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = context.library
        self.face: int | None = None
        """The face that is shown."""
        self.picture, self.photo = FaceButton(context.pictures, self), FaceButton(context.pictures, self)
        self.caption, self.where = Label(), Label()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The pictures follow the room that there is, and never keep the window from becoming smaller.
        self.setMinimumSize(1, 1)
        self._rows = context.loader(self, self._show_row)
        for button in (self.picture, self.photo):
            button.clicked.connect(self.opened)
        self._lay_out()

    def show_face(self, face: int, photo: int | None, tile: Tile) -> None:
        """Show a face and what its tile says; the rest of what is known follows."""
        self.face = face
        self.setAccessibleName(tile.spoken)
        self.picture.show_picture(face_picture(face), tile.spoken)
        self.caption.setText(tile.spoken)
        self.where.setText("")
        if photo is not None:
            self.photo.show_picture(photo_picture(photo), self.tr("The photo"))
        self._rows.load(lambda: faces_by_id(self._library, [face]))

    def clear(self) -> None:
        """Show nothing."""
        self.face = None
        self._rows.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows, close with Space, open with Enter; other keys are the page's."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key == Qt.Key.Key_Space:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both pictures what room there is."""
        super().resizeEvent(event)
        width = self.width() - 2 * Space.WIDE - Space.WIDE
        height = self.height() - 2 * Space.LARGE - self.caption.sizeHint().height() - self.where.sizeHint().height()
        side = max(Space.HUGE, min(LARGEST_FACE, height, round(width * (1 - PHOTO_SHARE))))
        self.picture.set_room(side, side)
        self.photo.set_room(max(Space.HUGE, width - side), max(Space.HUGE, height))

    def _show_row(self, rows: dict[int, FaceRow]) -> None:
        row = rows.get(self.face) if self.face is not None else None
        if row is not None:
            self.where.setText(f"{row.photo.parent.name}  ·  {row.photo.name}")
            self.photo.show_picture(photo_picture(row.photo_id), self.tr("The photo"), row.box)

    def _lay_out(self) -> None:
        for label, size in ((self.caption, TextSize.BODY), (self.where, TextSize.HINT)):
            set_text_size(label, size)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        set_hint_colour(self.where)
        row = QHBoxLayout()
        row.setSpacing(Space.WIDE)
        row.addWidget(self.picture)
        row.addWidget(self.photo)
        row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL)
        column.setSpacing(Space.TINY)
        column.addLayout(row, 1)
        column.addWidget(self.caption)
        column.addWidget(self.where)
