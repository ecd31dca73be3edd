"""AM-Softmax and CosFace: Wang et al. 2018, https://arxiv.org/abs/1801.05599, and https://arxiv.org/abs/1801.09414.

f = cos θ_y − m in the target's place, then softmax of s times the cosines.
"""

from torch import Tensor

from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.margins import EasyMargin, EasyOption, cosine_margin, easy_margin_of


class AMSoftmax(CosineSoftmax):
    """`easy_margin` True or "positive": faces with cos > 0 alone get the margin; "above_margin": those with cos > m."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 32.0,
        m: float = 0.35,
        easy_margin: EasyOption = EasyMargin.NONE,
    ) -> None:
        super().__init__(n_classes, dim, s)
        self.margin = cosine_margin(m, easy_margin_of(easy_margin))

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column."""
        return replace_own(cosines, own, self.margin(target))
