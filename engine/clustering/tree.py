"""A spanning forest of mutual reachability as one condensed tree, and the clusters chosen from it.

Condensing, stabilities and the choice are those of the `hdbscan` package (McInnes, Healy, Astels 2017); what is ours is
that a forest stays a forest: every component hangs below one root that is never a cluster, at the distance at which it
would meet others at the earliest. Nothing is joined by edges that nobody measured.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_CONDENSED = np.dtype([("parent", np.intp), ("child", np.intp), ("lambda_val", np.float64), ("child_size", np.intp)])


class Selection(StrEnum):
    """Which clusters of the condensed tree are taken."""

    EXCESS_OF_MASS = "eom"
    LEAF = "leaf"


@dataclass(frozen=True, slots=True)
class Forest:
    """A minimum spanning forest over n points.

    `first`, `second` (e,) int64 are the ends of its edges, `distance` (e,) float64 their lengths, `component` (n,) the
    tree of each point, `horizon` (trees,) the least distance at which a tree could meet another.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    distance: NDArray[np.float64]
    component: NDArray[np.int64]
    horizon: NDArray[np.float64]


def choose(forest: Forest, min_cluster_size: int, selection: Selection, epsilon: float) -> NDArray[np.int64]:
    """Return labels (n,) int64, −1 for noise; `epsilon` is a distance below which clusters are not split."""
    from hdbscan._hdbscan_tree import compute_stability, get_clusters  # most groupings do without its 100 MB

    tree = condense(forest, min_cluster_size)
    if not len(tree):
        return np.full(len(forest.component), -1, np.int64)
    stability = compute_stability(tree)
    labels, _, _ = get_clusters(
        tree, stability, cluster_selection_method=selection.value, cluster_selection_epsilon=epsilon
    )
    return np.asarray(labels, np.int64)


def condense(forest: Forest, min_cluster_size: int) -> NDArray[np.void]:
    """Return the condensed tree of the forest: rows of parent, child, 1/distance and size; the root is number n."""
    count = len(forest.component)
    sizes = np.bincount(forest.component)
    if len(sizes) == 1:
        return np.asarray(_condensed_tree(forest, np.arange(count), np.arange(len(forest.first)), min_cluster_size))
    births = 1.0 / np.maximum(forest.horizon, 1e-12)
    points = np.argsort(forest.component, kind="stable")
    edges = np.argsort(forest.component[forest.first], kind="stable")
    point_ends, edge_ends = np.cumsum(sizes), np.cumsum(sizes - 1)
    parts = [_loose_points(forest, births, np.flatnonzero(sizes[forest.component] < min_cluster_size))]
    following = count + 1
    for part in np.flatnonzero(sizes >= min_cluster_size):
        members = points[point_ends[part] - sizes[part] : point_ends[part]]
        rows = edges[edge_ends[part] - sizes[part] + 1 : edge_ends[part]]
        below = _condensed_tree(forest, members, rows, min_cluster_size)
        shifted = below.copy()
        shifted["parent"] += following - len(members)
        inner = below["child"] >= len(members)
        shifted["child"][inner] += following - len(members)
        shifted["child"][~inner] = members[below["child"][~inner]]
        shifted["lambda_val"] = np.maximum(below["lambda_val"], births[part])
        parts += [np.array([(count, following, births[part], len(members))], _CONDENSED), shifted]
        following = int(shifted["parent"].max()) + 1
    return np.concatenate(parts)


def _loose_points(forest: Forest, births: NDArray[np.float64], points: NDArray[np.intp]) -> NDArray[np.void]:
    """Return the rows that hang the points of components too small for a cluster below the root."""
    rows = np.empty(len(points), _CONDENSED)
    rows["parent"], rows["child"], rows["child_size"] = len(forest.component), points, 1
    rows["lambda_val"] = births[forest.component[points]]
    return rows


def _condensed_tree(
    forest: Forest, members: NDArray[np.intp], rows: NDArray[np.intp], min_cluster_size: int
) -> NDArray[np.void]:
    """Condense one tree of the forest; its points are numbered by their place in `members` (rising)."""
    from hdbscan._hdbscan_linkage import label
    from hdbscan._hdbscan_tree import condense_tree

    order = rows[np.argsort(forest.distance[rows], kind="stable")]
    ends = [np.searchsorted(members, forest.first[order]), np.searchsorted(members, forest.second[order])]
    spanning = np.column_stack([*ends, forest.distance[order]]).astype(np.float64)
    condensed: NDArray[np.void] = np.asarray(condense_tree(label(spanning), min_cluster_size)).astype(_CONDENSED)
    return condensed
