"""All keys there are: those of the window's actions, and those that each page tells of itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QAction

from app.widgets.actions import Keys, plain, shortcuts_of


@dataclass(slots=True)
class KeyBook:
    """Filled by the window. `pages` gives, for each page that has keys of its own, its title and its keys.

    A page is made when it is asked, so this is gone through bit by bit.
    """

    actions: Sequence[QAction] = field(default_factory=list)
    pages: Callable[[], Iterator[tuple[str, Keys]]] = lambda: iter(())

    def everywhere(self) -> Keys:
        """Return the keys that work wherever one is."""
        # What follows a colon is whom or what it would be done to now.
        return [
            (shortcuts_of(action), plain(action.text()).split(": ")[0]) for action in self.actions if action.shortcuts()
        ]
