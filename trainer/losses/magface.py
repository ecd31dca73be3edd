"""MagFace: Meng, Zhao, Huang and Zhou, CVPR 2021, https://arxiv.org/abs/2103.06627.

With a = ‖x‖ held within l_a and u_a, the margin grows with the length and long embeddings are rewarded:

    m(a) = l_m + (u_m − l_m) (a − l_a) / (u_a − l_a),    g(a) = 1/a + a/u_a²
    L = −log(e^{s cos(θ_y + m(a))} / (e^{s cos(θ_y + m(a))} + Σ_{k≠y} e^{s cos θ_k})) + λ_g g(a)

so that easy faces are pulled inwards and lengthened, and length tells the quality of a face.
"""

import torch
from torch import Tensor

from engine.words import sentence
from trainer.losses.length_margins import LengthMargin, turned
from trainer.losses.margins import EasyMargin, EasyOption, easy_margin_of


class MagFace(LengthMargin):
    """The defaults are the paper's. `easy_margin` True: faces with cos > 0 alone get the margin, as in its code.

    Embeddings have to reach lengths between `l_a` and `u_a`: a network whose last layer is normalised to a variance of
    1 gives about the root of the dimension.
    """

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 64.0,
        l_a: float = 10.0,
        u_a: float = 110.0,
        l_m: float = 0.45,
        u_m: float = 0.8,
        lambda_g: float = 35.0,
        easy_margin: EasyOption = EasyMargin.NONE,
    ) -> None:
        super().__init__(n_classes, dim, s)
        if not 0 < l_a < u_a < float("inf"):
            raise ValueError(
                sentence(
                    "MagFace's lengths must rise from l_a above 0 to u_a, not from {l_a} to {u_a}.", l_a=l_a, u_a=u_a
                )
            )
        if not 0 <= l_m <= u_m <= torch.pi / 2:
            raise ValueError(
                sentence(
                    "MagFace's margins must rise from l_m of at least 0 to u_m of pi/2, not {l_m} to {u_m}.",
                    l_m=l_m,
                    u_m=u_m,
                )
            )
        if not 0 <= lambda_g < float("inf"):
            raise ValueError(
                sentence("lambda_g must be a finite number of at least 0, not {lambda_g}.", lambda_g=lambda_g)
            )
        self.easy = easy_margin_of(easy_margin)
        if self.easy is EasyMargin.ABOVE_MARGIN:
            raise ValueError(
                sentence('easy_margin="above_margin" compares a cosine with m and fits the cosine margin only.')
            )
        self.lengths, self.margins, self.lambda_g = (l_a, u_a), (l_m, u_m), lambda_g

    def replaced(self, target: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Return cos(θ + m(a)) and λ_g g(a), (B,) each."""
        (l_a, u_a), (l_m, u_m) = self.lengths, self.margins
        a = lengths.clamp(l_a, u_a)
        f = turned(target, l_m + (u_m - l_m) * (a - l_a) / (u_a - l_a))
        if self.easy is EasyMargin.POSITIVE:
            f = torch.where(target > 0, f, target)
        return f, self.lambda_g * (1 / a + a / u_a**2)
