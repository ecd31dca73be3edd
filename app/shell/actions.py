"""The window's actions: menu entries with their keys, each in one place."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.session.context import Context
from app.style.step_labels import spoken_step
from engine.library.history import NextSteps

PAGE_KEYS = {"people": "Ctrl+1", "review": "Ctrl+2", "unsorted": "Ctrl+3", "photos": "Ctrl+4", "problems": "Ctrl+5"}
"""The keys of the pages in the sidebar."""


class Actions(QObject):
    """Undo and redo, named after what they would do, and the ways between the pages."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.undo = self._action(self.tr("Undo"), "Ctrl+Z", context.operations.undo)
        self.redo = self._action(self.tr("Redo"), "Ctrl+Shift+Z", context.operations.redo)
        self.back = self._action(self.tr("Back"), "Alt+Left", context.navigator.back)
        self.history = self._action(self.tr("History"), "Ctrl+H", lambda: context.navigator.go("history"))
        self.settings = self._action(self.tr("Models and settings"), "Ctrl+,", lambda: context.navigator.go("settings"))
        self.explorer = self._action(self.tr("Group anew…"), "", lambda: context.navigator.go("explorer"))
        self.keys = self._action(self.tr("All keys"), "F1", lambda: context.navigator.go("keys"))
        self.keys.setShortcuts([QKeySequence("F1"), QKeySequence("?")])
        self.scan = self._action(self.tr("Scan all folders"), "F5", context.scanning.scan)
        self.add_folder = self._action(self.tr("Add a folder…"), "Ctrl+O")
        self.find = self._action(self.tr("Find"), "Ctrl+F")
        self.quit = self._action(self.tr("Quit"), "Ctrl+Q")
        context.operations.steps_changed.connect(self._name_steps)
        self._name_steps(context.operations.steps)

    def _action(self, text: str, key: str, do: Callable[[], None] | None = None) -> QAction:
        """Make an action; one without `do` is connected by the window."""
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        if do is not None:
            # Without what the signal carries: to some functions it would mean something.
            action.triggered.connect(lambda _checked: do())
        return action

    def _name_steps(self, steps: NextSteps) -> None:
        for action, verb, label in ((self.undo, self.tr("Undo"), steps.undo), (self.redo, self.tr("Redo"), steps.redo)):
            action.setText(f"{verb}: {spoken_step(label)}" if label else verb)
            action.setEnabled(label is not None)
