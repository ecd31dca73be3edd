"""The named people of a Kinfolk library, from rows that the library's owner has read: nothing here opens a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.faces.align import align
from engine.faces.finder import DECODE_SIDE
from engine.geometry import Image, Landmarks
from engine.scan.decode import decode, read_file
from trainer.data.faces import LabelledFace


@dataclass(frozen=True, slots=True)
class FaceRow:
    """A face that a person has confirmed.

    `photo` is the photo's full path, `landmarks` (5, 2) float32 relative (0 to 1) to the upright photo, `person` a name
    that stands for one person (a person's id does too), `event` the day or occasion, empty where unknown.
    """

    photo: Path
    landmarks: Landmarks
    person: str
    event: str = ""


class LibraryFaces:
    """A source over such rows, in their order. Each crop decodes its photo: `write_crops` first, to train for long."""

    def __init__(self, rows: Iterable[FaceRow]) -> None:
        self._rows = tuple(rows)
        for row in self._rows:
            if np.shape(row.landmarks) != (5, 2):
                raise ValueError(f"A face has five landmarks of two numbers, not {np.shape(row.landmarks)}.")
        self.faces = [LabelledFace(row.person, str(row.photo), row.event) for row in self._rows]

    def crop(self, index: int) -> Image:
        """Return the crop (112, 112, 3) RGB uint8. Raises PhotoError where the photo cannot be read."""
        row = self._rows[index]
        image = decode(read_file(row.photo), side=DECODE_SIDE).image
        height, width = image.shape[:2]
        return align(image, (row.landmarks * np.array([width, height])).astype(np.float32))
