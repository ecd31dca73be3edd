"""Measures what a similarity of a model means, for its card: the impostors' tail and Platt's logistic."""

import numpy as np

from engine.similarity import Calibration
from engine.words import sentence
from trainer.evaluation.intervals import Refusal
from trainer.evaluation.pairs import Pairs
from trainer.evaluation.verification import NEEDED_FALSE_ACCEPTS, Scores

SHARES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 1e-5, 1e-6)
"""Probabilities at which the tail is kept, as far as the pairs reach."""


def calibrate(pairs: Pairs, scores: Scores) -> Calibration | Refusal:
    """Measure a calibration on pairs of people that the model was not trained on; scores are cosines (n,).

    A probability is kept while ten pairs of different people stand behind it. Refused with fewer than 1,000 such
    pairs or fewer than 50 of one person: the tail would be a guess.
    """
    impostors, genuine = np.sort(scores[~pairs.same])[::-1], scores[pairs.same]
    if len(impostors) < 1_000 or len(genuine) < 50:
        return Refusal(
            sentence(
                "a calibration needs 1,000 pairs of two people and 50 of one; here are {different:,} and {same:,}",
                different=len(impostors),
                same=len(genuine),
            )
        )
    tail: list[tuple[float, float]] = []
    for share in SHARES:
        rank = round(share * len(impostors))
        similarity = round(float(impostors[rank - 1]), 6)
        if rank >= NEEDED_FALSE_ACCEPTS and (not tail or similarity > tail[-1][0]):
            tail.append((similarity, share))
    slope, intercept = _platt(scores, pairs)
    if len(tail) < 2 or slope <= 0:
        return Refusal(sentence("the model does not tell these people apart: there is nothing to calibrate"))
    calibration = Calibration(tuple(tail), slope, intercept)
    if complaint := calibration.complaint():
        return Refusal(sentence("the calibration makes no sense: {complaint}", complaint=complaint))
    return calibration


def _platt(scores: Scores, pairs: Pairs) -> tuple[float, float]:
    """Return Platt's slope and intercept with both kinds of pairs counted as equally likely."""
    from sklearn.linear_model import LogisticRegression

    # The fit is regularised, which only means the same for every model where the spread of its scores is 1.
    middle, spread = float(scores.mean()), max(float(scores.std()), 1e-9)
    model = LogisticRegression(class_weight="balanced", C=1e4, max_iter=1_000)
    model.fit((scores[:, None] - middle) / spread, pairs.same)
    slope = float(model.coef_[0, 0]) / spread
    return slope, float(model.intercept_[0]) - slope * middle
