"""The map itself: t-SNE (van der Maaten and Hinton 2008) by openTSNE (Poličar et al. 2024).

For many faces it is the form that the FFT makes fast (Linderman et al. 2019). It begins with the two principal
directions of the embeddings, so that what lies where in the large means something and the same faces give the same map
(Kobak and Berens 2019). After the usual early exaggeration a smaller one stays: islands are compact then, as UMAP's are
(Böhm et al. 2022), and half the rounds do.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.neighbours import NeighbourIndex, Neighbours, Vectors
from engine.cores import count_cores_quietly, usable_cores
from engine.layout.forming import Forming

Points = NDArray[np.float32]
"""(n, 2) float32: where each face lies, in units without a meaning of their own, the whole centred on 0."""

FEW = 6
"""Fewer faces than these are laid on a circle, as are copies of one: there is nothing to be optimised."""

BARNES_HUT_UP_TO = 2_000
"""Up to so many faces the tree is faster than the grid of the FFT."""

MANY = 10_000
"""From so many faces on islands are drawn together as much as they ever are."""

_NEIGHBOURS_AT_A_TIME = 8_192


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """How far around a face counts (`perplexity`, about a third of the neighbours looked at), rounds and exaggerations.

    Early rounds bring faces that are alike together from afar, later ones give the islands their shape; where it is not
    said how much they are drawn together, it is 1 for a few hundred faces, whose islands would be dots else, and 3 from
    `MANY` on.
    """

    perplexity: float = 15.0
    early_rounds: int = 150
    rounds: int = 200
    early_exaggeration: float = 12.0
    exaggeration: float | None = None
    seed: int = 0
    report_every: int = 10


def lay_out(vectors: Vectors, options: LayoutOptions | None = None) -> Generator[Forming, None, Points]:
    """Lay out unit embeddings (n, d) float32; return (n, 2) float32, faces that are alike close together.

    Yields how far it is and, from the first rounds on, where the faces are by then. The same vectors and options give
    the same map on one machine. Raises ValueError for a perplexity or rounds below 1.
    """
    options = options or LayoutOptions()
    if options.perplexity < 1 or min(options.early_rounds, options.rounds, options.report_every) < 1:
        raise ValueError("perplexity and rounds must be at least 1")
    if len(vectors) < FEW or not np.ptp(vectors, axis=0).any():
        return _on_a_circle(len(vectors))
    perplexity = min(options.perplexity, (len(vectors) - 1) / 3)
    found = yield from _neighbours(np.ascontiguousarray(vectors, np.float32), int(3 * perplexity))
    return (yield from _optimised(vectors, found, perplexity, options))


def _neighbours(vectors: Vectors, count: int) -> Generator[Forming, None, Neighbours]:
    index = NeighbourIndex(vectors)
    parts: list[Neighbours] = []
    for start in range(0, len(vectors), _NEIGHBOURS_AT_A_TIME):
        yield Forming("neighbours", start, len(vectors))
        rows = np.arange(start, min(start + _NEIGHBOURS_AT_A_TIME, len(vectors)))
        parts.append(index.neighbours_of(rows, count))
    yield Forming("neighbours", len(vectors), len(vectors))
    return Neighbours(
        np.concatenate([part.indices for part in parts]), np.concatenate([part.similarities for part in parts])
    )


def _optimised(
    vectors: Vectors, found: Neighbours, perplexity: float, options: LayoutOptions
) -> Generator[Forming, None, Points]:
    from openTSNE import TSNEEmbedding, affinity, initialization, nearest_neighbors

    count_cores_quietly()
    jobs = usable_cores()
    distances = np.sqrt(np.maximum(2.0 - 2.0 * found.similarities.astype(np.float64), 0.0))
    # A list that the index left short ends with the face itself, far away, where it weighs nothing.
    own = np.arange(len(vectors))[:, None]
    indices = np.where(found.indices >= 0, found.indices, own).astype(np.int64)
    given = nearest_neighbors.PrecomputedNeighbors(indices, distances)
    affinities = affinity.PerplexityBasedNN(knn_index=given, perplexity=perplexity, n_jobs=jobs)
    start = initialization.pca(vectors, random_state=options.seed)
    places = TSNEEmbedding(
        start,
        affinities,
        negative_gradient_method="bh" if len(vectors) <= BARNES_HUT_UP_TO else "fft",
        n_jobs=jobs,
        random_state=options.seed,
    )
    total, done = options.early_rounds + options.rounds, 0
    phases = (
        (options.early_rounds, options.early_exaggeration, 0.5),
        (options.rounds, _exaggeration(len(vectors), options), 0.8),
    )
    for rounds, exaggeration, momentum in phases:
        for first in range(0, rounds, options.report_every):
            some = min(options.report_every, rounds - first)
            places.optimize(some, inplace=True, exaggeration=exaggeration, momentum=momentum)
            done += some
            yield Forming("layout", done, total, points=_as_points(places))
    return _as_points(places)


def _exaggeration(count: int, options: LayoutOptions) -> float:
    if options.exaggeration is not None:
        return options.exaggeration
    return float(1 + 2 * min(1.0, count / MANY))


def _as_points(places: NDArray[np.float64]) -> Points:
    return np.array(places, np.float32)


def _on_a_circle(count: int) -> Points:
    angles = 2 * np.pi * np.arange(count) / max(count, 1)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
