"""The clustering that Kinfolk uses unless told otherwise: one rule for a library of 2 people and for one of 20,000.

1. Groups join, best pairs first, while chance does not explain how alike their means are: the share of pairs of
   strangers that are as alike (from the model's calibration) must fall with the number of groups left. Few people mean
   few chances of a false match, so less is asked as groups join.
2. Each photo that two groups share asks for more evidence, and so does a name; two groups of several faces must be
   surely one person, since relatives are alike beyond chance (`apart.py`, `groups.py`).
3. Strays join a settled group by the same reckoning (`strays.py`).

What else was tried, with figures, is in benchmarks/RESULTS.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.apart import Apart
from engine.clustering.constraints import Constraints, Contradiction
from engine.clustering.groups import Groups, PlacedFaces
from engine.clustering.grow import grow
from engine.clustering.neighbours import Vectors
from engine.clustering.strays import Elsewhere, take_in
from engine.similarity import Calibration

EXPECTED_STRANGERS, POWER = 0.03, 1.2
"""How many of the other groups, their number to this power, may by chance alone be as like a group as is asked."""

MANY = 1000
"""From so many groups on the power is 1: what a library gains in people it gains in chances, and no more. With 1.2
throughout, what was asked rose until faces of 200,000 were left alone that are plainly somebody's."""

LOWEST_SHARE = 0.03
"""However few groups there are, at most this share of pairs of different people is as alike as is asked."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """The result of one run over n faces.

    `labels` (n,) int64 numbers the clusters from 0, larger first, −1 for a face that is alone.
    """

    labels: NDArray[np.int64]
    contradictions: tuple[Contradiction, ...] = ()


def cluster(
    vectors: Vectors,
    *,
    calibration: Calibration,
    constraints: Constraints | None = None,
    seeds: NDArray[np.bool_] | None = None,
    elsewhere: Elsewhere | None = None,
    childlike: NDArray[np.float32] | None = None,
) -> Clustering:
    """Group unit embeddings (n, d) float32 of one model into people.

    Where `seeds` (n,) is false, a face starts no cluster unless the user named it: it only joins one that others have
    made. Groups that are `elsewhere` count as people all the same. `childlike` (n,) as for `PlacedFaces`. Raises
    ValueError where a length does not fit.
    """
    count = len(vectors)
    said = (constraints or Constraints.none(count)).checked(count)
    if count == 0:
        return Clustering(np.empty(0, np.int64), said.contradictions())
    vectors = np.ascontiguousarray(vectors, np.float32)
    rest = elsewhere or Elsewhere(0, np.empty((0, vectors.shape[1]), np.float32))
    starting = _starting(seeds, said)
    rows = np.flatnonzero(starting)
    nodes = np.full(count, -1, np.int64)
    young = np.zeros(count, np.float32) if childlike is None else childlike
    if len(young) != count:
        raise ValueError(f"{len(young)} numbers of how childlike {count} faces are")
    faces = PlacedFaces(vectors, young)
    nodes[rows] = _grown(faces.at(rows), said.subset(rows), calibration, rest)
    poor = np.flatnonzero(~starting)
    nodes[poor] = nodes.max(initial=-1) + 1 + np.arange(len(poor))
    groups = Groups(faces, nodes, _apart(said, nodes), calibration)
    groups.measure_common(rest.some)
    take_in(groups, said.photos, calibration, rest)
    return Clustering(by_size(groups.labels, said.groups), said.contradictions())


def needed_evidence(groups: int) -> float:
    """Return the evidence, in nats, that two of this many groups need to join."""
    others = max(groups - 1, 1)
    chances = min(others, MANY) ** POWER * max(others / MANY, 1)
    return -float(np.log(min(EXPECTED_STRANGERS / chances, LOWEST_SHARE)))


def _grown(faces: PlacedFaces, said: Constraints, calibration: Calibration, elsewhere: Elsewhere) -> NDArray[np.int64]:
    """Let groups grow among these faces and return the group of each, numbered from 0."""
    nodes = said.nodes()
    groups = Groups(faces, nodes, _apart(said, nodes), calibration)
    grow(groups, lambda left: needed_evidence(left + elsewhere.count), elsewhere.some)
    return np.unique(groups.labels, return_inverse=True)[1].astype(np.int64)


def _starting(seeds: NDArray[np.bool_] | None, said: Constraints) -> NDArray[np.bool_]:
    """Mark the faces that start a group, (n,): the seeds, whatever the user named, and what stands together."""
    count = len(said.groups)
    if seeds is not None and len(seeds) != count:
        raise ValueError(f"{len(seeds)} seeds for {count} faces")
    starting = np.ones(count, bool) if seeds is None else seeds | (said.groups >= 0)
    return starting if said.together is None else starting | (said.together >= 0)


def _apart(said: Constraints, nodes: NDArray[np.int64]) -> Apart:
    """Return what keeps these groups apart."""
    owners = np.full(int(nodes.max(initial=-1)) + 1, -1, np.int64)
    np.maximum.at(owners, nodes, said.groups)
    return Apart(owners, nodes[said.forbidden()], nodes[said.photo_pairs()])


def by_size(labels: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return labels from 0, larger clusters first; a face alone becomes −1 unless the user named it (group ≥ 0)."""
    found, first, place, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    named = np.zeros(len(found), bool)
    named[place[groups >= 0]] = True
    kept = (found >= 0) & ((sizes > 1) | named)
    order = np.lexsort((first, -sizes, ~kept))
    numbers = np.full(len(found), -1, np.int64)
    numbers[order[: int(kept.sum())]] = np.arange(int(kept.sum()))
    return numbers[place]
