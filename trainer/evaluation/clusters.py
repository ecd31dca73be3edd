"""Clustering judged against names: pairwise F and BCubed F (Amigó et al., Information Retrieval 2009).

An interval draws anew those people whose faces are judged; the clusters stay as they were found among everybody, for a
clustering of fewer people is an easier one.
"""

import numpy as np
from numpy.typing import NDArray

from engine.words import Sentence, sentence
from trainer.evaluation.intervals import Measure, Measures
from trainer.evaluation.pairs import Indices, Weights

Table = NDArray[np.float64]
"""people × clusters: how many faces of a person lie in a cluster."""


def compare_clusters(method: str, clusters: Indices, people: Indices) -> Measures:
    """Compare cluster labels (n,) with people (n,); a label below 0 is a face left alone, a cluster of its own."""
    alone = clusters < 0
    separate = np.where(alone, clusters.max(initial=0) + 1 + np.cumsum(alone), clusters)
    table = contingency(people, separate)
    return {
        sentence("{method}: pairwise F", method=method): Measure(lambda drawn: pairwise_f(table, drawn), len(table)),
        b_cubed(method): Measure(lambda drawn: bcubed_f(table, drawn), len(table)),
    }


def b_cubed(method: str) -> Sentence:
    """Return the name of a figure: the BCubed F of a way to cluster."""
    return sentence("{method}: BCubed F", method=method)


def contingency(people: Indices, clusters: Indices) -> Table:
    """Count the faces of each person in each cluster."""
    names, rows = np.unique(people, return_inverse=True)
    labels, columns = np.unique(clusters, return_inverse=True)
    table = np.zeros((len(names), len(labels)))
    np.add.at(table, (rows, columns), 1.0)
    return table


def pairwise_f(table: Table, drawn: Weights) -> float:
    """Return 2PR/(P + R) over pairs: P of the pairs in one cluster, R of those of one person, NaN without such pairs.

    A pair counts as often as its person was drawn, and half for each where it is of two.
    """
    within = (table * (table - 1) / 2).sum(axis=1)
    others = (table * (table.sum(axis=0) - table)).sum(axis=1)
    of_person = table.sum(axis=1)
    right, found = drawn @ within, drawn @ (within + others / 2)
    wanted = drawn @ (of_person * (of_person - 1) / 2)
    return float(2 * right / (found + wanted)) if wanted > 0 else float("nan")


def bcubed_f(table: Table, drawn: Weights) -> float:
    """Return the F of BCubed precision and recall, the means over faces; NaN where no face was drawn."""
    in_cluster, of_person = table.sum(axis=0), table.sum(axis=1)
    faces = drawn @ of_person
    if faces <= 0:
        return float("nan")
    precision = drawn @ (table * table / in_cluster).sum(axis=1) / faces
    recall = drawn @ ((table * table).sum(axis=1) / of_person) / faces
    return float(2 * precision * recall / (precision + recall))
