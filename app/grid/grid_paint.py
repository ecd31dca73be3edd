"""What a grid paints besides its tiles."""

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle

from app.grid.grid_layout import Section
from app.style.lettering import fitted, line_width, paint_line
from app.style.theme import Space, TextSize, font_of


def title_width(title: str) -> int:
    """Return how wide the title of a heading is, in pixels."""
    return line_width(title, TextSize.NAME)


def paint_head(painter: QPainter, palette: QPalette, section: Section, rect: QRect) -> None:
    """Paint a section's heading: its title at the left, its hint at the right, where both have room."""
    rect = rect.adjusted(0, Space.SMALL, 0, -Space.SMALL)
    painter.setFont(font_of(TextSize.NAME))
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    title = fitted(section.title, TextSize.NAME, rect.width())
    paint_line(painter, rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
    if title_width(title) + Space.SMALL + line_width(section.hint, TextSize.HINT) <= rect.width():
        painter.setFont(font_of(TextSize.HINT))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        paint_line(painter, rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, section.hint)


def state_of(view: QAbstractItemView, index: QModelIndex, pointed: QModelIndex) -> QStyle.StateFlag:
    """Return whether a tile is selected, pointed at, or has the focus."""
    state = QStyle.StateFlag.State_None
    if view.selectionModel().isSelected(index):
        state |= QStyle.StateFlag.State_Selected
    if index == pointed:
        state |= QStyle.StateFlag.State_MouseOver
    if view.hasFocus() and index == view.currentIndex():
        state |= QStyle.StateFlag.State_HasFocus
    return state
