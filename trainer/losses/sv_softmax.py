"""SV-Softmax: Wang et al. 2018, "Support Vector Guided Softmax Loss", https://arxiv.org/abs/1812.11317.

Another person k is a support vector of a face where cos θ_k > f, f being what stands in the target's place. Its logit
becomes z_k = s (t cos θ_k + t − 1); t = 1 is the plain loss. The mask is a constant for the gradient and never covers
the target's column. f is cos θ_y, cos θ_y − m (SV-AM) or cos(θ_y + m) (SV-Arc).
"""

import math

import torch
from torch import Tensor

from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.margins import (
    EasyMargin,
    EasyOption,
    Margin,
    angular_margin,
    cosine_margin,
    easy_margin_of,
    no_margin,
)


class SVSoftmax(CosineSoftmax):
    """`t` ≥ 1 is the weight of the support vectors."""

    def __init__(self, n_classes: int, dim: int, *, s: float = 32.0, t: float = 1.2) -> None:
        super().__init__(n_classes, dim, s)
        if not (math.isfinite(t) and t >= 1):
            raise ValueError(f"SV-Softmax's t must be a finite number of at least 1, not {t}.")
        self.t = t
        self.margin: Margin = no_margin

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column and the support vectors' raised."""
        f = self.margin(target)
        support = cosines > f[:, None]
        return replace_own(torch.where(support, self.t * cosines + self.t - 1, cosines), own, f)


class SVAm(SVSoftmax):
    """SV-Softmax with the cosine margin."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 32.0,
        m: float = 0.35,
        t: float = 1.2,
        easy_margin: EasyOption = EasyMargin.NONE,
    ) -> None:
        super().__init__(n_classes, dim, s=s, t=t)
        self.margin = cosine_margin(m, easy_margin_of(easy_margin))


class SVArc(SVSoftmax):
    """SV-Softmax with the angular margin."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 32.0,
        m: float = 0.5,
        t: float = 1.2,
        easy_margin: EasyOption = EasyMargin.NONE,
    ) -> None:
        super().__init__(n_classes, dim, s=s, t=t)
        self.margin = angular_margin(m, easy_margin_of(easy_margin))
