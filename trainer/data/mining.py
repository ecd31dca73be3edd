"""Triplets of one batch: which anchor, positive and negative the triplet loss looks at.

Every function takes squared Euclidean distances (B, B) of unit embeddings, labels (B,) int64 and the margin, and gives
`Triplets`. Terms of FaceNet (https://arxiv.org/abs/1503.03832): a triplet violates the margin where d_an < d_ap + α; it
is semi-hard where also d_ap < d_an, and hard where d_an ≤ d_ap.
"""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

Fit = Callable[[Tensor, Tensor], Tensor]
"""From distances to the positive (P, 1) and to every face (P, B) to which faces fit as negatives, (P, B) bool."""


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
    return _nearest(squared, labels, lambda positive, negative: (negative < positive + margin) & (negative > positive))


def hardest(squared: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return for each anchor-positive pair the nearest negative, whether it violates the margin or not."""
    del margin
    return _nearest(squared, labels, lambda positive, negative: negative.isfinite() & positive.isfinite())


def _where(squared: Tensor, labels: Tensor, fits: Fit) -> Triplets:
    """Return the triplets that fit."""
    anchors, positives = positive_pairs(labels)
    chosen = _fitting(squared, labels, (anchors, positives), fits)
    pairs, negatives = chosen.nonzero(as_tuple=True)
    return Triplets(anchors[pairs], positives[pairs], negatives)


def _nearest(squared: Tensor, labels: Tensor, fits: Fit) -> Triplets:
    """Return, for each anchor-positive pair that has a negative that fits, the nearest of those."""
    anchors, positives = positive_pairs(labels)
    chosen = _fitting(squared, labels, (anchors, positives), fits)
    nearest = squared[anchors].masked_fill(~chosen, float("inf")).argmin(1) if len(anchors) else anchors
    found = chosen.any(1)
    return Triplets(anchors[found], positives[found], nearest[found])


def _fitting(squared: Tensor, labels: Tensor, pairs: tuple[Tensor, Tensor], fits: Fit) -> Tensor:
    """Return (P, B) bool: which faces are negatives that fit, for each of P anchor-positive pairs."""
    anchors, positives = pairs
    foreign = labels[anchors][:, None] != labels[None, :]
    return foreign & fits(squared[anchors, positives][:, None], squared[anchors])


MININGS: dict[str, Callable[[Tensor, Tensor, float], Triplets]] = {
    "semihard": semi_hard,
    "hard": hard,
    "all": all_violating,
    "batch_hard": batch_hard,
    "hardest": hardest,
    "hardest_semihard": hardest_semi_hard,
}
