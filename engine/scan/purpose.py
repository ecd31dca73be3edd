"""What a decoded picture is for, and how large it is wished."""

from dataclasses import dataclass
from enum import StrEnum

LONG = 1.8
"""From this aspect ratio on a picture is long: beyond 16 : 9, where phones and cameras take single views."""

USUAL = 1.5
"""The aspect ratio that a long picture is treated like, part by part: as a row of photos of 3 : 2."""


class Purpose(StrEnum):
    """What a picture is decoded for.

    SHOWN: colours count, and the longest side has to fit. SEARCHED for faces: only profiles that change much count, and
    a long picture keeps the detail that a photo of its height would have.
    """

    SHOWN = "shown"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture whose longest side has at least `side` pixels (0: full size), for a purpose."""

    side: int
    purpose: Purpose = Purpose.SHOWN

    def scale_for(self, size: tuple[int, int]) -> int:
        """Return by which whole number a picture of (width, height) may be divided."""
        if self.side <= 0:
            return 1
        longest = max(size) if self.purpose is Purpose.SHOWN else searched_length(size)
        return int(max(1, longest // self.side))


def searched_length(size: tuple[int, int]) -> float:
    """Return the longer side, of a long picture that of a usual one of the same height (or width)."""
    shorter, longer = sorted(size)
    return longer if longer < LONG * shorter else min(longer, USUAL * max(shorter, 1))
