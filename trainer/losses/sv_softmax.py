"""SV-Softmax: Wang et al. 2018, "Support Vector Guided Softmax Loss", https://arxiv.org/abs/1812.11317.

The logit of a hard negative (a support vector, cos θ_k > f) becomes s (t cos θ_k + t − 1); t = 1 is the plain loss. f
is cos θ_y, cos θ_y − m (SV-AM) or cos(θ_y + m) (SV-Arc). Which f the mask compares with where the margin is easy, and
why, stands in `raised_negatives`.
"""

from trainer.losses.margins import EasyMargin, EasyOption, no_margin
from trainer.losses.raised_negatives import RaisedNegatives, am_margin, arc_margin, check_weight


class SVSoftmax(RaisedNegatives):
    """`t` ≥ 1 is the weight of the support vectors; no margin."""

    def __init__(self, n_classes: int, dim: int, *, s: float = 32.0, t: float = 1.2) -> None:
        super().__init__(n_classes, dim, s, no_margin, _raising(t))


class SVAm(RaisedNegatives):
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
        super().__init__(n_classes, dim, s, am_margin(m, easy_margin), _raising(t))


class SVArc(RaisedNegatives):
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
        super().__init__(n_classes, dim, s, arc_margin(m, easy_margin), _raising(t))


def _raising(t: float) -> tuple[float, float]:
    check_weight(t, 1, "SV-Softmax")
    return t, t - 1
