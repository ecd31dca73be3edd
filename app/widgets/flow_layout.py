"""A row that goes on in the next line where there is no room, as words do."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

from app.style.theme import Space


class FlowLayout(QLayout):
    """Gives each item the size that it asks for, in lines from the reading side; never wider than its widest item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(Space.SMALL)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than there is to fill."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._places(QRect(0, 0, width, 0))[1]

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        sizes = [item.sizeHint() for item in self._seen()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        smallest = QSize()
        for item in self._seen():
            smallest = smallest.expandedTo(item.minimumSize())
        return self._with_margins(smallest)

    def setGeometry(self, rect: QRect) -> None:
        """Give every item its place."""
        super().setGeometry(rect)
        for item, place in self._places(rect)[0]:
            item.setGeometry(place)

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _places(self, rect: QRect) -> tuple[list[tuple[QLayoutItem, QRect]], int]:
        """Return where each item lies in a rectangle, and the height that all of them need."""
        inner = rect.marginsRemoved(self.contentsMargins())
        lines, right = [list[tuple[QLayoutItem, QRect]]()], inner.left()
        for item in self._seen():
            size = item.sizeHint().boundedTo(QSize(inner.width(), item.sizeHint().height()))
            size = size.expandedTo(item.minimumSize())
            if lines[-1] and right + size.width() > inner.left() + inner.width():
                lines.append([])
                right = inner.left()
            lines[-1].append((item, QRect(QPoint(right, 0), size)))
            right += size.width() + self.spacing()
        return self._stacked(lines, inner, rect.height() - inner.height())

    def _stacked(
        self, lines: list[list[tuple[QLayoutItem, QRect]]], inner: QRect, around: int
    ) -> tuple[list[tuple[QLayoutItem, QRect]], int]:
        """Put lines below one another, each item in the middle of its line's height."""
        placed, top = list[tuple[QLayoutItem, QRect]](), inner.top()
        owner = self.parentWidget()
        direction = owner.layoutDirection() if owner is not None else Qt.LayoutDirection.LeftToRight
        for line in lines:
            height = max((place.height() for _, place in line), default=0)
            for item, place in line:
                place.moveTop(top + (height - place.height()) // 2)
                placed.append((item, QStyle.visualRect(direction, inner, place)))
            top += height + self.spacing()
        return placed, top - self.spacing() - inner.top() + around
