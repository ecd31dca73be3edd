"""Which faces of a new reading are the faces that were stored before.

Where the file's content is what it was, the place decides. Where it changed, faces may be anywhere: what was said of a
face stays with the face that it meant by their embeddings, and by where the picture's other faces say that it must be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.faces.layout import SAME, TURNED, Layout, fitted_layout
from engine.faces.quality import LOW_QUALITY
from engine.geometry import Box, Landmarks

SAME_FACE_IOU = 0.4
"""Boxes of one photo that overlap at least this much (intersection over union) are one face.

Two detectors draw the same face at 0.5 to 0.8; neighbours in a crowd stay under 0.2.
"""

UNTOUCHED_IOU = 0.6
"""Two faces in one place of two contents overlap so much where the picture was only coloured, or saved, anew."""

Pairs = dict[int, int]
"""Row of a new face → row of the stored one."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """From which similarity on a face is another one of the photo, before and after its file changed.

    `sure`: wherever the two are. `likely`: in the same place of a picture of the same shape. `possible`: in the place
    where two or more of the picture's other faces, of which this is sure, say that it must be.
    """

    sure: float
    likely: float
    possible: float


NEVER_ALIKE = Likeness(sure=2.0, likely=2.0, possible=2.0)
"""Nothing is that similar: of a changed file nothing is known again but what lay in just this content before."""


@dataclass(frozen=True, slots=True)
class PlacedFace:
    """A face of either content: box and landmarks are relative (0 to 1), `vector` is unit length or not known.

    One that is `elsewhere` was not in the earlier content either: its place says nothing. Of faces that are not `clear`
    the place alone is evidence: blurred scraps are like each other.
    """

    box: Box
    landmarks: Landmarks
    vector: NDArray[np.float32] | None
    quality: float
    elsewhere: bool = False

    @property
    def clear(self) -> bool:
        """Whether its vector says who it is."""
        return self.quality >= LOW_QUALITY


def match_faces(old: Sequence[Box], new: Sequence[Box]) -> Pairs:
    """Pair boxes of the same frame so that the overlaps are largest in sum; each at most once, none below the least."""
    overlap = _overlaps(_corners(new), _corners(old))
    return _best(np.where(overlap >= SAME_FACE_IOU, overlap, 0.0))


def match_changed(
    old: Sequence[PlacedFace], new: Sequence[PlacedFace], likeness: Likeness, *, same_shape: bool
) -> Pairs:
    """Pair the faces of a photo whose content changed.

    First come those that are alike beyond doubt, the place deciding between several pictures of one person. Where there
    are some, they say how the picture was turned, mirrored or cut, and the others are looked for where that puts them.
    Where there is none, and the picture is of the shape that it had, only its colours may have changed.
    """
    if not old or not new:
        return {}
    similar = _similarities(new, old)
    clear = np.outer([face.clear for face in new], [face.clear for face in old])
    sure = clear & (np.nan_to_num(similar, nan=-1.0) >= likeness.sure)
    pairs, turn = _sure_pairs(old, new, similar, sure)
    if pairs:
        layout = _layout(old, new, pairs) or turn
        there = _overlaps_under(layout, old, new) >= SAME_FACE_IOU
        agreeing = sum(bool(there[fresh, stored]) for fresh, stored in pairs.items())
        least = likeness.possible if agreeing > 1 else likeness.likely
        return _best(np.where(sure | (there & (similar >= least)), _worth(similar, there), 0.0))
    if not same_shape:
        return {}
    here = _overlaps_under(SAME, old, new) >= UNTOUCHED_IOU
    return _best(np.where(here & (similar >= likeness.likely), np.nan_to_num(similar), 0.0))


def _sure_pairs(
    old: Sequence[PlacedFace], new: Sequence[PlacedFace], similar: NDArray[np.float64], sure: NDArray[np.bool_]
) -> tuple[Pairs, Layout]:
    """Return the pairs that are alike beyond doubt, under the turn that puts most of them into place, and that turn."""
    found: Pairs = {}
    best, best_turn = -1.0, SAME
    if sure.any():
        for turn in TURNED:
            worth = np.where(sure, _worth(similar, _overlaps_under(turn, old, new) >= SAME_FACE_IOU), 0.0)
            pairs = _best(worth)
            total = sum(float(worth[fresh, stored]) for fresh, stored in pairs.items())
            if total > best:
                found, best, best_turn = pairs, total, turn
    return found, best_turn


def _worth(similar: NDArray[np.float64], there: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what each pair counts: above nothing, more the more alike the two are and where the place is right."""
    return 1.0 + np.nan_to_num(similar) + np.where(there, 0.5, 0.0)


def _layout(old: Sequence[PlacedFace], new: Sequence[PlacedFace], pairs: Pairs) -> Layout | None:
    known = [(fresh, stored) for fresh, stored in pairs.items() if not old[stored].elsewhere]
    return fitted_layout([old[stored].landmarks for _, stored in known], [new[fresh].landmarks for fresh, _ in known])


def _similarities(new: Sequence[PlacedFace], old: Sequence[PlacedFace]) -> NDArray[np.float64]:
    """Return (new, old) cosine similarities, NaN where one has no vector."""
    similar = np.full((len(new), len(old)), np.nan)
    for column, face in enumerate(old):
        if face.vector is not None:
            similar[:, column] = [np.nan if one.vector is None else float(one.vector @ face.vector) for one in new]
    return similar


def _overlaps_under(layout: Layout, old: Sequence[PlacedFace], new: Sequence[PlacedFace]) -> NDArray[np.float64]:
    overlap = _overlaps(_corners([face.box for face in new]), _corners([layout.box(face.box) for face in old]))
    overlap[:, [face.elsewhere for face in old]] = 0.0
    return overlap


def _best(worth: NDArray[np.float64]) -> Pairs:
    """Return the pairing of rows and columns that is worth most in sum; what is worth nothing is no pair."""
    if not (worth > 0).any():
        return {}
    # Half a second to import, for what only photos that were read before need.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(worth, maximize=True)
    return {int(row): int(column) for row, column in zip(rows, columns, strict=True) if worth[row, column] > 0}


def _corners(boxes: Sequence[Box]) -> NDArray[np.float64]:
    """Return (n, 4): left, top, right, bottom."""
    return np.array([(box.left, box.top, box.right, box.bottom) for box in boxes], np.float64).reshape(-1, 4)


def _overlaps(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the intersection over union of every pair, (n, m)."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0.0), axis=2)
    areas = [np.prod(np.maximum(boxes[:, 2:] - boxes[:, :2], 0.0), axis=1) for boxes in (one, other)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    overlap: NDArray[np.float64] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return overlap
