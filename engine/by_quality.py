"""How likely two faces are one person, by how alike they are and by the quality of both."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from engine.strict_toml import Needs
from engine.words import sentence

Numbers = NDArray[np.floating]
OneOrEach = Numbers | float
Counts = NDArray[np.integer] | int

Rows = tuple[tuple[float, float, float, float, float], ...]

GOOD = 0.8
"""From this quality on a face is no worse a witness than any other."""

MOST_FACES = 12
"""More faces than that behind a mean change nothing."""


def improves(rows: Rows) -> bool:
    """Say whether there are rows, their quality rises from 0 to 1, and more similar is nowhere less likely."""
    worth = [row[0] for row in rows]
    whole = bool(worth) and worth[0] == 0 and worth[-1] == 1 and all(a < b for a, b in pairwise(worth))
    return whole and all(row[1] >= 0 and row[3] >= 0 for row in rows)


@dataclass(frozen=True, slots=True)
class ByQuality:
    """How likely one person is by the quality of both sides, measured on faces that were made bad.

    ln(p / (1 - p)), at equal odds, is slope · surprise + intercept, beside a good face: `surprise` is how far chance is
    from explaining the similarity (`Calibration.surprise`; by the likelihood ratio the slope is about 1). Where the
    other side is as bad it is another slope · similarity + intercept: two bad faces are alike because they are bad,
    while a bad one is no more like a good stranger than a good one is. To both comes `faces` · ln of how many faces are
    behind the larger side. `rows` hold, by rising quality of the worse side, that quality and both pairs of figures.
    """

    rows: Annotated[
        Rows, Needs(sentence("rows of five numbers whose first rises from 0 to 1, no slope below 0"), improves)
    ]
    faces: float = 0.0

    def logits(
        self, similarity: Numbers, surprise: Numbers, quality: OneOrEach, other: OneOrEach, faces: Counts
    ) -> Numbers:
        """Return ln(p / (1 - p)) for each pair, (m,), given both qualities and the faces behind the larger side."""
        low, high = np.minimum(quality, other), np.maximum(quality, other)
        worth, *columns = (list(column) for column in zip(*self.rows, strict=True))
        slope, level, both_slope, both_level = (np.interp(low, worth, column) for column in columns)
        lacking = np.clip((GOOD - high) / np.maximum(GOOD - low, 1e-6), 0, 1)
        lone, both = slope * surprise + level, both_slope * similarity + both_level
        many = self.faces * np.log(np.clip(faces, 1, MOST_FACES))
        return np.asarray(lone + lacking * (both - lone) + many, np.float64)

    def turned(self, turn: float, shift: float) -> "ByQuality":
        """Return the same with every logit times `turn` plus `shift`."""
        rows = tuple((q, turn * a, turn * b + shift, turn * c, turn * d + shift) for q, a, b, c, d in self.rows)
        return ByQuality(rows, turn * self.faces)
