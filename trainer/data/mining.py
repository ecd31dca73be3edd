"""Triplets of one batch: which anchor, positive and negative the triplet loss looks at.

Every function takes squared Euclidean distances (B, B) of unit embeddings, labels (B,) int64 and the margin, and gives
`Triplets`. Terms of FaceNet (https://arxiv.org/abs/1503.03832): a triplet violates the margin where d_an < d_ap + α; it
is semi-hard where also d_ap < d_an, and hard where d_an ≤ d_ap.
"""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, slots=True)
class Triplets:
    """Three index vectors (T,) int64 into the batch."""

    anchors: Tensor
    positives: Tensor
    negatives: Tensor

    def __len__(self) -> int:
        return len(self.anchors)


def squared_distances(embeddings: Tensor) -> Tensor:
    """Return ‖a − b‖² (B, B) of unit embeddings (B, dim) as 2 − 2 cos, at least 0; smooth where two coincide."""
    return (2 - 2 * embeddings @ embeddings.T).relu()


def positive_pairs(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return all ordered anchor-positive pairs: two index vectors (P,)."""
    same = labels[:, None] == labels[None, :]
    same.fill_diagonal_(fill_value=False)
    anchors, positives = same.nonzero(as_tuple=True)
    return anchors, positives


def all_violating(squared: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return every triplet with a loss."""
    return _where(squared, labels, lambda positive, negative: negative < positive + margin)


def semi_hard(squared: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return every semi-hard triplet, for all anchor-positive pairs."""
    return _where(squared, labels, lambda positive, negative: (negative < positive + margin) & (negative > positive))


def hard(squared: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return every triplet whose negative is at most as far as its positive."""
    del margin
    return _where(squared, labels, lambda positive, negative: negative <= positive)


def batch_hard(squared: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return per anchor its farthest positive with its nearest negative (Hermans et al.), where it has both."""
    del margin
    same = labels[:, None] == labels[None, :]
    others = same.clone().fill_diagonal_(fill_value=False)
    positives = squared.masked_fill(~others, -1).argmax(1)
    negatives = squared.masked_fill(same, float("inf")).argmin(1)
    anchors = (others.any(1) & ~same.all(1)).nonzero()[:, 0]
    return Triplets(anchors, positives[anchors], negatives[anchors])


def hardest_semi_hard(squared: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return one triplet for each anchor-positive pair that has a semi-hard negative: the nearest of those."""
    anchors, positives = positive_pairs(labels)
    positive, negative = squared[anchors, positives][:, None], squared[anchors]
    foreign = labels[anchors][:, None] != labels[None, :]
    fits = foreign & (negative > positive) & (negative < positive + margin)
    nearest = negative.masked_fill(~fits, float("inf")).argmin(1) if len(anchors) else anchors
    found = fits.any(1)
    return Triplets(anchors[found], positives[found], nearest[found])


def _where(squared: Tensor, labels: Tensor, fits: Callable[[Tensor, Tensor], Tensor]) -> Triplets:
    """Return the triplets whose distances (P, 1) to the positive and (P, B) to the negative fit."""
    anchors, positives = positive_pairs(labels)
    foreign = labels[anchors][:, None] != labels[None, :]
    chosen = foreign & fits(squared[anchors, positives][:, None], squared[anchors])
    pairs, negatives = chosen.nonzero(as_tuple=True)
    return Triplets(anchors[pairs], positives[pairs], negatives)


MININGS: dict[str, Callable[[Tensor, Tensor, float], Triplets]] = {
    "semihard": semi_hard,
    "hard": hard,
    "all": all_violating,
    "batch_hard": batch_hard,
}
