"""How sure the machine is of the faces that it put with people whom somebody confirmed. Arrays in, arrays out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.paired import paired_similarities
from engine.faces.quality import LOW_QUALITY
from engine.library.vectors import FaceVectors
from engine.similarity import Calibration
from engine.workflows.grouping.means import means_of

SURE = 0.97
"""From this likelihood on a face may be confirmed together with others, by one yes for all."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """For each face (n,) how likely it is the person it is with; NaN where it is nobody's, or nobody confirmed any.

    `sure` marks those that one yes may confirm together: likely enough, good enough to be seen, in no photo with a
    confirmed face of the person.
    """

    likely: NDArray[np.float64]
    sure: NDArray[np.bool_]


def certainty(
    faces: FaceVectors, people: NDArray[np.int64], confirmed: NDArray[np.bool_], calibration: Calibration
) -> Certainty:
    """Compare each face with the confirmed ones of the person it is with: `people` (n,), −1 for nobody."""
    ground = np.flatnonzero(confirmed & (people >= 0))
    likely, sure = np.full(len(people), np.nan), np.zeros(len(people), bool)
    waiting = np.flatnonzero(~confirmed & ~faces.ignored & np.isin(people, people[ground]))
    if not len(waiting):
        return Certainty(likely, sure)
    known = means_of(faces, ground, people[ground])
    whose = np.searchsorted(known.people, people[waiting])
    similarity = paired_similarities(faces.vectors, waiting, known.vectors, whose)
    quality, other = faces.quality[waiting], known.quality[whose]
    likely[waiting] = calibration.probability(similarity, quality, other, known.sizes[whose])
    beside = np.isin(_together(people, faces, waiting), _together(people, faces, ground))
    sure[waiting] = (likely[waiting] >= SURE) & (quality >= LOW_QUALITY) & ~beside
    return Certainty(likely, sure)


def _together(people: NDArray[np.int64], faces: FaceVectors, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return one number for the person and the photo of each of these rows."""
    return people[rows] * (int(faces.photo_ids.max(initial=0)) + 1) + faces.photo_ids[rows]
