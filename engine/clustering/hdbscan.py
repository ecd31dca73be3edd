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

from engine.clustering.neighbours import Neighbours, Vectors, nearest
from engine.clustering.tree import Forest, Selection, choose

_LEAST = 1e-9
"""Added to every distance, because a sparse matrix takes 0 for an edge that is not there."""


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


def hdbscan_labels(vectors: Vectors, options: HdbscanOptions | None = None) -> NDArray[np.int64]:
    """Return the cluster of each unit embedding (n, d), (n,) int64, −1 for noise; ValueError for a bad option."""
    chosen = options or HdbscanOptions()
    _check(chosen)
    count = len(vectors)
    if count < max(chosen.min_cluster_size, 2):
        return np.full(count, -1, np.int64)
    samples = min(chosen.min_samples, count - 1)
    found = nearest(vectors, min(max(chosen.neighbours, samples), count - 1))
    epsilon = 0.0 if chosen.selection_similarity is None else float(to_distance(np.array(chosen.selection_similarity)))
    return choose(spanning_forest(found, samples), chosen.min_cluster_size, Selection(chosen.selection), epsilon)


def to_distance(similarity: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the Euclidean distance, 0 to 2, of unit vectors with this cosine."""
    distance: NDArray[np.float64] = np.sqrt(np.maximum(2.0 - 2.0 * similarity.astype(np.float64), 0.0))
    return distance


def spanning_forest(found: Neighbours, samples: int) -> Forest:
    """Return the minimum spanning forest of mutual reachability, max(core a, core b, distance), over the graph.

    A face's core distance is that to its `samples`-th neighbour. A tree's horizon is the least distance of any of its
    faces to the last neighbour in the face's list: everything that the list leaves out is further away.
    """
    count, width = found.indices.shape
    distances = to_distance(found.similarities)
    core = distances[:, samples - 1]
    first = np.repeat(np.arange(count), width)
    second = found.indices.ravel().astype(np.int64)
    known = second >= 0
    first, second = first[known], second[known]
    reach = np.maximum(np.maximum(distances.ravel()[known], core[first]), core[second]) + _LEAST
    graph = csr_matrix((reach, (first, second)), shape=(count, count))
    tree = minimum_spanning_tree(graph.maximum(graph.T)).tocoo()
    trees, component = connected_components(tree, directed=False)
    horizon = np.full(trees, np.inf)
    np.minimum.at(horizon, component, np.maximum(distances[:, -1], core))
    return Forest(tree.row.astype(np.int64), tree.col.astype(np.int64), tree.data, component.astype(np.int64), horizon)


def _check(options: HdbscanOptions) -> None:
    if options.min_cluster_size < 2 or options.min_samples < 1 or options.neighbours < 1:
        raise ValueError("min_cluster_size must be at least 2, min_samples and neighbours at least 1")
    if options.selection_similarity is not None and not -1 <= options.selection_similarity <= 1:
        raise ValueError("selection_similarity is a cosine, −1 to 1")
