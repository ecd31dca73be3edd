"""Losses whose margin depends on the length of each embedding, which grows with how well a face can be recognised.

They cannot be computed from cosines alone, so they are no losses for a sharded head.
"""

from abc import abstractmethod

import torch
from torch import Tensor
from torch.nn import functional

from trainer.losses.agents import AgentLoss, check_batch, full_precision, no_autocast, own_columns, replace_own
from trainer.losses.margins import check_positive, sine


class LengthMargin(AgentLoss):
    """Softmax of s times the cosines; children say what stands in the target's place, given the lengths."""

    def __init__(self, n_classes: int, dim: int, s: float) -> None:
        super().__init__(n_classes, dim)
        check_positive(s, "The scale s")
        self.s = s

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim), their lengths as they are, with labels (B,) int64."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            lengths = full_precision(embeddings).norm(dim=1)
            return self.from_cosines(self.cosines(embeddings), labels, lengths)

    def from_cosines(self, cosines: Tensor, labels: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Return the loss () of cosines (B, n_classes), labels (B,) int64 and the embeddings' lengths (B,)."""
        if lengths is None:
            raise ValueError("The margin of this loss depends on the length of each embedding: give `lengths`.")
        target = cosines.gather(1, labels[:, None])[:, 0]
        f, extra = self.replaced(target, lengths)
        logits = self.s * replace_own(cosines, own_columns(labels, cosines.shape[1]), f)
        return (functional.cross_entropy(logits, labels, reduction="none") + extra).mean()

    @abstractmethod
    def replaced(self, target: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Return f (B,), which replaces the target's cosine (B,), and what is added to the loss of each face, (B,)."""


def turned(target: Tensor, angles: Tensor) -> Tensor:
    """Return cos(θ + a) of the target's cosines (B,) and an angle (B,) for each, by the addition formula."""
    return target * angles.cos() - sine(target) * angles.sin()


def turned_within(target: Tensor, angles: Tensor) -> Tensor:
    """Return the same with θ + a held within 0 and π, where the cosine would turn round; its gradient is 0 beyond."""
    inside = turned(target, angles)
    limit = angles.cos()
    below = (angles < 0) & (target > limit)
    above = (angles > 0) & (target < -limit)
    return torch.where(below, torch.ones_like(inside), torch.where(above, -torch.ones_like(inside), inside))
