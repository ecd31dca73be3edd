"""How well a clustering agrees with the truth: pairwise, BCubed, NMI, ARI, purity; outliers scored twice.

Labels are (n,) integer arrays; a negative label is an outlier, which belongs to no cluster. Outliers are either scored
as clusters of one face (`score`) or left out together with the share of faces that is left (`score_clustered`). The
truth has no outliers: a negative person counts as somebody who appears once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision (of what was joined, how much belongs together), recall (the reverse) and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall, 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Every measure of one clustering. `coverage` is the share of faces that the measures saw."""

    pairwise: Agreement
    bcubed: Agreement
    nmi: float
    ari: float
    purity: float
    clusters: int
    coverage: float


def score(truth: Labels, labels: Labels) -> Score:
    """Score a clustering with every outlier as a cluster of its own."""
    return _score(_singletons(truth), _singletons(labels), coverage=1.0)


def score_clustered(truth: Labels, labels: Labels) -> Score:
    """Score only the faces that are in a cluster; `coverage` says how many those are."""
    kept = np.asarray(labels) >= 0
    coverage = float(kept.mean()) if kept.size else 1.0
    return _score(_singletons(truth)[kept], np.asarray(labels)[kept], coverage)


def pairwise(truth: Labels, labels: Labels) -> Agreement:
    """Agreement over pairs of faces; outliers are clusters of one. No pair to judge counts as 1."""
    return _pairwise(_Table.of(_singletons(truth), _singletons(labels)))


def bcubed(truth: Labels, labels: Labels) -> Agreement:
    """Agreement averaged over faces (Bagga and Baldwin 1998; Amigó et al. 2009); outliers are clusters of one."""
    return _bcubed(_Table.of(_singletons(truth), _singletons(labels)))


@dataclass(frozen=True, slots=True)
class _Table:
    """The cells of the contingency table that are not empty, with the sums of their rows and columns."""

    people: NDArray[np.int64]
    clusters: NDArray[np.int64]
    counts: NDArray[np.float64]
    person_sizes: NDArray[np.float64]
    cluster_sizes: NDArray[np.float64]

    @classmethod
    def of(cls, truth: Labels, labels: Labels) -> "_Table":
        """Count how many faces of each person are in each cluster; both (n,), without outliers."""
        if len(truth) != len(labels):
            raise ValueError(f"{len(truth)} true labels for {len(labels)} labels")
        people, person = np.unique(truth, return_inverse=True)
        groups, group = np.unique(labels, return_inverse=True)
        cells, counts = np.unique(person.astype(np.int64) * max(len(groups), 1) + group, return_counts=True)
        return cls(
            cells // max(len(groups), 1),
            cells % max(len(groups), 1),
            counts.astype(np.float64),
            np.bincount(person, minlength=len(people)).astype(np.float64),
            np.bincount(group, minlength=len(groups)).astype(np.float64),
        )

    @property
    def faces(self) -> float:
        """How many faces were counted."""
        return float(self.person_sizes.sum())


def _singletons(labels: Labels) -> NDArray[np.int64]:
    """Give every outlier a label of its own."""
    result = np.array(labels, dtype=np.int64)
    outliers = result < 0
    result[outliers] = result.max(initial=-1) + 1 + np.arange(int(outliers.sum()))
    return result


def _score(truth: Labels, labels: Labels, coverage: float) -> Score:
    table = _Table.of(truth, labels)
    largest = np.zeros(len(table.cluster_sizes))
    np.maximum.at(largest, table.clusters, table.counts)
    return Score(
        pairwise=_pairwise(table),
        bcubed=_bcubed(table),
        nmi=_nmi(table),
        ari=_ari(table),
        purity=float(largest.sum()) / table.faces if table.faces else 1.0,
        clusters=len(table.cluster_sizes),
        coverage=coverage,
    )


def _pairs(counts: NDArray[np.float64]) -> float:
    return float((counts * (counts - 1)).sum()) / 2


def _pairwise(table: _Table) -> Agreement:
    both, joined, same = _pairs(table.counts), _pairs(table.cluster_sizes), _pairs(table.person_sizes)
    return Agreement(both / joined if joined else 1.0, both / same if same else 1.0)


def _bcubed(table: _Table) -> Agreement:
    if not table.faces:
        return Agreement(1.0, 1.0)
    squares = table.counts**2
    precision = float((squares / table.cluster_sizes[table.clusters]).sum()) / table.faces
    return Agreement(precision, float((squares / table.person_sizes[table.people]).sum()) / table.faces)


def _entropy(sizes: NDArray[np.float64]) -> float:
    shares = sizes / sizes.sum()
    return float(-(shares * np.log(shares)).sum())


def _nmi(table: _Table) -> float:
    """Mutual information over the arithmetic mean of both entropies; 1 where both are a single group."""
    if len(table.person_sizes) <= 1 and len(table.cluster_sizes) <= 1:
        return 1.0
    expected = table.person_sizes[table.people] * table.cluster_sizes[table.clusters] / table.faces
    shared = float((table.counts / table.faces * np.log(table.counts / expected)).sum())
    mean = (_entropy(table.person_sizes) + _entropy(table.cluster_sizes)) / 2
    return max(shared, 0.0) / mean if mean > 0 else 0.0


def _ari(table: _Table) -> float:
    """Rand index corrected for chance (Hubert and Arabie 1985); 1 where both are all alike or all apart."""
    both, joined, same = _pairs(table.counts), _pairs(table.cluster_sizes), _pairs(table.person_sizes)
    total = table.faces * (table.faces - 1) / 2
    expected = joined * same / total if total else 0.0
    span = (joined + same) / 2 - expected
    return (both - expected) / span if span else 1.0
