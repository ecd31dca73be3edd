"""What a library's people taught a model, as its card keeps it."""

from dataclasses import dataclass
from typing import Annotated

from engine.strict_toml import from_to
from engine.words import sentence

Level = Annotated[int, from_to(1, 2, sentence("1 (an adapter) or 2 (the network itself)"))]
Count = Annotated[int, from_to(0, 2**31, sentence("a whole number from 0"))]


@dataclass(frozen=True, slots=True)
class Gain:
    """A share (0 to 1) before and after learning, and the 99 % interval of the difference over people drawn anew."""

    before: float
    after: float
    low: float
    high: float

    @property
    def gained(self) -> bool:
        """Whether the gain is more than chance."""
        return self.low > 0

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Gains:
    """What learning is worth on faces that it did not see.

    `known` are unseen days of the people who were learnt from, `strangers` people of whom nothing was learnt.
    `_verified` is the share of pairs of one person above the similarity that 1 % of pairs of two people reach,
    `_grouped` the BCubed F of grouping those faces.
    """

    known_verified: Gain
    known_grouped: Gain
    strangers_verified: Gain
    strangers_grouped: Gain


@dataclass(frozen=True, slots=True)
class Learned:
    """When, how and of whom something was learnt: `level` 1 is an adapter, 2 the network itself.

    `at` is local time, ISO 8601 to the second; `people` are ids in the library; `way` is a word of
    `learning.lesson.Way`; `instead_of` is the model that was in use before.
    """

    at: str
    level: Level
    way: str
    instead_of: str
    people: tuple[int, ...]
    faces: Count
    gains: Gains
