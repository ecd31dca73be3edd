"""What the machine proposes beside its questions: the faces of a person that wait for a yes, a name for a group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.expecting import Alike, chances
from engine.faces.quality import LOW_QUALITY
from engine.library.answers import distinct_people, hidden_people_ids, named_people_ids, rejections
from engine.library.library import Library
from engine.library.vectors import FaceVectors, LeftOut
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.similarity import Calibration
from engine.workflows.grouping.certainty import SURE, certainty
from engine.workflows.grouping.clustering_input import placed_faces, rejected_rows
from engine.workflows.grouping.means import Means, means_of, unit
from engine.workflows.grouping.regrouping_plan import is_confirmed
from engine.workflows.questions.doubtful import Doubtful, doubt_about
from engine.workflows.questions.likenesses import LEAST_WEIGHT

_BLOCK = 512
"""Groups that are compared with everybody who has a name at once."""

LIKELY_NAME = 0.5
"""From this likelihood on a group without a name is shown with the name of whom it may be, and a face is offered."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The faces that the machine put with a person, (n,) each, the likeliest first.

    `sure` marks those that one yes may confirm together: likely enough, good enough to be seen, in no photo with a
    confirmed face of the person, and not of the part that may be somebody else, where the person looks like two
    (`doubt`).
    """

    face_ids: NDArray[np.int64]
    probability: NDArray[np.float64]
    sure: NDArray[np.bool_]
    doubt: Doubtful | None = None


@dataclass(frozen=True, slots=True)
class ProposedName:
    """The named person whom a group without a name is likeliest to be, with the probability of that."""

    person: int
    probability: float


def waiting_faces(library: Library, card: ModelCard, person: int) -> Waiting:
    """Return the faces of a person that nobody confirmed, compared with those that somebody did; all, if none was.

    Raises ModelError where the card does not say what its similarities mean.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card, (LeftOut.IGNORED,))
    theirs, confirmed = faces.person_ids == person, is_confirmed(faces)
    waiting = np.flatnonzero(theirs & ~confirmed)
    if (theirs & confirmed).any():
        found = certainty(faces, np.where(theirs, person, -1), confirmed, calibration)
        likely, sure = found.likely[waiting], found.sure[waiting]
    else:
        # A face that is part of the ground does not speak for itself.
        towards = unit(faces.vectors[waiting].sum(axis=0)[None, :] - faces.vectors[waiting])
        similarity, quality = np.einsum("ij,ij->i", faces.vectors[waiting], towards), faces.quality[waiting]
        likely = calibration.probability(similarity, quality, quality.max(initial=0), max(len(waiting) - 1, 1))
        sure = (likely >= SURE) & (faces.quality[waiting] >= LOW_QUALITY)
    doubt = doubt_about(library, card, faces, person)
    if doubt is not None:
        sure = sure & ~np.isin(faces.face_ids[waiting], doubt.part_face_ids)
    order = np.lexsort((faces.face_ids[waiting], -likely))
    return Waiting(faces.face_ids[waiting][order], likely[order], sure[order], doubt)


def proposed_names(library: Library, card: ModelCard) -> dict[int, ProposedName]:
    """Return for each visible group without a name whom it may be, if that is likely enough.

    Nobody is proposed who was told from the group or refused for a face of it. Raises ModelError as above.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card, (LeftOut.IGNORED, LeftOut.HIDDEN))
    met = _means(faces, faces.person_ids >= 0)
    people, means = met.people, met.vectors
    named = np.isin(people, np.setdiff1d(named_people_ids(library), hidden_people_ids(library)))
    if not named.any() or named.all():
        return {}
    known, groups = people[named], people[~named]
    place, similarity = _likeliest(means[~named], means[named], _ruled_out(library, faces, groups, known))
    theirs = np.flatnonzero(named)[place]
    larger = np.maximum(met.sizes[theirs], met.sizes[~named])
    alike = Alike(similarity, met.quality[~named], met.quality[theirs], larger, np.arange(len(groups)))
    likely = _likely(alike, calibration, len(known))
    return {
        int(groups[row]): ProposedName(int(known[place[row]]), float(likely[row]))
        for row in np.flatnonzero(likely >= LIKELY_NAME).tolist()
    }


def _likely(pairs: Alike, calibration: Calibration, people: int) -> NDArray[np.float64]:
    """Return how likely the two of each pair are one person, (m,): no more than at equal odds, nor than is expected.

    A name that is shown is believed; so it must stand by its likeness alone, however many others there are.
    """
    alone = calibration.probability(pairs.similarity, pairs.quality, pairs.other, pairs.faces)
    return np.minimum(alone, chances(pairs, calibration, len(pairs.subjects), people))


def _likeliest(
    groups: NDArray[np.float32], known: NDArray[np.float32], ruled: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the row of the known person each group is most like, and how much; −1 where all are ruled out.

    `ruled` are (m, 2) rows of a group and of a known person, by rising group.
    """
    best, similarity = np.empty(len(groups), np.intp), np.empty(len(groups), np.float32)
    for start in range(0, len(groups), _BLOCK):
        block = slice(start, start + _BLOCK)
        seen = groups[block] @ known.T
        first, last = np.searchsorted(ruled[:, 0], (start, start + _BLOCK))
        seen[ruled[first:last, 0] - start, ruled[first:last, 1]] = -1
        best[block] = seen.argmax(axis=1)
        similarity[block] = seen.max(axis=1)
    return best, similarity


