"""Whether embeddings of a new model can be compared with an old one's: old-old, new-old, new-new, as in FaceNet."""

import numpy as np

from engine.words import Sentence, sentence
from trainer.evaluation.intervals import Measures, Refusal
from trainer.evaluation.pairs import Pairs, Vectors
from trainer.evaluation.verification import RankedPairs, Scores, verification_rates


def crossed_scores(first: Vectors, second: Vectors, pairs: Pairs) -> Scores:
    """Return the cosine of each pair (n,), its first face by one model and its second by the other."""
    scores: Scores = np.einsum("nd,nd->n", first[pairs.first], second[pairs.second], dtype=np.float64)
    return scores


def _incomparable(old: Vectors, new: Vectors) -> Sentence:
    lengths = int(old.shape[1]), int(new.shape[1])
    return sentence("embeddings of {old} and of {new} numbers cannot be compared", old=lengths[0], new=lengths[1])


def comparability(old: Vectors, new: Vectors, pairs: Pairs) -> Measures:
    """Return verification figures of the same pairs, their names beginning with the two models compared.

    The upgrade worked where new-old is no worse than old-old: old embeddings may then stay in a library.
    """
    if old.shape != new.shape:
        return {"new-old": Refusal(_incomparable(old, new))}
    kinds = {"old-old": (old, old), "new-old": (new, old), "new-new": (new, new)}
    return {
        sentence("{models}: {figure}", models=kind, figure=name): measure
        for kind, (first, second) in kinds.items()
        for name, measure in verification_rates(RankedPairs(pairs, crossed_scores(first, second, pairs))).items()
    }
