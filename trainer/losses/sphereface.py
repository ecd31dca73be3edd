"""SphereFace (A-Softmax): Liu et al., CVPR 2017, https://arxiv.org/abs/1704.08063.

ψ(θ) = (−1)^k cos(mθ) − 2k for θ in [kπ/m, (k + 1)π/m] falls all the way from 1 to 1 − 2m. The target's cosine becomes
f = (λ cos θ + ψ(θ)) / (1 + λ), where λ starts large and falls while training (the paper's annealing); the logits are
‖x‖ f and ‖x‖ cos θ_k. cos(mθ) is Chebyshev's polynomial of cos θ: no acos stands in the gradient.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from engine.words import sentence
from trainer.losses.agents import CosineSoftmax, check_batch, full_precision, no_autocast, replace_own


@dataclass(frozen=True, slots=True)
class Annealing:
    """λ = max(lowest, base · (1 + gamma · step)^−power), the authors' schedule and figures."""

    base: float = 1000.0
    gamma: float = 0.12
    power: float = 1.0
    lowest: float = 5.0

    def __post_init__(self) -> None:
        if min(self.base, self.gamma, self.power, self.lowest) < 0:
            raise ValueError(sentence("The figures of SphereFace's annealing must not be negative."))

    def at(self, step: int) -> float:
        """Return λ at a training step."""
        return float(max(self.lowest, self.base * (1 + self.gamma * step) ** -self.power))


def annealing_of(value: Annealing | Mapping[str, float] | float) -> Annealing:
    """Read the option: a schedule, its figures by name (base, gamma, power, lowest), or one λ that stays."""
    if isinstance(value, Annealing):
        return value
    if isinstance(value, Mapping):
        known = [field.name for field in fields(Annealing)]
        strange = [key for key in value if key not in known]
        if strange:
            raise ValueError(
                sentence("annealing has no '{strange}', but {known}.", strange=strange[0], known=", ".join(known))
            )
        if not all(isinstance(each, int | float) and math.isfinite(each) for each in value.values()):
            raise ValueError(sentence("annealing must hold numbers."))
        return Annealing(**value)
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(
            sentence(
                "annealing must be a number, or a table of base, gamma, power and lowest, not {value}.", value=value
            )
        )
    return Annealing(base=value, gamma=0.0, lowest=value)


def chebyshev(cosine: Tensor, m: int) -> Tensor:
    """Return T_m(cos θ) = cos(mθ), by the recurrence T_j = 2 cos θ T_{j−1} − T_{j−2}."""
    before, now = torch.ones_like(cosine), cosine
    for _ in range(m - 1):
        before, now = now, 2 * cosine * now - before
    return now


def psi(cosine: Tensor, m: int) -> Tensor:
    """Return (−1)^k cos(mθ) − 2k of the target's cosine, shape kept; k is a constant for the gradient."""
    angle = cosine.detach().clamp(-1, 1).acos()
    k = (angle * m / math.pi).floor().clamp(max=m - 1)
    sign = 1 - 2 * (k % 2)
    return sign * chebyshev(cosine, m) - 2 * k


class SphereFace(CosineSoftmax):
    """`m` is the angle's whole multiplier. `s` None is the paper's ‖x‖; a number puts all faces on that one length."""

    steps: Tensor

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        m: int = 4,
        annealing: Annealing | Mapping[str, float] | float = Annealing(),
        s: float | None = None,
    ) -> None:
        super().__init__(n_classes, dim, s)
        if not isinstance(m, int) or isinstance(m, bool) or m < 1:
            raise ValueError(
                sentence("SphereFace's m multiplies the angle and must be a whole number of at least 1, not {m}.", m=m)
            )
        self.m = m
        self.annealing = annealing_of(annealing)
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column."""
        blend = self.annealing.at(int(self.steps))
        return replace_own(cosines, own, (blend * target + psi(target, self.m)) / (1 + blend))

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim) with labels (B,) int64; in training, a call is one step of λ."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            lengths = full_precision(embeddings).norm(dim=1, keepdim=True) if self.s is None else None
            loss = self.from_cosines(self.cosines(embeddings), labels, lengths)
        if self.training:
            self.steps += 1
        return loss
