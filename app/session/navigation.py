"""Where the user is, and the way back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

Trail = NDArray[np.int64]
"""Ids of photos, (n,), in the order in which a list of them was shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it shows: a person's id, a photo's id, or nothing."""

    page: str
    subject: int | None = None


@dataclass(slots=True)
class Visit:
    """A place with what the page remembers of it, such as its scroll position.

    `trail` are the photos among which a photo was opened: the arrows lead along it.
    """

    place: Place
    memory: object = None
    trail: Trail | None = None
    title: str = ""
    """What the place was called when it was left."""


class Navigator(QObject):
    """The visits so far; `moved` carries the visit that begins."""

    leaving = Signal(object)
    """Emitted before moving with the visit that ends, so that its page can put down a memory."""
    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits: list[Visit] = []
        self._left: Place | None = None

    @property
    def left(self) -> Place | None:
        """The place shown before this one, also after going back: a list makes the photo current that was seen last."""
        return self._left

    @property
    def trail(self) -> Trail | None:
        """The photos among which the photo shown now was opened, None where nobody handed them over."""
        return self._visits[-1].trail if self._visits else None

    @property
    def visit(self) -> Visit | None:
        """The visit that goes on now."""
        return self._visits[-1] if self._visits else None

    @property
    def here(self) -> Place | None:
        """The place shown now."""
        return self._visits[-1].place if self._visits else None

    @property
    def way(self) -> list[Visit]:
        """The visits before this one, the first one first."""
        return self._visits[:-1]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return len(self._visits) > 1

    def go(self, page: str, subject: int | None = None, trail: Trail | None = None) -> None:
        """Show a place; going where one is does nothing. Whoever opens a photo out of a list hands the list over."""
        place = Place(page, subject)
        if place == self.here:
            return
        self.leave()
        self._visits.append(Visit(place, trail=trail))
        self.moved.emit(self._visits[-1])

    def replace(self, page: str, subject: int | None = None) -> None:
        """Show a place instead of this one: Back leads to where one came from, and the trail is the same."""
        self.leave()
        self._visits = [*self._visits[:-1], Visit(Place(page, subject), trail=self.trail)]
        self.moved.emit(self._visits[-1])

    def back(self, steps: int = 1) -> None:
        """Return to the place before, or further back, as it was left."""
        if 0 < steps < len(self._visits):
            self.leave()
            del self._visits[-steps:]
            self.moved.emit(self._visits[-1])

    def leave(self) -> None:
        """Let the page of the place shown now put down what is open: another one comes, or the window closes."""
        if self._visits:
            self._left = self.here
            self.leaving.emit(self._visits[-1])
