"""What follows from names that stand in a photo without a box: who of them each face may be.

The name says that the person is in the picture. Before anything is compared, each of n faces that nobody spoke for is
then that person with a chance of 1 in n + 1 (the one more: the detector saw them not at all); the similarity moves it
from there, as the model's calibration says. Without the name the chance before is far smaller.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.likeness import Gallery
from engine.library.answers import named_people_ids, rejections
from engine.library.changes import Changes
from engine.library.clusters import Assignments, assign_faces
from engine.library.library import Library
from engine.library.mentions import open_hints
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.progress import Workflow
from engine.similarity import Calibration
from engine.workflows.grouping.clustering_input import all_faces, loaded_faces
from engine.workflows.grouping.regrouping_plan import is_confirmed

SURE = 0.95
"""Chance from which a face that is nobody's is put with the person whom the photo names: of twenty, one may be wrong,
and a no takes it back."""

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Hinted:
    """A face (its row) that may be a person whom its photo names, how alike they are, and with what chance it is."""

    row: int
    person: int
    similarity: float
    chance: float


def hinted_faces(library: Library, faces: FaceVectors, calibration: Calibration) -> list[Hinted]:
    """Return the faces that may be people named in their photos, the likeliest first.

    Of people who have a confirmed face; faces that nobody spoke for, that are with no named person, and that were not
    refused for the one in question.
    """
    hints = open_hints(library)
    if not hints:
        return []
    confirmed = is_confirmed(faces)
    gallery = Gallery(all_faces(faces), np.where(confirmed, faces.person_ids, NOBODY))
    known = set(gallery.people.tolist())
    named = np.isin(faces.person_ids, named_people_ids(library))
    free = _by_photo(faces, np.flatnonzero(~faces.ignored & ~confirmed & ~named), {photo for photo, _ in hints})
    refused = {(int(face), int(person)) for face, person in rejections(library)}
    pairs = [
        (row, person, len(free[photo]))
        for photo, person in hints
        if person in known
        for row in free[photo]
        if (int(faces.face_ids[row]), person) not in refused
    ]
    return _weighed(faces, gallery, pairs, calibration)


def _by_photo(faces: FaceVectors, rows: NDArray[np.intp], photos: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows.tolist():
        photo = int(faces.photo_ids[row])
        if photo in photos:
            found[photo].append(row)
    return found


def _weighed(
    faces: FaceVectors, gallery: Gallery, pairs: list[tuple[int, int, int]], calibration: Calibration
) -> list[Hinted]:
    if not pairs:
        return []
    rows, people, counts = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    likeness = gallery.likeness(all_faces(faces).at(rows), people)
    sizes = gallery.sizes[gallery.rank(people)]
    logits = calibration.logits(likeness, faces.quality[rows], 1.0, sizes) - np.log(counts)
    chance = 1 / (1 + np.exp(-np.clip(logits, -500, 500)))
    order = np.argsort(-chance, kind="stable")
    return [Hinted(int(rows[at]), int(people[at]), float(likeness[at]), float(chance[at])) for at in order.tolist()]


def place_hinted(library: Library, card: ModelCard) -> Workflow[Changes]:
    """Put faces that are nobody's with the people whom their photos name, where that is sure; the machine's word.

    Each face is one person's, and each person is in a photo once. Raises ModelError as `recluster` does.
    """
    if not open_hints(library):
        return Changes()
    faces = yield from loaded_faces(library, card)
    moves: dict[int, int] = {}
    taken: set[tuple[int, int]] = set()
    for one in hinted_faces(library, faces, calibration_of(card)):
        face, photo = int(faces.face_ids[one.row]), int(faces.photo_ids[one.row])
        is_open = faces.person_ids[one.row] == NOBODY and face not in moves and (photo, one.person) not in taken
        if one.chance >= SURE and is_open:
            moves[face] = one.person
            taken.add((photo, one.person))
    return assign_faces(library, Assignments(moves)).changes if moves else Changes()
