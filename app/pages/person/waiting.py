"""How likely a person's suggested faces are theirs: found in another thread whenever the faces change."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.pages.person.reading import PersonSeen
from app.session.context import Context
from app.work.reading import Reading
from engine.library.queries import FaceIndex

if TYPE_CHECKING:
    # What groups faces loads libraries that the first window must not wait for.
    from engine.workflows.questions.proposals import Waiting


@dataclass(frozen=True, slots=True)
class Likely:
    """For each face (n,) how likely it is the person's, 0 where that is not known, and whether it is sure.

    `other` marks the part that may be somebody else, where the person looks like two.
    """

    probability: NDArray[np.float64]
    sure: NDArray[np.bool_]
    other: NDArray[np.bool_]


class PersonWaiting(QObject):
    """Keeps what was found for one person until more is: what is not known yet counts as not sure."""

    found = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._person = -1
        self._found: Waiting | None = None
        self._reading: Reading[Waiting | None] = Reading(context.thinking, self, self._take, context.fail)

    def turn_to(self, person: int) -> None:
        """Forget what is known of somebody else."""
        if person != self._person:
            self._reading.forget()
            self._person, self._found = person, None

    def look(self, seen: PersonSeen) -> None:
        """Compare the faces that wait for an answer; `found` tells."""
        if not len(seen.suggested()):
            return
        library, embedder, person = self._context.library, self._context.embedder, self._person

        def compare() -> "Waiting | None":
            from engine.models.chosen import says_what_similarities_mean
            from engine.workflows.questions.proposals import waiting_faces

            card = embedder()
            return waiting_faces(library, card, person) if says_what_similarities_mean(card) else None

        self._reading.refresh(compare)

    def likely(self, faces: FaceIndex) -> Likely | None:
        """Return what is known of these faces; None before anything is."""
        if self._found is None:
            return None
        probability, sure = np.zeros(len(faces)), np.zeros(len(faces), bool)
        _, here, there = np.intersect1d(faces.face_ids, self._found.face_ids, return_indices=True)
        probability[here], sure[here] = self._found.probability[there], self._found.sure[there]
        doubt = self._found.doubt
        return Likely(probability, sure, np.isin(faces.face_ids, doubt.part_face_ids if doubt else ()))

    def _take(self, found: "Waiting | None") -> None:
        self._found = found
        self.found.emit()
