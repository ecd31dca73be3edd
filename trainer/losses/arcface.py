"""ArcFace: Deng, Guo, Xue and Zafeiriou, CVPR 2019, https://arxiv.org/abs/1801.07698.

f = cos(θ_y + m) in the target's place, then softmax of s times the cosines.
"""

from enum import StrEnum

from torch import Tensor

from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.margins import BeyondPi, EasyMargin, EasyOption, angular_margin, easy_margin_of, one_of


class Slope(StrEnum):
    """Which gradient f passes to the target's cosine."""

    EXACT = "exact"
    """The derivative of cos(θ + m): sin(θ + m) / sin θ."""
    DETACHED = "detached"
    """1, as in the InsightFace code, which adds the margin outside the graph."""


class ArcFace(CosineSoftmax):
    """`easy_margin` as in AM-Softmax (True or "positive"); `beyond_pi` "linear" is the reference codes' fallback."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 64.0,
        m: float = 0.5,
        easy_margin: EasyOption = EasyMargin.NONE,
        gradient: Slope | str = Slope.EXACT,
        beyond_pi: BeyondPi | str = BeyondPi.COSINE,
    ) -> None:
        super().__init__(n_classes, dim, s)
        self.margin = angular_margin(m, easy_margin_of(easy_margin), one_of(BeyondPi, beyond_pi, "beyond_pi"))
        self.slope = one_of(Slope, gradient, "gradient")

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column."""
        f = self.margin(target)
        if self.slope is Slope.DETACHED:
            f = target + (f - target).detach()
        return replace_own(cosines, own, f)
