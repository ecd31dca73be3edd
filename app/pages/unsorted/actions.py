"""What can be done on the page of nobody's faces: actions with their keys, in one place."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

NATIVE = QKeySequence.SequenceFormat.NativeText
LOOSE, ASIDE = ("name", "group", "aside", "strangers"), ("restore",)


class UnsortedActions(QObject):
    """Actions by name; the page says what each does."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._all: dict[str, QAction] = {}
        for name, (text, keys, tip) in self._texts().items():
            action = QAction(text, page)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(tip or text)
            page.addAction(action)
            self._all[name] = action
        self._all["listed"].setCheckable(True)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def of_faces(self) -> list[QAction]:
        """Return what is done with faces and can be seen now."""
        return [self._all[name] for name in (*LOOSE, *ASIDE) if self._all[name].isVisible()]

    def keys(self) -> list[tuple[str, str]]:
        """Return every key with what it does."""
        return [
            (" / ".join(key.toString(NATIVE) for key in action.shortcuts()), self._texts()[name][0].rstrip("…"))
            for name, action in self._all.items()
            if action.shortcuts()
        ]

    def mean(self, chosen: int, *, listed: bool) -> None:
        """Offer what can be done with so many faces; `listed` says that those set aside are shown."""
        for name in LOOSE:
            self._all[name].setVisible(not listed)
        for name in ASIDE:
            self._all[name].setVisible(listed)
        for name in ("aside", "restore", "strangers"):
            self._all[name].setEnabled(chosen > 0)

    def _texts(self) -> dict[str, tuple[str, list[str], str]]:
        return {
            "name": (self.tr("Name…"), ["F2"], self.tr("Say who this is: the selection, or the whole group")),
            "group": (self.tr("Select the group"), ["G"], ""),
            "aside": (self.tr("Set aside"), ["I", "Del"], self.tr("Not a face, or a stranger")),
            "strangers": (self.tr("Everyone unnamed…"), ["E"], self.tr("In this photo, this event or this folder")),
            "restore": (self.tr("Take back"), ["R", "Ctrl+Del"], self.tr("To the faces that belong to nobody yet")),
            "listed": (self.tr("Set aside"), ["Shift+I"], self.tr("Show the faces that were set aside")),
        }
