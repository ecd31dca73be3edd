"""Clustering judged against names: pairwise F and BCubed F (Amigó et al., Information Retrieval 2009).

An interval draws people anew while the clusters stay as they were found: a person drawn twice counts twice.
"""

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.intervals import Measure, Measures
from trainer.evaluation.pairs import Indices, Weights

Table = NDArray[np.float64]
"""people × clusters: how many faces of a person lie in a cluster."""


def grouping(method: str, clusters: Indices, people: Indices) -> Measures:
    """Compare cluster labels (n,) with people (n,); a label below 0 is a face left alone, a cluster of its own."""
    alone = clusters < 0
    separate = np.where(alone, clusters.max(initial=0) + 1 + np.cumsum(alone), clusters)
    table = contingency(people, separate)
    return {
        f"{method}: pairwise F": Measure(lambda drawn: pairwise_f(table, drawn), len(table)),
        f"{method}: BCubed F": Measure(lambda drawn: bcubed_f(table, drawn), len(table)),
    }


def contingency(people: Indices, clusters: Indices) -> Table:
    """Count the faces of each person in each cluster."""
    names, rows = np.unique(people, return_inverse=True)
    labels, columns = np.unique(clusters, return_inverse=True)
    table = np.zeros((len(names), len(labels)))
    np.add.at(table, (rows, columns), 1.0)
    return table


def pairwise_f(table: Table, drawn: Weights) -> float:
    """Return 2PR/(P + R) over pairs: P of the pairs in one cluster, R of those of one person, NaN without such pairs.

    A pair of one person counts as often as the person was drawn, a pair of two people once for each pair of draws.
    """
    within = table * (table - 1) / 2
    right = float(drawn @ within.sum(axis=1))
    of_people = table.sum(axis=1)
    wanted = float(drawn @ (of_people * (of_people - 1) / 2))
    mixed = float((((drawn @ table) ** 2 - (drawn**2) @ (table**2)) / 2).sum())
    return _harmonic(right, right + mixed, wanted)


def bcubed_f(table: Table, drawn: Weights) -> float:
    """Return the F of BCubed precision and recall, the means over faces; NaN where no face was drawn."""
    weighted = drawn[:, None] * table
    in_cluster, of_person = weighted.sum(axis=0), table.sum(axis=1)
    faces = float(weighted.sum())
    if faces <= 0:
        return float("nan")
    precision = float((weighted * weighted / np.maximum(in_cluster, 1e-12)).sum()) / faces
    recall = float((weighted * table / of_person[:, None]).sum()) / faces
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def _harmonic(right: float, found: float, wanted: float) -> float:
    if wanted <= 0:
        return float("nan")
    return 2 * right / (found + wanted)
