"""Are two faces one person? VAL and FAR after FaceNet (Schroff et al., CVPR 2015, section 4), accuracy after LFW.

FaceNet writes them on the squared Euclidean distance D of unit vectors: VAL(d) is the share of pairs of one person
with D ≤ d, FAR(d) that of pairs of two people. D = 2 − 2·cosine, so D ≤ d is cosine ≥ 1 − d/2, and both ways of
writing give the same curve; everything here is computed on the cosine.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.words import Sentence, sentence
from trainer.evaluation.folded_val import FoldedVal
from trainer.evaluation.intervals import Measure, Measures, Refusal
from trainer.evaluation.pairs import FOLDS, Indices, Pairs, Weights

Scores = NDArray[np.float64]

FALSE_ACCEPT_RATES = (1e-1, 1e-2, 1e-3)
NEEDED_FALSE_ACCEPTS = 10
EQUAL_ERROR_RATE = sentence("equal error rate")
"""A rate is read off only where at least this many false accepts stand behind it."""


def squared_distance(cosine: float) -> float:
    """Return the squared Euclidean distance (0 to 4) of two unit vectors from their cosine."""
    return 2.0 - 2.0 * cosine


def cosine_of(squared: float) -> float:
    """Return the cosine of two unit vectors from their squared Euclidean distance."""
    return 1.0 - squared / 2.0


@dataclass(frozen=True, slots=True)
class Roc:
    """Points of the curve from the strictest threshold on, three arrays (k,): accept where cosine ≥ threshold."""

    threshold: Scores
    val: Scores
    far: Scores

    def val_at(self, rate: float) -> float:
        """Return the highest VAL whose FAR is at most `rate`, on the curve: for figures see `folded_val`."""
        return float(self.val[np.searchsorted(self.far, rate, side="right") - 1])

    def threshold_at(self, rate: float) -> float:
        """Return the lowest cosine threshold whose FAR is at most `rate`."""
        return float(self.threshold[np.searchsorted(self.far, rate, side="right") - 1])

    def equal_error_rate(self) -> float:
        """Return the rate at which as many pairs of one person are refused as pairs of two accepted, interpolated."""
        missed = 1.0 - self.val
        after = int(np.argmax(self.far >= missed))
        before = max(after - 1, 0)
        gap_before, gap_after = missed[before] - self.far[before], self.far[after] - missed[after]
        share = gap_before / (gap_before + gap_after) if gap_before + gap_after > 0 else 0.0
        return float(self.far[before] + share * (self.far[after] - self.far[before]))


class RankedPairs:
    """Pairs sorted by their cosines once, so that a curve for other weights costs one pass."""

    def __init__(self, pairs: Pairs, scores: Scores) -> None:
        order = np.argsort(-scores, kind="stable")
        self.pairs, self.scores = pairs, scores
        self._order = order
        self._sorted = scores[order]
        self._same = pairs.same[order]
        self.same, self.different = int(self._same.sum()), int((~self._same).sum())
        # A threshold cannot part equal scores: only the last of them is a point of the curve.
        self._points = np.flatnonzero(np.append(np.diff(self._sorted) != 0, True))
        self._last: tuple[Weights | None, Roc | None] = (None, None)

    def roc(self, drawn: Weights) -> Roc | None:
        """Return the curve for units drawn so often; None where the draw has no pair of one kind.

        The last curve is kept: several figures are read off one draw.
        """
        if self._last[0] is not drawn:
            self._last = (drawn, self._compute(drawn))
        return self._last[1]

    def _compute(self, drawn: Weights) -> Roc | None:
        weights = self.pairs.weights(drawn)[self._order]
        accepted_same = np.cumsum(np.where(self._same, weights, 0.0))
        accepted_different = np.cumsum(np.where(self._same, 0.0, weights))
        if accepted_same[-1] <= 0 or accepted_different[-1] <= 0:
            return None
        points = self._points
        start = np.zeros(1)
        return Roc(
            np.concatenate([[np.inf], self._sorted[points]]),
            np.concatenate([start, accepted_same[points] / accepted_same[-1]]),
            np.concatenate([start, accepted_different[points] / accepted_different[-1]]),
        )


class RankedFolds:
    """Ten folds with, for each, the pairs of the nine others sorted by cosine once."""

    def __init__(self, folds: Pairs, scores: Scores) -> None:
        self.pairs = folds
        order = np.argsort(-scores, kind="stable")
        self._order, self._scores, self._same = order, scores[order], folds.same[order]
        fold = folds.fold[order]
        self._others = [_Part.of(self._scores, self._same, np.flatnonzero(fold != number)) for number in range(FOLDS)]
        self._inside = [_Part.of(self._scores, self._same, np.flatnonzero(fold == number)) for number in range(FOLDS)]

    def accuracy(self, drawn: Weights) -> float:
        """Return the mean over folds of the accuracy with the threshold that is best on the nine others.

        The accuracy of a fold is the mean of the shares of right answers among its pairs of one person and of two,
        which is the plain share where there are as many of both, as in LFW. Folds without both kinds in this draw are
        left out.
        """
        weights = self.pairs.weights(drawn)[self._order]
        results = []
        for others, inside in zip(self._others, self._inside, strict=True):
            threshold = others.best_threshold(weights[others.places])
            results.append(inside.balanced_share(threshold, weights[inside.places]))
        good = [result for result in results if np.isfinite(result)]
        return float(np.mean(good)) if good else float("nan")


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the pairs, by falling cosine: where they stand, their cosines, which are of one person, (m,) each.

    `ends` are the places after which the cosine falls: no threshold parts equal ones.
    """

    places: Indices
    ranked: Scores
    same: NDArray[np.bool_]
    ends: Indices

    @classmethod
    def of(cls, scores: Scores, same: NDArray[np.bool_], places: Indices) -> "_Part":
        ranked = scores[places]
        return cls(places, ranked, same[places], np.flatnonzero(np.append(np.diff(ranked) != 0, True)))

    def best_threshold(self, weights: Weights) -> float:
        """Return the cosine, midway between two neighbouring ones, that parts the two kinds best."""
        accepted = np.cumsum(weights * self.same)
        wrong = np.cumsum(weights) - accepted  # exact: weights are whole numbers
        gain = accepted[self.ends] / max(accepted[-1], 1e-12) - wrong[self.ends] / max(wrong[-1], 1e-12)
        best = int(self.ends[np.argmax(gain)])
        following = self.ranked[min(best + 1, len(self.ranked) - 1)]
        return float((self.ranked[best] + following) / 2)

    def balanced_share(self, threshold: float, weights: Weights) -> float:
        """Return the mean of the shares of right answers among both kinds; NaN where there is none of one."""
        accepted = int(np.searchsorted(-self.ranked, -threshold, side="right"))
        of_same, of_all = weights * self.same, float(weights.sum())
        same, different = float(of_same.sum()), of_all - float(of_same.sum())
        if same <= 0 or different <= 0:
            return float("nan")
        kept = float(of_same[:accepted].sum())
        wrong = float(weights[:accepted].sum()) - kept
        return (kept / same + 1 - wrong / different) / 2


