"""What SV-Softmax and MV-Softmax share: other people who are nearer than the target's margin logit are raised.

Another person k is such a hard negative of a face where cos θ_k > f, f being what stands in the target's place. The
mask is a constant for the gradient and never covers the target's column.

With an easy margin there are two f to compare with: the one that replaces the target, which for a spared face is
cos θ_y itself, and the full margin's, which the authors' published code compares with even where it then spares the
face. The first is meant here: both papers define the mask by the very f that stands for the target
(https://arxiv.org/abs/1812.11317, https://arxiv.org/abs/1912.00833), so a spared face raises only those who
really are nearer than its own person. Without an easy margin the two are the same.
"""

import math

import torch
from torch import Tensor

from engine.words import sentence
from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.margins import EasyOption, Margin, angular_margin, cosine_margin, easy_margin_of


class RaisedNegatives(CosineSoftmax):
    """`margin` gives f; a hard negative's cosine c becomes slope · c + shift, by `raising` = (slope, shift)."""

    def __init__(self, n_classes: int, dim: int, s: float, margin: Margin, raising: tuple[float, float]) -> None:
        super().__init__(n_classes, dim, s)
        self.margin = margin
        self.slope, self.shift = raising

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column and the hard negatives' raised."""
        f = self.margin(target)
        raised = torch.where(cosines > f[:, None], self.slope * cosines + self.shift, cosines)
        return replace_own(raised, own, f)


def am_margin(m: float, easy_margin: EasyOption) -> Margin:
    """Return f = cos θ − m from the options as a configuration writes them."""
    return cosine_margin(m, easy_margin_of(easy_margin))


def arc_margin(m: float, easy_margin: EasyOption) -> Margin:
    """Return f = cos(θ + m) likewise."""
    return angular_margin(m, easy_margin_of(easy_margin))


def check_weight(t: float, least: float, loss: str) -> None:
    """Raise ValueError unless t is finite and not below `least`."""
    if not (math.isfinite(t) and t >= least):
        raise ValueError(
            sentence("{loss}'s t must be a finite number of at least {least:g}, not {t}.", loss=loss, least=least, t=t)
        )
