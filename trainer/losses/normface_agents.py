"""C-contrastive and C-triplet, the agent losses of NormFace (Wang et al. 2017, https://arxiv.org/abs/1704.06369).

The pair and triplet losses with the second face replaced by a person's agent, so nothing needs to be mined. All on unit
length, with the squared distance d_k = ‖x − W_k‖² = 2 − 2 cos θ_k, mean over the batch:

    C-contrastive   d_y + Σ_{k≠y} max(0, m − d_k)
    C-triplet       Σ_{k≠y} max(0, m + d_y − d_k), or the largest of these terms alone
"""

import torch
from torch import Tensor

from trainer.losses.agents import AgentLoss, own_columns
from trainer.losses.margins import check_margin


def agent_distances(cosines: Tensor, labels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return squared distances (B, n), those to the own agent (B, 1) and the mask (B, n) of the other agents."""
    squared = 2 - 2 * cosines
    return squared, squared.gather(1, labels[:, None]), ~own_columns(labels, cosines.shape[1])


class CContrastive(AgentLoss):
    """`margin` is a squared distance, 0 to 4."""

    def __init__(self, n_classes: int, dim: int, *, margin: float = 1.0) -> None:
        super().__init__(n_classes, dim)
        check_margin(margin)
        self.margin = margin

    def from_cosines(self, cosines: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of cosines (B, n_classes) and labels (B,) int64."""
        squared, own, others = agent_distances(cosines, labels)
        pushed = torch.where(others, (self.margin - squared).relu(), torch.zeros_like(squared))
        return (own[:, 0] + pushed.sum(1)).mean()


class CTriplet(AgentLoss):
    """`margin` is a difference of squared distances; `hardest_only` keeps each face's nearest other agent alone."""

    def __init__(self, n_classes: int, dim: int, *, margin: float = 0.8, hardest_only: bool = False) -> None:
        super().__init__(n_classes, dim)
        check_margin(margin)
        self.margin = margin
        self.hardest_only = hardest_only

    def from_cosines(self, cosines: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of cosines (B, n_classes) and labels (B,) int64."""
        squared, own, others = agent_distances(cosines, labels)
        hinges = torch.where(others, (self.margin + own - squared).relu(), torch.zeros_like(squared))
        return (hinges.amax(1) if self.hardest_only else hinges.sum(1)).mean()
