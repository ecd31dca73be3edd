"""All keys there are: those of the window's actions, and those that each page tells of itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QAction, QKeySequence

Keys = list[tuple[str, str]]
"""Keys as text, each with what it does."""


@dataclass(slots=True)
class KeyBook:
    """Filled by the window. `pages` gives, for each page that has keys of its own, its title and its keys.

    A page is made when it is asked, so this is gone through bit by bit.
    """

    actions: Sequence[QAction] = field(default_factory=list)
    pages: Callable[[], Iterator[tuple[str, Keys]]] = lambda: iter(())

    def everywhere(self) -> Keys:
        """Return the keys that work wherever one is."""
        return [
            (shortcuts_of(action), action.text().replace("&", "").rstrip("…").split(": ")[0])
            for action in self.actions
            if action.shortcuts()
        ]


def shortcuts_of(action: QAction) -> str:
    """Return the keys of an action as this system writes them."""
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
