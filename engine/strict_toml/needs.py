"""What a value has to be besides of its type: written beside the field, as `Annotated[int, from_to(1, 9, "…")]`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.words import sentence

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Needs(Generic[Value]):
    """`words` end the sentence "It has to be …"; `holds` says whether a value of the field's type is such a one."""

    words: str
    holds: Callable[[Value], bool]


def from_to(low: float, high: float, words: str) -> Needs[float]:
    """Return the need of a number within both bounds, which belong to it."""
    return Needs(words, lambda value: low <= value <= high)


def matching(pattern: re.Pattern[str], words: str) -> Needs[str]:
    """Return the need of a text that the pattern describes from end to end."""
    return Needs(words, lambda value: pattern.fullmatch(value) is not None)


filled: Needs[str] = Needs(sentence("a text that is not blank"), lambda value: bool(value.strip()))
