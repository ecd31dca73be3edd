"""Whether embeddings of a new model can be compared with an old one's: old-old, new-old, new-new, as in FaceNet."""

import numpy as np

from trainer.evaluation.intervals import Measures, Refusal
from trainer.evaluation.pairs import Pairs, Vectors
from trainer.evaluation.verification import RankedPairs, Scores, verification_rates


def crossed_scores(first: Vectors, second: Vectors, pairs: Pairs) -> Scores:
    """Return the cosine of each pair (n,), its first face by one model and its second by the other."""
    scores: Scores = np.einsum("nd,nd->n", first[pairs.first], second[pairs.second], dtype=np.float64)
    return scores


def comparability(old: Vectors, new: Vectors, pairs: Pairs) -> Measures:
    """Return verification figures of the same pairs, their names beginning with the two models compared.

    The upgrade worked where new-old is no worse than old-old: old embeddings may then stay in a library.
    """
    if old.shape != new.shape:
        return {"new-old": Refusal(f"embeddings of {old.shape[1]} and of {new.shape[1]} numbers cannot be compared")}
    kinds = {"old-old": (old, old), "new-old": (new, old), "new-new": (new, new)}
    return {
        f"{kind}: {name}": measure
        for kind, (first, second) in kinds.items()
        for name, measure in verification_rates(RankedPairs(pairs, crossed_scores(first, second, pairs))).items()
    }
