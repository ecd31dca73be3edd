"""The small card at a face: whose it is, and what else can be said of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.names.name_edit import NameEdit
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size, text_scale
from app.widgets.label import Label
from app.widgets.widths import keep_as_wide

WIDTH = 250
SHADE = 30.0
"""Room kept below a box for the name that is painted there."""


class FaceCard(QFrame):
    """Stands over the photo beside a face's box. Its owner places it and decides what a name means."""

    named = Signal(str)
    closed = Signal()
    """Esc was pressed in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.name, self.hint = NameEdit(self), Label()
        set_text_size(self.hint, TextSize.HINT)
        set_hint_colour(self.hint)
        self.hint.setWordWrap(True)
        self._buttons: list[QToolButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.TINY)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.name)
        column.addWidget(self.hint)
        column.addLayout(self._row)
        keep_as_wide(self, lambda: WIDTH * text_scale())
        self.name.named.connect(self.named)
        self.name.cancelled.connect(self.closed)
        self.hide()

    def open(self, name: str, hint: str, names: Mapping[int, str], actions: Sequence[QAction]) -> None:
        """Ask for the name, offering what else can be done as buttons."""
        self.name.set_names(names)
        self.name.setText(name)
        self.name.selectAll()
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._show_actions(actions)
        self.adjustSize()
        self.show()
        self.raise_()
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def stand_at(self, box: QRectF, room: QRect) -> None:
        """Stand below a box, or above it or at its side where there is no room, inside `room`."""
        size = self.size()
        left = box.center().x() - size.width() / 2
        top = box.bottom() + SHADE
        if top + size.height() > room.bottom():
            top = box.top() - size.height() - Space.SMALL
        if top < room.top():
            top = box.top()
            right = box.right() + Space.SMALL
            left = right if right + size.width() <= room.right() else box.left() - size.width() - Space.SMALL
        self.move(
            round(max(room.left(), min(left, room.right() - size.width()))),
            round(max(room.top(), min(top, room.bottom() - size.height()))),
        )

    def _show_actions(self, actions: Sequence[QAction]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(action) for action in actions]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(place, button)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return button
