"""The back button of the mouse, wherever in the window it is pressed: grids and fields would keep it to themselves."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class MouseBack(QObject):
    """Takes the button's presses before any widget sees them."""

    def __init__(self, window: QWidget, go_back: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._go_back = window, go_back
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back at a press, the second of two quick ones too; the window of the system exists when it has an id."""
        if watched is self._window:
            handle = self._window.windowHandle()
            if event.type() == QEvent.Type.WinIdChange and handle is not None:
                handle.installEventFilter(self)
        elif isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.BackButton:
            if event.type() in PRESSES:
                self._go_back()
            return True
        return False
