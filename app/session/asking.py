"""Reading questions off the GUI thread: which are wanted now, and what there is beyond them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.clustering.wanted import LIKELY, NOTHING, RARELY, Outlook, Wanted
from engine.library.library import Library
from engine.models.card import ModelCard

if TYPE_CHECKING:
    from app.session.asked import Asked, Questions

FETCHED = 50
"""Questions fetched at once."""


class Asking:
    """Asks what is likely and, once somebody wants to go on, what is less likely, too."""

    def __init__(self, library: Library, embedder: Callable[[], ModelCard]) -> None:
        self._library, self._embedder = library, embedder
        self._further = NOTHING
        self.going_on = False

    def reader(self) -> "Callable[[], Questions]":
        """Return what reads the questions that are wanted now; it takes seconds in a large library."""
        library, embedder = self._library, self._embedder
        wanted = Wanted(FETCHED, RARELY if self.going_on else LIKELY)
        return lambda: _read(library, embedder, wanted)

    def reader_again(self, asked: "list[Asked]") -> "Callable[[], list[Asked]]":
        """Return what finds out which of these can still be asked."""
        library = self._library
        return lambda: _read_again(library, asked)

    def note(self, found: "Questions") -> None:
        """Note what there is beyond the questions that were found."""
        self._further = found.further

    def further(self, waiting: "Sequence[Asked]") -> Outlook:
        """Return what there is beyond the likely questions: what could be asked for or, once it was, what waits."""
        if not self.going_on:
            return self._further
        chances = [one.question.probability for one in waiting if not is_likely(one)]
        return Outlook(len(chances), sum(chances) / len(chances)) if chances else NOTHING


def is_likely(asked: "Asked") -> bool:
    """Say whether a question is asked of somebody who did not ask for less likely ones."""
    return asked.question.probability >= LIKELY


# The models' part of the engine takes a while to import: that is done in the thread which needs it first.


def _read(library: Library, embedder: Callable[[], ModelCard], wanted: Wanted) -> "Questions":
    from app.session.asked import read_questions

    return read_questions(library, embedder(), wanted)


def _read_again(library: Library, asked: "list[Asked]") -> "list[Asked]":
    from app.session.asked import read_again

    return read_again(library, asked)
