"""Triplet loss: Schroff, Kalenichenko and Philbin, "FaceNet", CVPR 2015, https://arxiv.org/abs/1503.03832.

L = max(0, ‖a − p‖² − ‖a − n‖² + α) on unit embeddings, squared Euclidean distances; batch-hard mining is that of
Hermans, Beyer and Leibe 2017, https://arxiv.org/abs/1703.07737 (with squared distances too). FaceNet sums over its
triplets; the mean over the mined triplets is returned, so the learning rate does not depend on how many there are.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.words import sentence
from trainer.data.mining import MININGS, Triplets, squared_distances
from trainer.losses.agents import check_batch, full_precision, no_autocast
from trainer.losses.margins import check_positive


def triplet_loss(squared: Tensor, triplets: Triplets, margin: float) -> Tensor:
    """Return the mean hinge () of the triplets over squared distances (B, B); 0, with a gradient of 0, without any."""
    hinges = (
        squared[triplets.anchors, triplets.positives] - squared[triplets.anchors, triplets.negatives] + margin
    ).relu()
    return hinges.sum() / max(1, len(hinges))


class Triplet(nn.Module):
    """`margin` is a difference of squared distances (FaceNet's α = 0.2), `mining` a name in `MININGS`.

    "all": every triplet that violates the margin; "semihard": those of them whose negative is farther than the
    positive; "hard": those whose negative is not; "batch_hard": per anchor the farthest positive with the
    nearest negative; "hardest" and "hardest_semihard": per anchor and positive the nearest negative, the second among
    the semi-hard ones alone (one a pair, as FaceNet samples them).
    """

    def __init__(self, *, margin: float = 0.2, mining: str = "semihard") -> None:
        super().__init__()
        check_positive(margin, "The margin")
        if mining not in MININGS:
            raise ValueError(
                sentence("mining must be one of {minings}, not '{mining}'.", minings=", ".join(MININGS), mining=mining)
            )
        self.margin = margin
        self.mine = MININGS[mining]

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim) with labels (B,) int64."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            squared = squared_distances(functional.normalize(full_precision(embeddings)))
            with torch.no_grad():
                triplets = self.mine(squared, labels, self.margin)
            return triplet_loss(squared, triplets, self.margin)
