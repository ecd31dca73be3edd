"""Contrastive loss: Hadsell, Chopra and LeCun, "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006.

http://yann.lecun.com/exdb/publis/pdf/hadsell-chopra-lecun-06.pdf. For every pair of the batch, with the Euclidean
distance d of the unit embeddings: ½ d² for two faces of one person, ½ max(0, m − d)² for two people; the mean over the
pairs.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.words import sentence
from trainer.losses.agents import check_batch, full_precision, no_autocast
from trainer.losses.margins import check_positive


class Contrastive(nn.Module):
    """`margin` is a Euclidean distance on the unit sphere, 0 < margin ≤ 2. A batch of one face gives 0."""

    def __init__(self, *, margin: float = 1.0) -> None:
        super().__init__()
        check_positive(margin, "The margin")
        if margin > 2:
            raise ValueError(
                sentence("Two unit vectors are at most 2 apart: a margin of {margin} can never be met.", margin=margin)
            )
        self.margin = margin

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim) with labels (B,) int64."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            faces = functional.normalize(full_precision(embeddings))
            first, second = torch.triu_indices(len(faces), len(faces), 1, device=faces.device)
            squared = (faces[first] - faces[second]).square().sum(1)
            apart = squared > 0
            distance = torch.where(apart, torch.where(apart, squared, torch.ones_like(squared)).sqrt(), squared)
            pushed = (self.margin - distance).relu().square()
            losses = torch.where(labels[first] == labels[second], squared, pushed) / 2
            return losses.sum() / max(1, len(losses))
