"""CurricularFace: Huang et al., CVPR 2020, https://arxiv.org/abs/2004.00288.

f = cos(θ_y + m) in the target's place; another person with cos θ_k > f gets cos θ_k (t + cos θ_k), where t follows the
batch mean of cos θ_y: t ← 0.01 · mean + 0.99 · t. Early, t is near 0 and hard negatives count less; later they count
more.
"""

import torch
from torch import Tensor

from trainer.losses.across import mean_across_processes
from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.margins import BeyondPi, angular_margin

MOMENTUM = 0.99
"""Share of the old t that each step keeps (the paper's figure)."""


class CurricularFace(CosineSoftmax):
    """`t` is a buffer, not a parameter; every call in training mode moves it, over all processes' faces alike."""

    t: Tensor

    def __init__(self, n_classes: int, dim: int, *, s: float = 64.0, m: float = 0.5) -> None:
        super().__init__(n_classes, dim, s)
        self.margin = angular_margin(m, beyond_pi=BeyondPi.LINEAR)
        self.register_buffer("t", torch.zeros(()))

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column and the hard negatives weighed by t."""
        if self.training:
            with torch.no_grad():
                mean = mean_across_processes(target.mean())
                self.t.mul_(MOMENTUM).add_(mean.to(self.t.dtype), alpha=1 - MOMENTUM)
        f = self.margin(target)
        # A copy, since the next step writes the buffer that this step's graph still needs.
        weighed = cosines * (self.t.clone() + cosines)
        return replace_own(torch.where(cosines > f[:, None], weighed, cosines), own, f)
