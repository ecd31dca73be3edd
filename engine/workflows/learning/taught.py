"""What came of learning, whichever level it was."""

from dataclasses import dataclass

from engine.models.card import ModelCard
from engine.models.learned import Gains
from engine.words import Sentence


@dataclass(frozen=True, slots=True)
class Taught:
    """How it was judged and, where it gains, the card that would be used.

    `refusal` says why there is none.
    `way` is a word of `learning.lesson.Way`, the best one even where `card` is None because nothing gains measurably.
    `fixed` and `broken` are ids of faces not learnt from, whose nearest face became that of the same person, or ceased
    to be.
    """

    ground: ModelCard
    gains: Gains
    way: str
    people: int
    faces: int
    fixed: tuple[int, ...]
    broken: tuple[int, ...]
    card: ModelCard | None = None
    refusal: Sentence | None = None
