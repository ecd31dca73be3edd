"""The room of the questions: that of the page, and higher where text is so large that the faces would have none."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget


class Room(QScrollArea):
    """Bars above, and below them what fills the page; `needed` tells the height which that needs in a width.

    A scroll area that resizes its widget itself asks for the height that the layout would like, and so would never let
    faces that have grown shrink again.
    """

    def __init__(self, bars: Sequence[QWidget], below: QLayout, needed: Callable[[int], int]) -> None:
        super().__init__()
        self._bars, self._needed = tuple(bars), needed
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in self._bars:
            column.addWidget(bar)
        column.addLayout(below, 1)
        self.setWidget(self._inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the page."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure anew where what is inside needs another height."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        width = self.viewport().width()
        bars = sum(height_of(bar, width) for bar in self._bars if not bar.isHidden())
        self._inside.resize(width, max(self.viewport().height(), bars + self._needed(width)))


def height_of(widget: QWidget, width: int) -> int:
    """Return how high a widget is in a width, in pixels: words that are long go on in the next line."""
    wraps = widget.heightForWidth(max(1, width))
    return wraps if wraps > 0 else widget.sizeHint().height()