def _ruled_out(
    library: Library, faces: FaceVectors, groups: NDArray[np.int64], known: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Return the pairs of a group and a named person of whom somebody said no, (m, 2) rows by rising group."""
    said = {tuple(pair) for pair in distinct_people(library).tolist()}
    said |= {(other, one) for one, other in said}
    refused = rejected_rows(rejections(library), faces.face_ids)
    said |= set(zip(faces.person_ids[refused[:, 0]].tolist(), refused[:, 1].tolist(), strict=True))
    rows = {int(group): row for row, group in enumerate(groups)}
    columns = {int(person): column for column, person in enumerate(known)}
    ruled = sorted((rows[one], columns[other]) for one, other in said if one in rows and other in columns)
    return np.array(ruled, np.intp).reshape(-1, 2)


def _means(faces: FaceVectors, which: NDArray[np.bool_]) -> Means:
    """Return the people who have these faces (n,) bool; bad ones count for less."""
    rows = np.flatnonzero(which)
    return means_of(faces, rows, faces.person_ids[rows], np.maximum(faces.quality[rows], LEAST_WEIGHT))


@dataclass(frozen=True, slots=True)
class Offered:
    """Faces that are likely somebody's, (n,) each: the likeliest named person who was not refused for it.

    `refused` says whether somebody else was.
    """

    face_ids: NDArray[np.int64]
    people: NDArray[np.int64]
    probability: NDArray[np.float64]
    refused: NDArray[np.bool_]


def offered_faces(library: Library, card: ModelCard) -> Offered:
    """Offer each of nobody's faces to its next person: whoever was refused for it is passed over.

    So is each refused face that the machine has put in a group without a name since, with others that were refused. So
    are people passed over who are confirmed in the same photo, and hidden ones; a face too poor to be seen is offered
    to nobody.
    By person, those with most faces first, and of each the likeliest face first. Raises ModelError as above.
    """
    calibration = calibration_of(card)
    faces = placed_faces(library, card, (LeftOut.IGNORED, LeftOut.HIDDEN))
    named = np.setdiff1d(named_people_ids(library), hidden_people_ids(library))
    known = _means(faces, _certain(faces, named))
    refused = np.isin(faces.face_ids, rejections(library)[:, 0])
    spoken = np.union1d(named_people_ids(library), faces.person_ids[is_confirmed(faces)])
    put = refused & ~np.isin(faces.person_ids, spoken)
    rows = np.flatnonzero(((faces.person_ids < 0) | put) & (faces.quality >= LOW_QUALITY))
    if not len(known.people) or not len(rows):
        none = np.empty(0, np.int64)
        return Offered(none, none, np.empty(0), np.empty(0, bool))
    over = _passed_over(library, faces, rows, known.people)
    best, similarity = _likeliest(faces.vectors[rows], known.vectors, over)
    alike = Alike(similarity, faces.quality[rows], known.quality[best], known.sizes[best], np.arange(len(rows)))
    chance = _likely(alike, calibration, len(known.people))
    kept = np.flatnonzero(chance >= LIKELY_NAME)
    sizes = np.bincount(best[kept], minlength=len(known.people))
    order = kept[np.lexsort((-chance[kept], best[kept], -sizes[best[kept]]))]
    chosen = rows[order]
    return Offered(faces.face_ids[chosen], known.people[best[order]], chance[order], refused[chosen])


def refused_count(library: Library, card: ModelCard) -> int:
    """Return how many refused faces wait for a yes to their next person. Raises ModelError as above."""
    return int(offered_faces(library, card).refused.sum())


def _certain(faces: FaceVectors, named: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the confirmed faces of named people, (n,)."""
    return np.asarray(np.isin(faces.person_ids, named) & is_confirmed(faces), np.bool_)


def _passed_over(
    library: Library, faces: FaceVectors, rows: NDArray[np.intp], known: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Return the pairs of one of the rows and a person who was refused for it, or is confirmed in its photo.

    They are (m, 2) places among the rows and the known people, by rising row.
    """
    places = {int(face): place for place, face in enumerate(faces.face_ids[rows])}
    columns = {int(person): column for column, person in enumerate(known)}
    said = rejections(library).tolist()
    over = {(places[face], columns[person]) for face, person in said if face in places and person in columns}
    sure = np.flatnonzero(_certain(faces, known))
    by_photo: dict[int, list[int]] = {}
    for photo, person in zip(faces.photo_ids[sure].tolist(), faces.person_ids[sure].tolist(), strict=True):
        by_photo.setdefault(photo, []).append(columns[person])
    for place, photo in enumerate(faces.photo_ids[rows].tolist()):
        over |= {(place, column) for column in by_photo.get(photo, ())}
    return np.array(sorted(over), np.intp).reshape(-1, 2)
