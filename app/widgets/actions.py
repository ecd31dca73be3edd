"""Actions as a table: what each is called, its keys, its tip and its target stand in one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.style import texts
from app.style.action_icons import ICONS
from app.style.icons import icon

Keys = list[tuple[str, str]]
"""Keys as text, each with what it does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One action. `name` is what the code calls it, `text` what the user reads.

    `targets` say what it can be done to, in the page's own terms. `meaning` is what the list of all keys says, where
    `text` alone would not be clear there; a row without any words is left out.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    targets: tuple[str, ...] = ()
    meaning: str = ""
    checkable: bool = False


class Actions(QObject):
    """Makes the actions of `rows`, whose keys count while `owner`, or what lies in it, has the focus.

    A page's own class gives the table (the catalogues find the texts as literals in `self.tr`), and says which of
    the actions can be done now; `bind` says what they do.
    """

    scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
    """Where the keys count."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.table = {row.name: row for row in self.rows()}
        self._all = {row.name: self._action(row) for row in self.table.values()}
        owner.addActions(list(self._all.values()))

    def rows(self) -> tuple[Row, ...]:
        """Return the table, in the order of menus and of the list of keys."""
        raise NotImplementedError

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def all(self) -> list[QAction]:
        """Return every action in the order of the table."""
        return list(self._all.values())

    def of(self, target: str) -> list[QAction]:
        """Return what can be done to a target, in the order of the table."""
        return [self._all[row.name] for row in self.table.values() if target in row.targets]

    def bind(self, doing: Mapping[str, Callable[[], object]]) -> None:
        """Say what actions do when they are triggered."""
        for name, do in doing.items():
            # Without what the signal carries: to some functions it would mean something.
            self._all[name].triggered.connect(lambda _checked=False, do=do: do())

    def offer(self, name: str, *, possible: bool) -> None:
        """Let an action be seen and used, where it is possible now."""
        self._all[name].setEnabled(possible)
        self._all[name].setVisible(possible)

    def keys(self) -> Keys:
        """Return every key with what it does, in general words."""
        told = [(shortcuts_of(self._all[name]), row.meaning or plain(row.text)) for name, row in self.table.items()]
        return [(keys, meaning) for keys, meaning in told if keys and meaning]

    def _action(self, row: Row) -> QAction:
        action = QAction(row.text, self)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(self.scope)
        action.setCheckable(row.checkable)
        # In a menu a drawing would stand in the place of the tick.
        action.setIconVisibleInMenu(not row.checkable)
        if row.name in ICONS:
            action.setIcon(icon(ICONS[row.name]))
        if row.tip:
            action.setToolTip(texts.plain_tip(row.tip))
        return action


def shortcuts_of(action: QAction) -> str:
    """Return the keys of an action as this system writes them."""
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())


def plain(text: str) -> str:
    """Return the text of an action without the marks that menus need."""
    return text.replace("&", "").rstrip("…")
