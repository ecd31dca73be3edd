"""The window's actions: menu entries with their keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.shell.about import About
from app.widgets.actions import Actions, Row
from engine.library.history import NextSteps
from engine.words import told

PAGE_KEYS = {
    "people": "Ctrl+1",
    "review": "Ctrl+2",
    "unsorted": "Ctrl+3",
    "photos": "Ctrl+4",
    "problems": "Ctrl+5",
    "groups": "Ctrl+6",
    "learn": "Ctrl+7",
}
"""The keys of the pages in the sidebar."""

LIBRARY, SETTINGS, LEAVING = "the library", "how it works", "the end"
EDIT, SAID, FIND = "the last step", "what was said", "what is looked for"
PEOPLE, NAMES = "people", "names elsewhere"
VIEW, HELP = "where one is", "what one knows"
"""What the groups in the menus are about."""


class WindowActions(Actions):
    """Undo and redo, named after what they would do, and the ways between the pages."""

    scope = Qt.ShortcutContext.WindowShortcut

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.bind(
            {
                "undo": context.operations.undo,
                "redo": context.operations.redo,
                "back": context.navigator.back,
                "history": lambda: context.navigator.go("history"),
                "settings": lambda: context.navigator.go("settings"),
                "keys": lambda: context.navigator.go("keys"),
                "review": lambda: context.navigator.go("review"),
                "about": lambda: About(window).show(),
                "scan": context.scanning.scan,
            }
        )
        context.operations.steps_changed.connect(self._name_steps)
        self._name_steps(context.operations.steps)

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("add_folder", self.tr("Add a folder…"), ("Ctrl+O",), targets=(LIBRARY,)),
            Row("scan", self.tr("Scan all folders"), ("F5",), targets=(LIBRARY,)),
            Row("settings", self.tr("Models and settings"), ("Ctrl+,",), targets=(SETTINGS,)),
            Row("quit", self.tr("Quit"), ("Ctrl+Q",), targets=(LEAVING,)),
            Row("name_next", self.tr("Name the next person"), targets=(PEOPLE,)),
            Row("review", self.tr("Answer questions"), targets=(PEOPLE,)),
            Row("bring", self.tr("Bring names from…"), targets=(NAMES,)),
            Row("write_names", self.tr("Write names beside the photos…"), targets=(NAMES,)),
            Row("embed_names", self.tr("Write names into the photos themselves…"), targets=(NAMES,)),
            Row("undo", self.tr("Undo"), ("Ctrl+Z",), targets=(EDIT,)),
            Row("redo", self.tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), targets=(EDIT,)),
            Row("history", self.tr("History"), ("Ctrl+H",), targets=(SAID,)),
            Row("find", self.tr("Find"), ("Ctrl+F",), targets=(FIND,)),
            Row("back", self.tr("Back"), ("Alt+Left",), targets=(VIEW,)),
            Row("keys", self.tr("Manual and keys"), ("F1", "?"), targets=(HELP,)),
            Row("about", self.tr("About Kinfolk"), targets=(HELP,)),
        )

    def _name_steps(self, steps: NextSteps) -> None:
        for name, label in (("undo", steps.undo), ("redo", steps.redo)):
            verb = self.table[name].text
            self[name].setText(f"{verb}: {told(label)}" if label else verb)
            self[name].setEnabled(label is not None)
