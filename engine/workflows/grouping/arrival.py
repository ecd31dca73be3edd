"""Which faces a run looks at again when new ones arrive, and what becomes of them. Arrays in, arrays out.

In a large library that may take minutes: it reports often enough to be cancelled within a second.

In a library of ordinary size these are all faces, so that it does not matter in which order photos came. In a large one
they are the new faces, those that are nobody's and near them, and everybody whom new faces are like: their groups are
the machine's and stand at disposal, but for their firm cores. All others stand by as rivals.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.beside.frames import Rows
from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.groups import SURE
from engine.clustering.neighbours import Vectors
from engine.clustering.strays import SETTLED, Elsewhere
from engine.clustering.task import cluster_beside
from engine.faces.quality import LOW_QUALITY
from engine.library.vectors import FaceVectors
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.workflows.grouping.means import means_of

ALL_UP_TO = 20_000
"""In a library of at most so many faces all are grouped anew; that takes two seconds."""

BESIDE_FROM = 20_000
"""More faces than that are grouped in a process of their own, which can be ended at once."""

REACH = 0.005
"""Who is as like a new face as this share of strangers is looked at again with it."""

NEAREST = 6
"""So many people, and as many faces of nobody, are looked at again for each new face at most."""

LOOSE = 16
"""From so many faces on, those of a group that are surely of one person with the rest stay together."""

_SHOWN = 2000

_PEOPLE = 1 << 10
"""So many people are looked at between two reports."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a run came to: the rows that were looked at, rising, and the group of each, −1 for a face alone."""

    rows: NDArray[np.intp]
    labels: NDArray[np.int64]


def grouped_again(
    faces: FaceVectors, fresh: NDArray[np.bool_], said: Constraints, calibration: Calibration, whole: int = ALL_UP_TO
) -> Workflow[Arrival]:
    """Group the fresh faces (n,) bool with whatever they touch; `whole` is the size up to which that is everything.

    `said` covers all n faces. Ignored faces are left out. What was confirmed for a person is among the rows where the
    person is, and stands together.
    """
    shown = ~faces.ignored
    if int(shown.sum()) <= whole:
        rows, rest = np.flatnonzero(shown), None
    else:
        rows, said, rest = yield from _touched(faces, fresh & shown, said, calibration)
    return Arrival(rows, (yield from _labels(faces, rows, said.subset(rows), calibration, rest)))


def _labels(
    faces: FaceVectors,
    rows: NDArray[np.intp],
    said: Constraints,
    calibration: Calibration,
    rest: Elsewhere | None,
) -> Workflow[NDArray[np.int64]]:
    """Return the group of each of the rows."""
    seeds = faces.quality[rows] >= LOW_QUALITY
    young = None if faces.childlike is None else faces.childlike[rows]
    if len(rows) > BESIDE_FROM:
        labels = yield from cluster_beside(
            Rows(faces.vectors, rows),
            calibration=calibration,
            constraints=said,
            seeds=seeds,
            elsewhere=rest,
            childlike=young,
        )
        return labels
    return cluster(
        faces.vectors[rows], calibration=calibration, constraints=said, seeds=seeds, elsewhere=rest, childlike=young
    ).labels


def _touched(
    faces: FaceVectors, fresh: NDArray[np.bool_], said: Constraints, calibration: Calibration
) -> Workflow[tuple[NDArray[np.intp], Constraints, Elsewhere]]:
    """Return the rows to look at, what holds among them (over all faces), and who stands by."""
    theirs = np.flatnonzero(~faces.ignored & (faces.person_ids >= 0) & ~fresh)
    people = means_of(faces, theirs, faces.person_ids[theirs])
    means, place = people.vectors, people.place
    nobodys = np.flatnonzero(~faces.ignored & (faces.person_ids < 0) & ~fresh)
    reach = calibration.similarity_at(REACH)
    met, beside = yield from _met(faces.vectors[fresh], means, faces.vectors[nobodys], reach)
    touched = fresh.copy()
    touched[theirs[met[place]]] = True
    touched[nobodys[beside]] = True
    cores = yield from _cores(faces, said, theirs[met[place]], calibration.similarity_of(SURE))
    standing_by = nobodys[~beside & (faces.quality[nobodys] >= LOW_QUALITY)]
    others = np.concatenate([means[~met], faces.vectors[standing_by[:_SHOWN]]])
    some = others[np.arange(min(len(others), _SHOWN)) * len(others) // max(min(len(others), _SHOWN), 1)]
    count = int((~met).sum()) + len(standing_by)
    homes = int((people.sizes[~met] >= SETTLED).sum())
    poor = theirs[~met[place]]
    joined = int((faces.quality[poor] < LOW_QUALITY).sum())
    strays = joined + int((~beside).sum())
    return np.flatnonzero(touched), cores, Elsewhere(count, some, homes, strays, joined)


def _met(
    new: Vectors, means: Vectors, alone: Vectors, reach: float
) -> Workflow[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Mark the people, by their means, and the faces of nobody that new faces are like, and whoever is like those.

    Somebody whom a new face joins is another than before, and may now be one with a third whom the face is not like.
    """
    met = yield from _near(new, means, reach)
    beside = yield from _near(new, alone, reach)
    ring = np.concatenate([means[met], alone[beside]])
    met |= yield from _near(ring, means, reach)
    beside |= yield from _near(ring, alone, reach)
    return met, beside


def _near(new: Vectors, known: Vectors, reach: float) -> Workflow[NDArray[np.bool_]]:
    """Mark which of the known (k, d) are among the nearest of a new vector (m, d) and as like it as is asked, (k,)."""
    near = np.zeros(len(known), bool)
    wanted = min(NEAREST, len(known))
    for start in range(0, len(new) if wanted else 0, 64):
        yield Progress("cluster", 0)
        seen = new[start : start + 64] @ known.T
        close = seen >= reach
        many = np.flatnonzero(np.count_nonzero(close, axis=1) > wanted)
        best = np.argpartition(seen[many], len(known) - wanted, axis=1)[:, len(known) - wanted :]
        close[many] = False
        near |= close.any(axis=0)
        near[best] = True
    return near


def _cores(faces: FaceVectors, said: Constraints, rows: NDArray[np.intp], sure: float) -> Workflow[Constraints]:
    """Return the constraints with the firm core of each large group among the rows held together.

    The core of a person whom somebody confirmed is held with the confirmed faces.
    """
    groups, together = said.groups.copy(), np.full(len(said.groups), -1, np.int64)
    people, place, sizes = np.unique(faces.person_ids[rows], return_inverse=True, return_counts=True)
    owned = np.isin(people, groups[groups >= 0])
    rows, ends = rows[np.argsort(place, kind="stable")], np.cumsum(sizes)
    for number, person in enumerate(np.flatnonzero(sizes >= LOOSE).tolist()):
        if number % _PEOPLE == 0:
            yield Progress("cluster", 0)
        theirs = rows[ends[person] - sizes[person] : ends[person]]
        own = theirs[groups[theirs] >= 0] if owned[person] else theirs
        mean = faces.vectors[own if len(own) else theirs].mean(axis=0)
        firm = theirs[faces.vectors[theirs] @ (mean / max(float(np.linalg.norm(mean)), 1e-9)) >= sure]
        free = firm[groups[firm] < 0]
        (groups if owned[person] else together)[free] = people[person]
    return replace(said, groups=groups, together=together)
