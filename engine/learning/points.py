"""The curves of learning, a point at a time."""

from dataclasses import dataclass

from engine.progress import Progress


@dataclass(frozen=True, slots=True)
class Point(Progress):
    """A report that is a point of two curves, in a round of learning.

    `loss` is that of what is learnt from, since the last point; `validation` the share (0 to 1) of pairs told right on
    days that are not learnt from, NaN where there are none.
    """

    round: int = 0
    loss: float = 0.0
    validation: float = 0.0
