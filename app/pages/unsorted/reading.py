"""Reads the faces that are nobody's, and finds in another thread which of them are alike."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.pages.unsorted.arrangement import ALONE, HARD, NOBODY, Grouping
from app.session.context import Context
from app.work.loading import Loader
from app.work.reading import Reading
from engine.library.library import Library
from engine.library.queries import FaceIndex, FaceScope, counts, face_index


@dataclass(frozen=True, slots=True)
class UnsortedSeen:
    """The faces that may be shown, nobody's or, where `listed`, those set aside, and how many are set aside in all.

    Beside nobody's are the refused ones that the machine has put in groups: they are shown where they are offered.
    """

    faces: FaceIndex
    aside: int
    listed: bool


class UnsortedReading(QObject):
    """Tells of the faces whenever they are read, and of their groups whenever these were found."""

    told = Signal(object)
    """`UnsortedSeen`."""
    grouped = Signal(object)
    """`Grouping`."""
    looking = Signal(str)
    """A sentence while faces are compared; "" when that is done."""
    failed = Signal()
    """The faces could not be read."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._faces = Reading(context.reads, self, self.told.emit, self._fail)
        self._groups = Loader(context.thinking, self, self._take, self._give_up)

    def read(self, *, listed: bool) -> None:
        """Read the faces: nobody's, or those that were set aside."""
        library = self._context.library
        self._faces.begin(lambda: _read(library, listed=listed))

    def refresh(self, *, listed: bool) -> None:
        """Read them again, after a read that is under way."""
        library = self._context.library
        self._faces.refresh(lambda: _read(library, listed=listed))

    def group(self) -> None:
        """Find out which of nobody's faces are alike."""
        library, embedder = self._context.library, self._context.embedder
        self.looking.emit(self.tr("Looking for faces that are alike…"))

        def find() -> Grouping:
            from engine.workflows.questions.likenesses import unsorted_groups
            from engine.workflows.questions.proposals import offered_faces

            card = embedder()
            found, offered = unsorted_groups(library, card), offered_faces(library, card)
            left = ~np.isin(found.face_ids, offered.face_ids)
            labels = np.where(found.hard, HARD, found.labels)
            return Grouping(
                np.concatenate([offered.face_ids, found.face_ids[left]]),
                np.concatenate([np.full(len(offered.face_ids), ALONE), labels[left]]),
                np.concatenate([offered.people, np.full(int(left.sum()), NOBODY)]),
            )

        self._groups.load(find)

    def _fail(self, error: object) -> None:
        self._context.fail(error)
        self.failed.emit()

    def _take(self, found: Grouping) -> None:
        self.looking.emit("")
        self.grouped.emit(found)

    def _give_up(self, error: object) -> None:
        self.looking.emit("")
        self._context.fail(error)


def _read(library: Library, *, listed: bool) -> UnsortedSeen:
    scope = FaceScope.ignored() if listed else FaceScope.unplaced()
    return UnsortedSeen(face_index(library, scope), counts(library).ignored, listed)
