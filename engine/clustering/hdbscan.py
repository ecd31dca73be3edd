"""HDBSCAN over unit embeddings by their nearest-neighbour graph (Campello, Moulavi, Sander 2013).

The same labels as the `hdbscan` package, which compares everything with everything: here the mutual reachability is
known between neighbours only, and the spanning forest is built on that sparse graph. Where the graph has several
components each is clustered as itself (`tree.py`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from engine.clustering.neighbours import NeighbourIndex, Neighbours, Vectors
from engine.clustering.tree import Forest, Selection, choose

_LEAST = 1e-9
"""Added to every distance, because a sparse matrix takes 0 for an edge that is not there."""

_MOST = 1024
"""Neighbours of one face that are looked at, at most, for a selection similarity."""


@dataclass(frozen=True, slots=True)
class HdbscanOptions:
    """`min_cluster_size`, `min_samples` and `selection` are those of the hdbscan package.

    Clusters are not split above a cosine of `selection_similarity` (None: no such limit). `neighbours` is how many
    neighbours of each face are looked at; a person with more faces than that may come out in parts.
    """

    min_cluster_size: int = 3
    min_samples: int = 2
    selection: Selection = Selection.EXCESS_OF_MASS
    selection_similarity: float | None = None
    neighbours: int = 48


@dataclass(frozen=True, slots=True)
class Graph:
    """What was measured between n faces.

    `first`, `second` (e,) int64 and `distance` (e,) float64 are the edges, `core` (n,) the distance of each face to its
    `min_samples`-th neighbour, `horizon` (n,) the distance up to which all of its neighbours are among the edges.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    distance: NDArray[np.float64]
    core: NDArray[np.float64]
    horizon: NDArray[np.float64]


def hdbscan_labels(vectors: Vectors, options: HdbscanOptions | None = None) -> NDArray[np.int64]:
    """Return the cluster of each unit embedding (n, d), (n,) int64, −1 for noise; ValueError for a bad option."""
    chosen = options or HdbscanOptions()
    _check(chosen)
    count = len(vectors)
    if count < max(chosen.min_cluster_size, 2):
        return np.full(count, -1, np.int64)
    graph = neighbour_graph(vectors, chosen)
    epsilon = 0.0 if chosen.selection_similarity is None else float(to_distance(np.array(chosen.selection_similarity)))
    return choose(spanning_forest(graph), chosen.min_cluster_size, Selection(chosen.selection), epsilon)


def neighbour_graph(vectors: Vectors, options: HdbscanOptions) -> Graph:
    """Measure the nearest neighbours of each face, and with a selection similarity all neighbours that are as near.

    Faces with more such neighbours than were asked for are asked again for four times as many, up to `_MOST`.
    """
    rows = np.arange(len(vectors))
    index = NeighbourIndex(vectors)
    samples = min(options.min_samples, len(vectors) - 1)
    width = min(max(options.neighbours, samples), len(vectors) - 1)
    found = index.neighbours_of(rows, width)
    core = to_distance(found.similarities[:, samples - 1])
    horizon = to_distance(found.similarities[:, -1])
    parts = [_edges(rows, found)]
    while options.selection_similarity is not None and width < min(_MOST, len(vectors) - 1):
        rows = rows[found.similarities[:, -1] >= options.selection_similarity]
        width = min(width * 4, _MOST, len(vectors) - 1)
        found = index.neighbours_of(rows, width)
        horizon[rows] = to_distance(found.similarities[:, -1])
        parts.append(_edges(rows, found))
    first, second, distance = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    return Graph(first, second, distance, core, horizon)


def _edges(
    rows: NDArray[np.int64], found: Neighbours
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    known = found.indices.ravel() >= 0
    first = np.repeat(rows, found.indices.shape[1])[known]
    return first, found.indices.ravel()[known].astype(np.int64), to_distance(found.similarities.ravel()[known])


def to_distance(similarity: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the Euclidean distance, 0 to 2, of unit vectors with this cosine."""
    distance: NDArray[np.float64] = np.sqrt(np.maximum(2.0 - 2.0 * similarity.astype(np.float64), 0.0))
    return distance


def spanning_forest(graph: Graph) -> Forest:
    """Return the minimum spanning forest of mutual reachability, max(core a, core b, distance), over the graph.

    A tree's horizon is the least horizon of its faces: everything that the graph leaves out is further away.
    """
    count = len(graph.core)
    reach = np.maximum(np.maximum(graph.distance, graph.core[graph.first]), graph.core[graph.second]) + _LEAST
    low, high = np.minimum(graph.first, graph.second), np.maximum(graph.first, graph.second)
    _, once = np.unique(low * count + high, return_index=True)
    sparse = csr_matrix((reach[once], (low[once], high[once])), shape=(count, count))
    tree = minimum_spanning_tree(sparse).tocoo()
    trees, component = connected_components(tree, directed=False)
    horizon = np.full(trees, np.inf)
    np.minimum.at(horizon, component, np.maximum(graph.horizon, graph.core))
    return Forest(tree.row.astype(np.int64), tree.col.astype(np.int64), tree.data, component.astype(np.int64), horizon)


def _check(options: HdbscanOptions) -> None:
    if options.min_cluster_size < 2 or options.min_samples < 1 or options.neighbours < 1:
        raise ValueError("min_cluster_size must be at least 2, min_samples and neighbours at least 1")
    if options.selection_similarity is not None and not -1 <= options.selection_similarity <= 1:
        raise ValueError("selection_similarity is a cosine, −1 to 1")
