"""VAL at a FAR over ten folds, as FaceNet's published code takes it: a fold's threshold comes from the nine others.

Reading both off one curve is optimistic: the threshold then knows the very pairs it is judged on. Here people are in
one fold each; a fold's threshold is where the pairs of two people among all other folds reach the FAR (straight between
two neighbouring cosines, as that code interpolates), and VAL is the share of the fold's pairs of one person above it.
A pairs file has folds of its own.
"""

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.pairs import FOLDS, Indices, Pairs, Unit, Weights

LOOKED_AT = 4
"""A threshold is looked for among so many times the share of pairs that its FAR accepts, before all are."""


class FoldedVal:
    """Pairs prepared once, so that VAL for other weights costs one pass over those of two people.

    `scores` (n,) are the cosines of the pairs. `fewest` is the least number of pairs of two people behind a threshold.
    """

    def __init__(self, pairs: Pairs, scores: NDArray[np.float64]) -> None:
        self._pairs = pairs
        first, second, self.folds = _folds(pairs)
        different = np.flatnonzero(~pairs.same)
        self._different = different[np.argsort(-scores[different], kind="stable")]
        self._scores = scores[self._different]
        self._first, self._second = first[self._different], second[self._different]
        self._same = [np.flatnonzero(pairs.same & (first == fold)) for fold in range(self.folds)]
        self._same_scores = [scores[places] for places in self._same]
        counts = self._behind(np.ones(len(self._different)))
        self.fewest = int(min(counts)) if len(counts) else 0

    def val(self, drawn: Weights, rate: float) -> float:
        """Return the mean VAL over the folds at this FAR; NaN where a draw leaves nothing to measure."""
        weights = self._pairs.weights(drawn)
        different = weights[self._different]
        behind = self._behind(different)
        found = []
        for fold in range(self.folds):
            threshold = self._threshold(fold, different, rate * behind[fold])
            inside = weights[self._same[fold]]
            if behind[fold] > 0 and inside.sum() > 0:
                found.append(float(inside[self._same_scores[fold] >= threshold].sum() / inside.sum()))
        return float(np.mean(found)) if found else float("nan")

    def _behind(self, different: Weights) -> Weights:
        """Return (folds,): the weight of the pairs of two people of whom neither is in the fold."""
        table = np.bincount(self._first * self.folds + self._second, different, self.folds**2)
        table = table.reshape(self.folds, self.folds)
        total: Weights = table.sum() - table.sum(0) - table.sum(1) + np.diag(table)
        return total

    def _threshold(self, fold: int, different: Weights, allowed: float) -> float:
        """Return the cosine at which so much weight of pairs outside the fold is accepted."""
        share = allowed / max(float(different.sum()), 1e-12)
        for count in (int(LOOKED_AT * share * len(different)) + 100, len(different)):
            apart = (self._first[:count] != fold) & (self._second[:count] != fold)
            places = np.flatnonzero(apart & (different[:count] > 0))
            accepted = np.cumsum(different[places])
            after = int(np.searchsorted(accepted, allowed, side="right"))
            if after < len(places):
                break
        if not len(places) or after == len(places):
            return -np.inf
        upper = self._scores[places[after - 1]] if after else np.nextafter(self._scores[places[0]], np.inf)
        lower = self._scores[places[after]]
        before = accepted[after - 1] if after else 0.0
        if not after:
            return float(upper)
        return float(upper + (lower - upper) * (allowed - before) / (accepted[after] - before))


def _folds(pairs: Pairs) -> tuple[Indices, Indices, int]:
    """Return the folds of both people of each pair, (n,) each, and how many there are; fewer people, fewer folds."""
    if pairs.unit is Unit.PAIRS:
        return pairs.fold, pairs.fold, int(pairs.fold.max(initial=0)) + 1
    folds = min(FOLDS, pairs.units)
    of_person = np.random.default_rng(0).permutation(pairs.units) % folds
    return of_person[pairs.first_unit], of_person[pairs.second_unit], folds
