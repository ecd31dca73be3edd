"""Pairs of faces, and how much each counts when people are drawn anew."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Vectors = NDArray[np.float32]
"""n × dimension, unit length."""
Weights = NDArray[np.float64]

FOLDS = 10
PAIRS_A_FOLD = 300
"""Of the same person and as many of two: the numbers of Labeled Faces in the Wild, view 2."""


MOST_FACES_OF_ONE = 1_000
ENUMERATED = 2_000
"""Up to so many faces all pairs are listed; among more they are drawn."""


class Unit(StrEnum):
    """What is drawn anew for an interval: people, or pairs where a pairs file tells nothing about who is in it."""

    PEOPLE = "people"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Pairs:
    """n pairs: positions of two faces, whether they show one person, the units they belong to, their fold.

    `first`, `second`, `first_unit`, `second_unit` and `fold` are (n,) int64, `same` is (n,) bool. Units count from 0
    to `units` − 1. `disjoint` says that no person appears in two folds.
    """

    first: Indices
    second: Indices
    same: NDArray[np.bool_]
    first_unit: Indices
    second_unit: Indices
    fold: Indices
    units: int
    unit: Unit
    disjoint: bool

    def weights(self, drawn: Weights) -> Weights:
        """Return (n,): how often each pair occurs when unit u was drawn `drawn[u]` times.

        Pairs inside one unit occur as often as the unit; a pair across two units once for each pair of draws.
        """
        first, second = drawn[self.first_unit], drawn[self.second_unit]
        return np.where(self.first_unit == self.second_unit, first, first * second)

    def similarities(self, embeddings: Vectors) -> NDArray[np.float64]:
        """Return the cosine of each pair, (n,); `embeddings` are unit vectors."""
        scores = np.empty(len(self.first), dtype=np.float64)
        for start in range(0, len(scores), 65_536):
            part = slice(start, start + 65_536)
            scores[part] = np.einsum("nd,nd->n", embeddings[self.first[part]], embeddings[self.second[part]])
        return scores


def all_pairs(people: Indices, limit: int, generator: np.random.Generator) -> Pairs:
    """Return every pair of faces; above `limit` pairs of different people, that many drawn without return."""
    same = same_pairs(people, generator)
    different = different_pairs(people, limit, generator)
    first, second = (np.concatenate(columns) for columns in zip(same, different, strict=True))
    return _of_people(people, first, second, np.zeros(len(first), dtype=np.int64), disjoint=False)


def same_pairs(people: Indices, generator: np.random.Generator) -> tuple[Indices, Indices]:
    """Return every pair of faces of one person, (m,) each; of somebody with more than 1,000 faces, of 1,000 of them."""
    order = np.argsort(people, kind="stable")
    parts: list[tuple[Indices, Indices]] = [(order[:0], order[:0])]
    for own in np.split(order, np.flatnonzero(np.diff(people[order])) + 1):
        if len(own) > MOST_FACES_OF_ONE:
            own = np.sort(generator.choice(own, MOST_FACES_OF_ONE, replace=False))
        left, right = np.triu_indices(len(own), k=1)
        parts.append((own[left], own[right]))
    first, second = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return first, second


def different_pairs(people: Indices, limit: int, generator: np.random.Generator) -> tuple[Indices, Indices]:
    """Return up to `limit` pairs of faces of two people, (m,) each: all, or so many drawn without return."""
    count = len(people)
    if count <= ENUMERATED:
        first, second = np.triu_indices(count, k=1)
        places = np.flatnonzero(people[first] != people[second])
        if len(places) > limit:
            places = np.sort(generator.choice(places, limit, replace=False))
        return first[places], second[places]
    codes = np.empty(0, dtype=np.int64)
    missed = 0
    # Among so many faces a draw seldom comes twice; a set of one person alone ends after some vain tries.
    while len(codes) < limit and missed < 5:
        one, other = generator.integers(0, count, (2, 2 * limit))
        apart = people[one] != people[other]
        drawn = np.minimum(one, other)[apart] * count + np.maximum(one, other)[apart]
        more = np.union1d(codes, drawn)
        missed = missed + 1 if len(more) == len(codes) else 0
        codes = more
    if len(codes) > limit:
        codes = np.sort(generator.choice(codes, limit, replace=False))
    return codes // count, codes % count


def fold_pairs(people: Indices, generator: np.random.Generator) -> Pairs:
    """Return ten folds of as many pairs of one person as of two, after LFW's view 2.

    With two people or more for every fold, a fold's pairs are of its own people alone; with fewer people the folds
    share people, which `disjoint` tells. Every fold has as many pairs of one person as of two.
    """
    names = generator.permutation(np.unique(people))
    disjoint = len(names) >= 2 * FOLDS
    groups = [names[index::FOLDS] for index in range(FOLDS)] if disjoint else [names]
    wanted = PAIRS_A_FOLD if disjoint else PAIRS_A_FOLD * FOLDS
    parts: list[tuple[Indices, Indices, Indices]] = []
    for index, group in enumerate(groups):
        first, second = _balanced(people, np.flatnonzero(np.isin(people, group)), wanted, generator)
        fold = np.full(len(first), index) if disjoint else np.arange(len(first)) // 2 % FOLDS
        parts.append((first, second, fold.astype(np.int64)))
    first, second, fold = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _of_people(people, first, second, fold, disjoint=disjoint)


def listed_pairs(first: Indices, second: Indices, same: NDArray[np.bool_], fold: Indices) -> Pairs:
    """Return the pairs of a file (LFW's, or a .bin set) with the folds that the file gives them."""
    units = np.arange(len(first), dtype=np.int64)
    return Pairs(first, second, same, units, units, fold, len(first), Unit.PAIRS, disjoint=True)


def _balanced(people: Indices, faces: Indices, wanted: int, generator: np.random.Generator) -> tuple[Indices, Indices]:
    """Draw up to `wanted` pairs of one person and as many of two, alternating, among the faces at these positions."""
    same = same_pairs(people[faces], generator)
    different = different_pairs(people[faces], wanted, generator)
    count = min(wanted, len(same[0]), len(different[0]))
    ours = generator.choice(len(same[0]), count, replace=False)
    theirs = generator.choice(len(different[0]), count, replace=False)
    first, second = np.empty(2 * count, dtype=np.int64), np.empty(2 * count, dtype=np.int64)
    first[0::2], second[0::2] = faces[same[0][ours]], faces[same[1][ours]]
    first[1::2], second[1::2] = faces[different[0][theirs]], faces[different[1][theirs]]
    return first, second


def _of_people(people: Indices, first: Indices, second: Indices, fold: Indices, *, disjoint: bool) -> Pairs:
    names, unit = np.unique(people, return_inverse=True)
    same = unit[first] == unit[second]
    return Pairs(first, second, same, unit[first], unit[second], fold, len(names), Unit.PEOPLE, disjoint)
