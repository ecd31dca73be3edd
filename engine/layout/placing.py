"""New faces on a map that is there: beside those whom they are most like, nothing else moves."""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import EXACT_UP_TO, NeighbourIndex, Vectors, nearest_among
from engine.layout.tsne import Points, lay_out
from engine.progress import finish

NEAREST = 5
"""Neighbours that are asked; the place is that of the one in their middle, so that nobody lands between two islands."""

FEW = 200
"""Up to so many new faces are compared with all others one by one; for more an index is built."""

BESIDE = 0.6
"""How far from that neighbour a new face lies, as a share of how far apart faces that are next to each other lie."""


def place_new(vectors: Vectors, points: Points, known: NDArray[np.bool_], seed: int = 0) -> Points:
    """Return places for all faces, (n, 2) float32: those that are `known` (n,) keep theirs, others lie beside them.

    `points` (n, 2) holds the places of known faces, anything elsewhere. Where none is known, all are laid out. The same
    arguments give the same places.
    """
    new, there = np.flatnonzero(~known), np.flatnonzero(known)
    if not len(there):
        return finish(lay_out(vectors))
    placed = np.array(points, np.float32)
    if len(new):
        around = _most_alike(vectors, new, there)
        placed[new] = _middle(placed[around]) + _aside(len(new), _gap(placed[there]), seed)
    return placed


def _most_alike(vectors: Vectors, new: NDArray[np.intp], there: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return rows of known faces, (new, up to NEAREST)."""
    count = min(NEAREST, len(there))
    if len(new) <= FEW:
        return nearest_among(vectors[new], vectors, there, count).indices.astype(np.int64)
    found = NeighbourIndex(vectors[there], exact_up_to=EXACT_UP_TO).search(vectors[new], count).indices
    # An index that is approximate may find fewer; the best one stands in for those.
    found = np.where(found >= 0, found, np.maximum(found[:, :1], 0))
    rows: NDArray[np.int64] = there[found].astype(np.int64)
    return rows


def _middle(around: NDArray[np.float32]) -> Points:
    """Return that one of each row's places, (m, k, 2), which is closest to all others together, (m, 2)."""
    apart = np.linalg.norm(around[:, :, None] - around[:, None], axis=3).sum(axis=2)
    chosen: Points = around[np.arange(len(around)), apart.argmin(axis=1)]
    return chosen


def _gap(points: Points) -> float:
    """Return about how far apart faces lie that are next to each other: from the area that they take."""
    spread = np.ptp(points, axis=0)
    return float(np.sqrt(max(spread[0] * spread[1], 1e-12) / len(points)) / 4)


def _aside(count: int, gap: float, seed: int) -> Points:
    """Return small steps in all directions, (count, 2)."""
    angles = np.random.default_rng(seed).uniform(0, 2 * np.pi, count)
    return (BESIDE * gap * np.stack([np.cos(angles), np.sin(angles)], axis=1)).astype(np.float32)
