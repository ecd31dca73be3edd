"""Margins on the cosine of a face to its own person: pure functions, finite with finite gradients at cos = ±1.

Each takes `target` (any shape, float) and returns f of the same shape and dtype, which replaces the target's cosine in
the softmax. An angle is never computed with acos, whose slope at ±1 is infinite: cos(θ + m) comes from the
addition formula.
"""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

import torch
from torch import Tensor

from engine.words import sentence

Choice = TypeVar("Choice", bound=StrEnum)

Margin = Callable[[Tensor], Tensor]
"""From the target's cosines to f, shape and dtype kept."""


class EasyMargin(StrEnum):
    """Which faces the margin spares; the reference codes call it `easy_margin`."""

    NONE = "none"
    """Every face gets the margin, as the papers write it."""
    POSITIVE = "positive"
    """Only faces with cos > 0 get it."""
    ABOVE_MARGIN = "above_margin"
    """Only faces with cos > m get it; for the cosine margin alone."""


EasyOption = EasyMargin | str | bool
"""How a configuration writes it."""


class BeyondPi(StrEnum):
    """What stands for cos(θ + m) where θ + m > π and the cosine would rise again."""

    COSINE = "cosine"
    """cos(θ + m) itself, the paper's formula."""
    LINEAR = "linear"
    """cos θ − m sin m, the reference codes' monotone continuation."""


def easy_margin_of(value: EasyOption) -> EasyMargin:
    """Read an option: the reference codes' True means POSITIVE and False NONE. ValueError where it is neither."""
    if isinstance(value, bool):
        return EasyMargin.POSITIVE if value else EasyMargin.NONE
    return one_of(EasyMargin, value, "easy_margin")


def one_of(kind: type[Choice], value: str, option: str) -> Choice:
    """Return the member of `kind` with this value, or raise a ValueError that lists the allowed ones."""
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(f'"{member.value}"' for member in kind)
        raise ValueError(
            sentence("{option} must be one of {allowed}, not '{value}'.", option=option, allowed=allowed, value=value)
        ) from None


def sine(cosine: Tensor) -> Tensor:
    """Return sqrt(1 − cos²) with value and gradient 0 where |cos| ≥ 1, so that rounding beyond 1 does no harm."""
    square = (1 - cosine) * (1 + cosine)
    inside = square > 0
    return torch.where(inside, torch.where(inside, square, torch.ones_like(square)).sqrt(), torch.zeros_like(square))


def no_margin(target: Tensor) -> Tensor:
    """Return the target unchanged."""
    return target


def cosine_margin(m: float, easy: EasyMargin = EasyMargin.NONE) -> Margin:
    """Return f = cos θ − m (AM-Softmax, CosFace), with m ≥ 0."""
    check_margin(m)
    floor = {EasyMargin.POSITIVE: 0.0, EasyMargin.ABOVE_MARGIN: m}.get(easy)

    def margin(target: Tensor) -> Tensor:
        if floor is None:
            return target - m
        return torch.where(target > floor, target - m, target)

    return margin


def angular_margin(m: float, easy: EasyMargin = EasyMargin.NONE, beyond_pi: BeyondPi = BeyondPi.COSINE) -> Margin:
    """Return f = cos(θ + m) = cos θ cos m − sin θ sin m (ArcFace), with 0 ≤ m ≤ π."""
    check_margin(m)
    if m > math.pi:
        raise ValueError(sentence("The angular margin must be at most pi radians, not {m}.", m=m))
    if easy is EasyMargin.ABOVE_MARGIN:
        raise ValueError(
            sentence('easy_margin="above_margin" compares a cosine with m and fits the cosine margin only.')
        )
    if easy is EasyMargin.POSITIVE and beyond_pi is BeyondPi.LINEAR:
        raise ValueError(sentence("easy_margin already spares the faces that beyond_pi is about: give one of the two."))

    def margin(target: Tensor) -> Tensor:
        turned = target * math.cos(m) - sine(target) * math.sin(m)
        if easy is EasyMargin.POSITIVE:
            return torch.where(target > 0, turned, target)
        if beyond_pi is BeyondPi.LINEAR:
            return torch.where(target >= -math.cos(m), turned, target - m * math.sin(m))
        return turned

    return margin


def check_margin(m: float) -> None:
    """Raise ValueError for a margin that is negative or not finite."""
    if not (math.isfinite(m) and m >= 0):
        raise ValueError(sentence("A margin must be a finite number of at least 0, not {m}.", m=m))


def check_positive(value: float, option: str) -> None:
    """Raise ValueError unless the option is finite and above 0."""
    if not (math.isfinite(value) and value > 0):
        raise ValueError(sentence("{option} must be a finite number above 0, not {value}.", option=option, value=value))
