"""More faces of somebody beside their tile, for whoever cannot tell from one."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.faces.face_strip import FaceStrip
from app.session.context import Context
from app.session.merging import FACES, Merging, read_merging
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.words import fill

SIDE = 96
FEWEST = 2
"""Faces without which it is not worth looking."""


class FaceGlimpse(QFrame):
    """Lies over a view beside a tile and never takes the keys."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._beside = QRect()
        self.person: int | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title, self.faces = Label(), FaceStrip(context.pictures, SIDE, FACES)
        set_text_size(self.title, TextSize.HINT)
        set_hint_colour(self.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.MEDIUM)
        column.setSpacing(Space.TINY)
        column.addWidget(self.title)
        column.addWidget(self.faces)
        self._faces = context.loader(self, self._show)
        self.hide()

    def open_beside(self, person: int, tile: QRect) -> None:
        """Show a person's faces beside a tile, whose rectangle is the parent's."""
        self.person, self._beside = person, tile
        library = self._context.library
        self._faces.load(lambda: read_merging(library, (person,)))

    def close_up(self) -> None:
        """Go away."""
        self.person = None
        self._faces.forget()
        self.hide()

    def _show(self, merging: Merging) -> None:
        if not merging.candidates or self.person is None:
            self.close_up()
            return
        row, faces = merging.candidates[0].row, merging.candidates[0].faces
        numbers = f"{texts.called(row.name)} · {texts.faces(row.faces)} · {texts.photos(row.photos)}"
        self.title.setText(numbers)
        self.faces.set_count(self._fitting(len(faces)))
        self.faces.show_faces(faces, fill(self.tr("Faces of {name}"), name=texts.called_within(row.name)))
        self.setAccessibleName(numbers)
        self.adjustSize()
        self.move(self._place())
        self.show()
        self.raise_()

    def _fitting(self, count: int) -> int:
        """Return how many faces fit on the wider side of the tile."""
        room = max(self._beside.left(), self._room().width() - self._beside.right()) - 2 * Space.WIDE
        return max(FEWEST, min(count, room // (SIDE + Space.SMALL)))

    def _place(self) -> QPoint:
        """Return the place to the right of the tile, or to its left where there is more room."""
        left, right = self._beside.left() - Space.SMALL - self.width(), self._beside.right() + Space.SMALL
        on_right = self._room().width() - right >= self._beside.left()
        top = self._beside.center().y() - self.height() // 2
        return QPoint(right if on_right else max(0, left), max(0, min(top, self._room().height() - self.height())))

    def _room(self) -> QRect:
        parent = self.parentWidget()
        return parent.rect() if parent is not None else QRect()
