"""MV-Softmax: Wang et al., "Mis-classified Vector Guided Softmax Loss", AAAI 2020, https://arxiv.org/abs/1912.00833.

The logit of a hard negative (a mis-classified vector, cos θ_k > f) becomes s (cos θ_k + t) with fixed weighting and
s ((1 + t) cos θ_k + t) with adaptive; t = 0 is the plain margin loss. Which f the mask compares with where the margin
is easy, and why, stands in `raised_negatives`.
"""

from enum import StrEnum

from trainer.losses.margins import EasyMargin, EasyOption, one_of
from trainer.losses.raised_negatives import RaisedNegatives, am_margin, arc_margin, check_weight


class Weighting(StrEnum):
    """How a hard negative is raised."""

    FIXED = "fixed"
    ADAPTIVE = "adaptive"


class MVAm(RaisedNegatives):
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
        super().__init__(n_classes, dim, s, am_margin(m, easy_margin), _raising(t, weighting))


class MVArc(RaisedNegatives):
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
        super().__init__(n_classes, dim, s, arc_margin(m, easy_margin), _raising(t, weighting))


def _raising(t: float, weighting: Weighting | str) -> tuple[float, float]:
    check_weight(t, 0, "MV-Softmax")
    return (1 + t if one_of(Weighting, weighting, "weighting") is Weighting.ADAPTIVE else 1.0), t
