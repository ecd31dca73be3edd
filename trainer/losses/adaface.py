"""AdaFace: Kim, Jain and Liu, CVPR 2022, https://arxiv.org/abs/2204.00964.

The length of an embedding, against the mean μ and the deviation σ of the lengths so far, stands for the quality of the
picture; hard faces count more where it is high and less where it is low:

    ẑ = clip(h (‖z‖ − μ) / σ, −1, 1),    f = cos(θ_y − m ẑ) − (m ẑ + m)

No gradient passes through ẑ. μ and σ follow each batch, μ ← 0.99 μ + 0.01 · mean. They begin with the first batch's;
the authors' code begins with 20 and 100, which takes hundreds of steps to forget.
"""

import torch
from torch import Tensor

from trainer.losses.across import mean_across_processes
from trainer.losses.length_margins import LengthMargin, turned_within
from trainer.losses.margins import check_margin, check_positive

MOMENTUM = 0.99
"""Share of the old mean and deviation that each step keeps (the paper's figure)."""
LONGEST = 100.0
"""Longer embeddings count as so long (the authors' code)."""
EPSILON = 1e-3
"""Added to the deviation (the authors' code)."""


class AdaFace(LengthMargin):
    """`mean`, `deviation` and `seen` are buffers; a call in training mode moves them, by all processes' faces alike."""

    mean: Tensor
    deviation: Tensor
    seen: Tensor

    def __init__(self, n_classes: int, dim: int, *, s: float = 64.0, m: float = 0.4, h: float = 0.333) -> None:
        super().__init__(n_classes, dim, s)
        check_margin(m)
        check_positive(h, "AdaFace's h")
        self.m, self.h = m, h
        self.register_buffer("mean", torch.zeros(()))
        self.register_buffer("deviation", torch.ones(()))
        self.register_buffer("seen", torch.zeros((), dtype=torch.bool))

    def replaced(self, target: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Return f and no addition, (B,) each."""
        held = lengths.detach().clamp(EPSILON, LONGEST)
        if self.training:
            self._follow(held)
        quality = (self.h * (held - self.mean) / (self.deviation + EPSILON)).clamp(-1, 1).to(target.dtype)
        f = turned_within(target, -self.m * quality) - self.m * (quality + 1)
        return f, torch.zeros_like(f)

    @torch.no_grad()
    def _follow(self, lengths: Tensor) -> None:
        """Move mean and deviation towards those of the lengths (B,); one face has no deviation and moves nothing."""
        mean = mean_across_processes(lengths.mean())
        spread = mean_across_processes((lengths - mean).square().sum() / max(len(lengths) - 1, 1)).sqrt()
        keep = torch.where(self.seen, MOMENTUM, 0.0)
        if len(lengths) > 1:
            self.mean.copy_(keep * self.mean + (1 - keep) * mean)
            self.deviation.copy_(keep * self.deviation + (1 - keep) * spread)
            self.seen.fill_(value=True)
