"""Who the face under the mouse is: its picture and a name, beside the mouse."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.pictures.pictures import Picture, Pictures, Shape
from app.style.lettering import paint_line
from app.style.painting import painting
from app.style.theme import CORNER, Space, TextSize, font_of

SIDE, LARGE_SIDE = 112, 320
LINE = 24
BESIDE = 18
"""Pixels between the mouse and the card."""


class HoverCard(QWidget):
    """Lies over the map and takes neither mouse nor keys."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures, self._over = pictures, parent
        self._face, self.words, self._side = -1, "", SIDE
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pictures.arrived.connect(self._take_picture)
        self.hide()

    def show_face(self, face: int, words: str, at: QPointF) -> None:
        """Show a face beside a point of the map; −1 shows none."""
        self._take(face, words, SIDE)
        if face < 0:
            return
        room = self._over.rect()
        x, y = at.x() + BESIDE, at.y() + BESIDE
        if x + self.width() > room.width():
            x = at.x() - BESIDE - self.width()
        if y + self.height() > room.height():
            y = at.y() - BESIDE - self.height()
        self.move(QPoint(round(x), round(y)))

    def show_large(self, face: int, words: str) -> None:
        """Show a face large, in the middle of the map."""
        self._take(face, words, LARGE_SIDE)
        self.move(self._over.rect().center() - self.rect().center())

    @property
    def is_large(self) -> bool:
        """Whether a face is shown large."""
        return self._face >= 0 and self._side == LARGE_SIDE

    def _take(self, face: int, words: str, side: int) -> None:
        self._face, self.words, self._side = face, words, side
        self.resize(side + 2 * Space.SMALL, side + LINE + Space.SMALL)
        self.setVisible(face >= 0)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with the name below it."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            painter.setBrush(palette.color(QPalette.ColorRole.Window))
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            pixmap = self._pictures.pixmap(Picture(Shape.ROUNDED, self._face), self._side, self.devicePixelRatioF())
            if pixmap is not None and not pixmap.isNull():
                painter.drawPixmap(QPoint(Space.SMALL, Space.SMALL), pixmap)
            painter.setFont(font_of(TextSize.HINT))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            box = self.rect().adjusted(Space.TINY, self._side + Space.SMALL, -Space.TINY, -Space.TINY)
            words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, box.width())
            paint_line(painter, box, Qt.AlignmentFlag.AlignCenter, words)

    def _take_picture(self, picture: Picture) -> None:
        if picture.id == self._face:
            self.update()
