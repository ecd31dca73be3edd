"""Focal loss: Lin et al., ICCV 2017, https://arxiv.org/abs/1708.02002, for faces as MV-Softmax compares it.

L = −(1 − p_y)^γ log p_y over scaled cosines, mean over the batch. With a margin, p_y comes from the margin softmax: the
naive fusion of mining and margin (equation 7 of https://arxiv.org/abs/1912.00833).
"""

import torch
from torch import Tensor

from engine.words import sentence
from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.mined_margin import margin_named


class Focal(CosineSoftmax):
    """`gamma` ≥ 0, of which 0 is the plain loss; `margin` None, "am" or "arc" with m (0.35 and 0.5 unless given)."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        gamma: float = 2.0,
        margin: str | None = None,
        m: float | None = None,
        s: float = 32.0,
    ) -> None:
        super().__init__(n_classes, dim, s)
        if not 0 <= gamma < float("inf"):
            raise ValueError(sentence("gamma must be a finite number of at least 0, not {gamma}.", gamma=gamma))
        self.gamma = gamma
        self.margin = margin_named(margin, m)

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column."""
        return replace_own(cosines, own, self.margin(target))

    def reduce(self, losses: Tensor) -> Tensor:
        """Weigh each cross-entropy −log p (B,) by (1 − p)^γ and return the mean ()."""
        # Below the floor the slope of the power is cut: at p = 1 it may be infinite while the loss beside it is 0.
        miss = (-torch.expm1(-losses)).clamp_min(torch.finfo(losses.dtype).tiny)
        return (miss**self.gamma * losses).mean()
