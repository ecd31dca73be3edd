"""Nearest neighbours: whether the majority of the k most similar other faces carries the right name."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.words import Sentence, sentence
from trainer.evaluation.intervals import Measure, Measures, Refusal
from trainer.evaluation.pairs import Indices, Vectors, Weights

NEIGHBOURS = (1, 5)


def neighbours(embeddings: Vectors, people: Indices) -> Measures:
    """Leave each face out in turn and let its k nearest vote by 1 + cosine; a tie falls to the lower number.

    Asked are the faces of people with several. People are drawn anew as those who are asked about; the faces that
    vote stay.
    """
    names, unit, counts = np.unique(people, return_inverse=True, return_counts=True)
    asked = np.flatnonzero(counts[unit] > 1)
    if (counts > 1).sum() < 2:
        reason = sentence(
            "neighbours need two people with several faces; here are {people}", people=int((counts > 1).sum())
        )
        return {_name(k): Refusal(reason) for k in NEIGHBOURS}
    nearest, cosines = _nearest(embeddings, asked, min(max(NEIGHBOURS), len(people) - 1))
    measures: Measures = {}
    for k in NEIGHBOURS:
        right = _majority(unit[nearest[:, :k]], cosines[:, :k], len(names)) == unit[asked]
        measures[_name(k)] = Measure(partial(_accuracy, unit[asked], right), len(names))
    return measures


def _name(k: int) -> Sentence:
    return sentence("{k}-NN accuracy", k=k)


def _accuracy(asked: Indices, right: NDArray[np.bool_], drawn: Weights) -> float:
    weights = drawn[asked]
    return float((weights * right).sum() / weights.sum()) if weights.sum() > 0 else float("nan")


def _nearest(embeddings: Vectors, asked: Indices, k: int) -> tuple[Indices, Vectors]:
    """Return positions and cosines (a, k) of the k nearest other faces of each asked one, nearest first."""
    positions = np.empty((len(asked), k), dtype=np.int64)
    cosines = np.empty((len(asked), k), dtype=np.float32)
    for start in range(0, len(asked), 1_024):
        part = asked[start : start + 1_024]
        block = embeddings[part] @ embeddings.T
        block[np.arange(len(part)), part] = -np.inf
        order = np.argsort(-block, axis=1, kind="stable")[:, :k]
        positions[start : start + len(part)] = order
        cosines[start : start + len(part)] = np.take_along_axis(block, order, axis=1)
    return positions, cosines


def _majority(voters: Indices, cosines: Vectors, names: int) -> Indices:
    """Return (a,): for each row the unit with the largest sum of (1 + cosine)."""
    rows = np.repeat(np.arange(len(voters)), voters.shape[1])
    tally = np.zeros((len(voters), names), dtype=np.float32)
    np.add.at(tally, (rows, voters.ravel()), 1 + cosines.ravel())
    chosen: Indices = tally.argmax(axis=1)
    return chosen
