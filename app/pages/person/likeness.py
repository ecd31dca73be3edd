"""How much a person's faces are like each other: looked up in another thread when an order asks for it."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.session.context import Context
from app.work.loading import Loader
from engine.library.queries import FaceIndex

if TYPE_CHECKING:
    # What groups faces loads libraries that the first window must not wait for.
    from engine.workflows.questions.likenesses import Typicality


class PersonLikeness(QObject):
    """Keeps what was found for one person: faces that come later count as not compared, so that nothing jumps."""

    found = Signal()
    looking = Signal(str)
    """A sentence while faces are compared; "" when that is done."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._person = -1
        self._found: Typicality | None = None
        self._loader = Loader(context.thinking, self, self._take, self._give_up)

    def turn_to(self, person: int) -> None:
        """Forget what is known of somebody else."""
        if person != self._person:
            self.forget()
            self._person = person

    def forget(self) -> None:
        """Compare anew when that is asked for next."""
        self._loader.forget()
        self._found = None
        self.looking.emit("")

    def want(self) -> None:
        """Compare the faces, unless that is done or under way; `found` tells."""
        if self._found is not None or self._loader.busy:
            return
        library, embedder, person = self._context.library, self._context.embedder, self._person
        self.looking.emit(self.tr("Comparing faces…"))

        def compare() -> "Typicality":
            from engine.workflows.questions.likenesses import typicality

            return typicality(library, embedder(), person)

        self._loader.load(compare)

    def similarity_of(self, faces: FaceIndex) -> NDArray[np.float32] | None:
        """Return the similarity of each face to the others, NaN where it is not known; None before `found`."""
        known = self._found
        if known is None:
            return None
        similarity = np.full(len(faces), np.nan, np.float32)
        if len(known.face_ids):
            places = np.minimum(np.searchsorted(known.face_ids, faces.face_ids), len(known.face_ids) - 1)
            there = known.face_ids[places] == faces.face_ids
            similarity[there] = known.similarity[places[there]]
        return similarity

    def _take(self, found: "Typicality") -> None:
        self._found = found
        self.looking.emit("")
        self.found.emit()

    def _give_up(self, error: object) -> None:
        self.looking.emit("")
        self._context.fail(error)
