"""MV-Softmax: Wang et al., "Mis-classified Vector Guided Softmax Loss", AAAI 2020, https://arxiv.org/abs/1912.00833.

Another person k is a mis-classified vector (a hard negative) of a face where cos θ_k > f, f being the target's margin
logit. Its logit becomes s (cos θ_k + t) with fixed weighting and s ((1 + t) cos θ_k + t) with adaptive; t = 0 is the
plain margin loss. The mask is a constant for the gradient and never covers the target's column.
"""

import math
from enum import StrEnum

import torch
from torch import Tensor

from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.margins import EasyMargin, EasyOption, Margin, angular_margin, cosine_margin, easy_margin_of, one_of


class Weighting(StrEnum):
    """How a hard negative is raised."""

    FIXED = "fixed"
    ADAPTIVE = "adaptive"


class MVSoftmax(CosineSoftmax):
    """The part that MV-AM and MV-Arc share; `margin` gives f from the target's cosine."""

    def __init__(self, n_classes: int, dim: int, s: float, margin: Margin, raising: tuple[float, Weighting]) -> None:
        super().__init__(n_classes, dim, s)
        self.margin = margin
        self.t, self.weighting = raising
        if not (math.isfinite(self.t) and self.t >= 0):
            raise ValueError(f"MV-Softmax's t must be a finite number of at least 0, not {self.t}.")

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column and the hard negatives' raised."""
        f = self.margin(target)
        slope = 1 + self.t if self.weighting is Weighting.ADAPTIVE else 1.0
        raised = torch.where(cosines > f[:, None], slope * cosines + self.t, cosines)
        return replace_own(raised, own, f)


class MVAm(MVSoftmax):
    """MV-AM-Softmax: f = cos θ_y − m."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 32.0,
        m: float = 0.35,
        t: float = 0.2,
        weighting: Weighting | str = Weighting.ADAPTIVE,
        easy_margin: EasyOption = EasyMargin.NONE,
    ) -> None:
        margin = cosine_margin(m, easy_margin_of(easy_margin))
        super().__init__(n_classes, dim, s, margin, (t, one_of(Weighting, weighting, "weighting")))


class MVArc(MVSoftmax):
    """MV-Arc-Softmax: f = cos(θ_y + m)."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 32.0,
        m: float = 0.5,
        t: float = 0.2,
        weighting: Weighting | str = Weighting.ADAPTIVE,
        easy_margin: EasyOption = EasyMargin.NONE,
    ) -> None:
        margin = angular_margin(m, easy_margin_of(easy_margin))
        super().__init__(n_classes, dim, s, margin, (t, one_of(Weighting, weighting, "weighting")))
