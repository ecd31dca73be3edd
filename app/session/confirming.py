"""Saying yes to faces: how many are confirmed by it, for a group that they join is confirmed with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from engine.library import edits
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.queries import FaceScope, face_index


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of a yes: how many faces in sight were confirmed, those that nobody was asked about too."""

    changes: Changes
    faces: int


def confirm(library: Library, answers: Mapping[int, Collection[int]]) -> Confirmed:
    """Note that faces are people, by the id of each, and count what came of it. Raises what `confirm_each` raises."""
    changes = edits.confirm_each(library, answers)
    asked = {face for faces in answers.values() for face in faces}
    if changes.faces <= asked:
        return Confirmed(changes, len(asked))
    # Copies of faces change, too, which nobody sees.
    touched = np.fromiter(changes.faces | asked, np.int64)
    indexes = (face_index(library, FaceScope.person(person)) for person in answers)
    return Confirmed(changes, sum(int(np.isin(index.face_ids, touched).sum()) for index in indexes))
