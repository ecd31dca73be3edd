"""Paints a line of the history: small faces, what was said of them, and when."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QStyleOptionViewItem

from app.pictures.pictures import Picture, Pictures, Shape
from app.style.theme import Space
from app.widgets.entry_delegate import EntryDelegate
from engine.library.step_details import LINE_FACES

FACES = Qt.ItemDataRole.UserRole + 10
"""The role of the ids of the faces before a line."""

SIDE = 28


class HistoryLine(EntryDelegate):
    """Keeps the same room for faces in every line, so that all words begin below one another."""

    def __init__(self, pictures: Pictures, parent: QListWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._list = parent
        pictures.arrived.connect(self._paint_again)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a line."""
        return QSize(0, max(super().sizeHint(option, index).height(), SIDE + Space.SMALL))

    def _paint_again(self, _picture: Picture) -> None:
        self._list.viewport().update()

    def _paint_icon(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        inner: QRect,
        *,
        chosen: bool,
    ) -> int:
        """Paint the faces of a line; return how much room they take."""
        ratio = painter.device().devicePixelRatioF()
        for place, face in enumerate(index.data(FACES) or ()):
            left = inner.left() + place * (SIDE + Space.TINY)
            box = QRectF(left, inner.center().y() - SIDE / 2, SIDE, SIDE)
            pixmap = self._pictures.pixmap(Picture(Shape.CIRCLE, face), SIDE, ratio)
            if pixmap is None or pixmap.isNull():
                painter.save()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(option.palette.color(QPalette.ColorRole.AlternateBase))
                painter.drawEllipse(box)
                painter.restore()
            else:
                painter.drawPixmap(box.topLeft(), pixmap)
        return LINE_FACES * (SIDE + Space.TINY) + Space.SMALL
