"""Verification sets: pictures by number, and pairs of them in folds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import PhotoError
from engine.geometry import Image
from engine.words import sentence
from trainer.data.faces import CROP_SIDE, Indices

ReadPicture = Callable[[int], Image]
"""From a picture's number to its upright RGB pixels."""


@dataclass(frozen=True, slots=True)
class VerificationSet:
    """P pairs of N pictures: `first`, `second` (P,) int64 picture numbers, `same` (P,) bool, `fold` (P,) int64 from 0.

    `titles` name the pictures for a report. `picture` gives pixels as the set has them; `crop` insists on 112 × 112.
    """

    titles: Sequence[str]
    first: Indices
    second: Indices
    same: NDArray[np.bool_]
    fold: Indices
    picture: ReadPicture

    def crop(self, index: int) -> Image:
        """Return picture `index` as a crop (112, 112, 3) RGB uint8. Raises PhotoError where it is of another size."""
        image = self.picture(index)
        if image.shape[:2] != (CROP_SIDE, CROP_SIDE):
            raise PhotoError(
                sentence(
                    "{title} has {width} × {height} pixels, not {side} × {side}.",
                    title=self.titles[index],
                    width=image.shape[1],
                    height=image.shape[0],
                    side=CROP_SIDE,
                ),
                sentence("Its faces have to be aligned first."),
            )
        return image


def equal_folds(pairs: int, folds: int = 10) -> Indices:
    """Return the fold of each of `pairs` pairs cut into runs of equal length (the field's habit), (pairs,) int64."""
    return np.arange(pairs, dtype=np.int64) * folds // max(pairs, 1)
