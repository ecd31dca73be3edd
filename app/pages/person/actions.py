"""What can be done on a person's page: actions with their keys, in one place."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.style import texts
from engine.library.queries import PersonRow

FACES = ("confirm", "reject", "move", "split", "aside", "cover")
"""What is done with the faces that are meant."""

NATIVE = QKeySequence.SequenceFormat.NativeText


class PersonActions(QObject):
    """Actions by name; the page says what each does, and `mean` which of them make sense."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._general: dict[str, str] = {}
        self._all: dict[str, QAction] = {}
        for name, (text, keys) in self._texts().items():
            self._add(name, text, keys)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def of_faces(self) -> list[QAction]:
        """Return what is done with faces."""
        return [self._all[name] for name in FACES]

    def keys(self) -> list[tuple[str, str]]:
        """Return every key with what it does, in general words."""
        return [
            (" / ".join(key.toString(NATIVE) for key in action.shortcuts()), self._general[name])
            for name, action in self._all.items()
            if action.shortcuts()
        ]

    def show_person(self, row: PersonRow) -> None:
        """Speak of this person."""
        plain = texts.called_shortly(row.name).replace("&", "&&")
        self._all["reject"].setText(self.tr("Not {name}").format(name=plain) if row.name else self._general["reject"])
        self._all["hide"].setText(self.tr("Show again") if row.hidden else self.tr("Hide"))
        for name, action in self._all.items():
            action.setEnabled(name not in FACES)
        self._all["parts"].setEnabled(row.faces > 1)
        self._all["unname"].setVisible(row.name is not None)
        self._all["confirm"].setVisible(row.name is not None and row.suggested > 0)

    def mean(self, chosen: int, suggested: int) -> None:
        """Offer what can be done with so many faces, of which so many are suggestions."""
        for name in FACES:
            self._all[name].setEnabled(chosen > 0)
        self._all["confirm"].setEnabled(suggested > 0)
        self._all["cover"].setEnabled(chosen == 1)
        self._all["split"].setEnabled(chosen > 1)

    def rest(self) -> None:
        """Offer nothing: something else stands in place of the faces."""
        for action in self._all.values():
            action.setEnabled(False)

    def _texts(self) -> dict[str, tuple[str, list[str]]]:
        return {
            "confirm": (self.tr("Yes"), ["Y"]),
            "reject": (self.tr("Not this person"), ["Del", "N"]),
            "move": (self.tr("Move to…"), ["M"]),
            "split": (self.tr("Split off…"), ["S"]),
            "aside": (self.tr("Set aside"), ["I"]),
            "cover": (self.tr("Use as cover"), ["C"]),
            "confirm_all": (self.tr("Yes to all shown"), ["Shift+Y"]),
            "show_all": (self.tr("Show all"), []),
            "rename": (self.tr("Rename"), ["F2"]),
            "photos": (self.tr("See photos"), ["P"]),
            "hide": (self.tr("Hide"), ["H"]),
            "parts": (self.tr("This is several people…"), ["Shift+S"]),
            "unname": (self.tr("Remove the name"), []),
        }

    def _add(self, name: str, text: str, keys: list[str]) -> None:
        action = QAction(text, self._page)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._page.addAction(action)
        self._general[name] = text.rstrip("…")
        self._all[name] = action
        tips = {
            "aside": self.tr("Not a face, or a stranger"),
            "split": self.tr("These are somebody else: find who goes with them"),
            "cover": self.tr("Show this face for the person"),
        }
        if name in tips:
            action.setToolTip(tips[name])