def val_at(rate: float) -> Sentence:
    """Return the name of a figure: VAL at a FAR."""
    return sentence("VAL at FAR {rate:g}", rate=rate)


def verification(ranked: RankedPairs, folds: RankedFolds) -> Measures:
    """Return accuracy over ten folds, equal error rate, and VAL at each FAR."""
    rates = verification_rates(ranked)
    return (
        rates if not ranked.same or not ranked.different else {sentence("ten-fold accuracy"): _accuracy(folds), **rates}
    )


def verification_rates(ranked: RankedPairs) -> Measures:
    """Return the equal error rate, and VAL at each FAR over ten folds."""
    same, different = ranked.same, ranked.different
    if not same or not different:
        reason = sentence(
            "verification needs both kinds of pairs; here are {same:,} of one person, {different:,} of two",
            same=int(same),
            different=int(different),
        )
        return {EQUAL_ERROR_RATE: Refusal(reason)}
    folded = FoldedVal(ranked.pairs, ranked.scores)
    return {
        EQUAL_ERROR_RATE: Measure(lambda drawn: _of_roc(ranked, drawn, Roc.equal_error_rate), ranked.pairs.units),
        **{val_at(rate): _val(folded, rate, ranked.pairs.units) for rate in FALSE_ACCEPT_RATES},
    }


def _of_roc(ranked: RankedPairs, drawn: Weights, figure: Callable[[Roc], float]) -> float:
    roc = ranked.roc(drawn)
    return float("nan") if roc is None else figure(roc)


def _val(folded: FoldedVal, rate: float, units: int) -> Measure | Refusal:
    """Return VAL at this FAR, or a refusal where fewer than ten false accepts would stand behind a threshold."""
    needed = round(NEEDED_FALSE_ACCEPTS / rate)
    if folded.fewest < needed:
        return Refusal(
            sentence(
                "FAR {rate:g} needs {needed:,} pairs of two people outside each fold; here are {there:,}",
                rate=rate,
                needed=needed,
                there=int(folded.fewest),
            )
        )
    return Measure(lambda drawn: folded.val(drawn, rate), units)


def _accuracy(folds: RankedFolds) -> Measure | Refusal:
    count = len(folds.pairs.first)
    if count < 2 * FOLDS:
        return Refusal(
            sentence(
                "ten folds need {needed} pairs at least, half of them of one person; here are {there}",
                needed=2 * FOLDS,
                there=count,
            )
        )
    return Measure(folds.accuracy, folds.pairs.units)
