"""Stray faces that join a settled cluster: what average linkage leaves over when a person has several looks.

A stray resembles a part of a person's faces (a pose, an age) more than their average. So it is judged by the most
similar quarter of the cluster's faces, and joins where chance does not explain the match and nobody else comes near.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.clusters import Clusters, Ids
from engine.clustering.neighbours import NeighbourIndex, Vectors

SETTLED = 4
"""A cluster of at least this many faces takes strays in."""

RATIO = 4
"""A stray cluster is at most one such part of the cluster that takes it in."""

_CANDIDATES = 4
_MEMBERS = 64
_BLOCK = 256

_REACH = 0.2
"""A cluster whose average lies further below the wanted similarity than this is not looked at face by face."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The best settled cluster for each stray cluster: how similar it is, and the runner-up, (m,) each."""

    strays: Ids
    targets: Ids
    similarity: NDArray[np.float32]
    second: NDArray[np.float32]


def settled(clusters: Clusters) -> Ids:
    """Return the clusters that are large enough to take others in."""
    alive = clusters.alive
    large: Ids = alive[clusters.sizes[alive] >= SETTLED]
    return large


def absorb(clusters: Clusters, vectors: Vectors, lowest: float, margin: float) -> None:
    """Join strays, in place, to the settled cluster whose nearest quarter is at least `lowest` similar on average.

    The runner-up must be less similar by `margin`. Better offers are taken first; what must stay apart stays apart.
    """
    offers = best_offers(clusters, vectors, lowest - _REACH)
    good = (offers.similarity >= lowest) & (offers.similarity - offers.second >= margin)
    order = np.flatnonzero(good)[np.argsort(-offers.similarity[good], kind="stable")]
    for row in order:
        stray, target = clusters.roots(offers.strays[row : row + 1]), clusters.roots(offers.targets[row : row + 1])
        if stray != target and clusters.apart.allows(stray, target)[0]:
            clusters.join(target, stray)


def best_offers(clusters: Clusters, vectors: Vectors, reach: float) -> Offers:
    """Compare every cluster with the settled clusters nearest to its mean and return the best two of each.

    Clusters whose average similarity is below `reach` count as −1.
    """
    homes, strays = settled(clusters), clusters.alive
    none = np.empty(0, np.int64)
    if not len(homes):
        return Offers(none, none, np.empty(0, np.float32), np.empty(0, np.float32))
    strays = strays[clusters.sizes[strays] * RATIO <= clusters.sizes[homes].max()]
    found = NeighbourIndex(clusters.means[homes]).search(clusters.means[strays], _CANDIDATES)
    fits = (found.indices >= 0) & (found.similarities >= reach)
    targets = homes[np.maximum(found.indices, 0)]
    fits &= (targets != strays[:, None]) & (clusters.sizes[strays][:, None] * RATIO <= clusters.sizes[targets])
    rows, columns = np.nonzero(fits)
    scores = np.full(found.indices.shape, -1, np.float32)
    scores[rows, columns] = _quarter_similarity(clusters, vectors, strays[rows], targets[rows, columns])
    order = np.argsort(-scores, axis=1, kind="stable")
    ranked = np.take_along_axis(scores, order, axis=1)
    second = np.maximum(ranked[:, 1], 0) if ranked.shape[1] > 1 else np.zeros(len(ranked), np.float32)
    best = targets[np.arange(len(strays)), order[:, 0]]
    return Offers(strays, best, ranked[:, 0], second)


def _quarter_similarity(clusters: Clusters, vectors: Vectors, strays: Ids, targets: Ids) -> NDArray[np.float32]:
    """Return for each pair the average similarity of the stray's mean to the nearest quarter of the target's faces.

    The stray's mean stands for its faces. A target shows at most 64 of its faces, evenly chosen.
    """
    members, starts = _members(clusters)
    result = np.empty(len(strays), np.float32)
    for start in range(0, len(strays), _BLOCK):
        block = slice(start, start + _BLOCK)
        sizes = clusters.sizes[targets[block]]
        shown = np.minimum(sizes, _MEMBERS)
        places = np.arange(_MEMBERS)[None, :] * sizes[:, None] // shown[:, None]
        used = np.arange(_MEMBERS)[None, :] < shown[:, None]
        faces = members[np.where(used, starts[targets[block]][:, None] + places, 0)]
        seen = np.einsum("pd,pmd->pm", clusters.means[strays[block]], vectors[faces])
        seen = -np.sort(-np.where(used, seen, -2), axis=1)
        quarter = -(-shown // 4)
        taken = np.arange(_MEMBERS)[None, :] < quarter[:, None]
        result[block] = np.where(taken, seen, 0).sum(axis=1) / quarter
    return result


def _members(clusters: Clusters) -> tuple[Ids, Ids]:
    """Return the faces ordered by cluster, (n,), and where each cluster's faces start, by cluster number."""
    labels = clusters.labels
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(clusters.sizes)))
    return order, starts
