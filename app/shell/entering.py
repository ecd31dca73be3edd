"""Enter presses the button that has the focus, as in dialogs and on the web; Qt leaves that to Space."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QToolButton, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """Takes what nothing else in a window took.

    Only a button that had the focus as the key went down: a list that Enter opens may have given it to one meanwhile.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focused: QWidget | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what has the focus when Qt asks for shortcuts, which comes first; then press it."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self._focused = self._window.focusWidget()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            focused, self._focused = self._focused, None
            return focused is self._window.focusWidget() and not event.isAutoRepeat() and _press(focused)
        return False


def _press(button: QWidget | None) -> bool:
    """Press a button, or open its menu; return False where it is something else."""
    if not isinstance(button, QAbstractButton) or isinstance(button, QCheckBox | QRadioButton):
        return False
    if isinstance(button, QToolButton) and button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup:
        button.showMenu()
    else:
        button.click()
    return True
