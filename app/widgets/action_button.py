"""A button that is an action: its text with its key, enabled and seen as the action is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from app.style import texts
from app.style.icons import icon
from app.style.sheet import is_primary
from engine.words import fill

ON_BUTTON = QPalette.ColorRole.ButtonText


class ActionButton(QPushButton):
    """A click with the mouse does not take the focus, so that the keys of the page keep their meaning."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self._action
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(f"{action.text()}   {key}" if key else action.text())
        spoken = action.text().replace("&&", "&")
        self.setAccessibleName(fill(self.tr("{text}, key {key}"), text=spoken, key=key) if key else spoken)
        drawing = action.icon().name()
        if drawing:
            self.setIcon(icon(drawing, QPalette.ColorRole.HighlightedText if is_primary(self) else ON_BUTTON))
        self.setToolTip(texts.plain_tip(action.toolTip() if action.toolTip() != spoken else ""))
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible())
