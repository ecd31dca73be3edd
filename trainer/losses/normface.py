"""NormFace: Wang, Xiang, Cheng and Yuille, ACM MM 2017, https://arxiv.org/abs/1704.06369.

L = −log(exp(s cos θ_y) / Σ_k exp(s cos θ_k)): faces and agents both of unit length, then a scale, without which the
loss cannot fall: with n people and agents perfectly apart it still is log(1 + (n − 1) exp(−n s / (n − 1))).
"""

import math

import torch
from torch import nn

from engine.words import sentence
from trainer.losses.agents import CosineSoftmax
from trainer.losses.margins import check_positive


def lower_bound(n_classes: int, s: float) -> float:
    """Return the least loss at scale s with n_classes people of as many faces each (the paper's proposition 2)."""
    return math.log1p((n_classes - 1) * math.exp(-n_classes * s / (n_classes - 1)))


def suggest_scale(n_classes: int, p: float) -> float:
    """Return the least scale at which perfectly separated agents give the right person the probability p.

    The same bound turned round: s = (n − 1)/n · log((n − 1) p / (1 − p)). ValueError unless 1/n < p < 1.
    """
    if n_classes < 2:
        raise ValueError(sentence("A scale needs at least two people, not {n_classes}.", n_classes=n_classes))
    if not 1 / n_classes < p < 1:
        raise ValueError(
            sentence(
                "p must lie between 1/n = {n_classes:.4g}, which guessing reaches, and 1, not be {p}.",
                n_classes=1 / n_classes,
                p=p,
            )
        )
    return (n_classes - 1) / n_classes * math.log((n_classes - 1) * p / (1 - p))


class NormFace(CosineSoftmax):
    """Cosine softmax. `s` is a number, or "learnable": a parameter that starts at `suggest_scale(n_classes, 0.99)`."""

    def __init__(self, n_classes: int, dim: int, *, s: float | str = 32.0) -> None:
        super().__init__(n_classes, dim, None)
        if isinstance(s, str):
            if s != "learnable":
                raise ValueError(sentence("The scale s must be a number or \"learnable\", not '{s}'.", s=s))
            self.s = nn.Parameter(torch.tensor(suggest_scale(n_classes, 0.99)))
        else:
            check_positive(s, "The scale s")
            self.s = s
