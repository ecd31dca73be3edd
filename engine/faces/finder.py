"""Finding every face of a photo, whether it fills the frame or is one of many in a group."""

from collections.abc import Sequence
from pathlib import Path

from engine.faces.detect import SIDE, Detection, Detector, open_detector
from engine.faces.raw import Candidates
from engine.geometry import Image
from engine.models.card import ModelCard

SMALL_SIDE = 320
"""Longer side of the pass that finds faces which fill the frame."""

DECODE_SIDE = 1920
"""A photo may be decoded scaled down as long as its longer side keeps this many pixels."""


class FaceFinder:
    """The search strategy over one detector. Several threads may call it at once."""

    def __init__(self, detector: Detector, *, side: int = SIDE) -> None:
        self.detector, self.side = detector, side

    def find(self, image: Image) -> list[Detection]:
        """Return the faces of an image, in its pixels, the highest score first."""
        longer = max(image.shape[:2])
        sides = sorted({min(self.side, longer), SMALL_SIDE})
        found = [self.detector.search(image, side, self.detector.score) for side in sides]
        return self.detector.finish(Candidates.joined(found))


def open_finder(
    card: ModelCard, folder: Path, *, providers: Sequence[str] = (), threads: int = 1, side: int = SIDE
) -> FaceFinder:
    """Open the detector of a card whose file was fetched into `folder`, and the search strategy over it."""
    return FaceFinder(open_detector(card, folder, providers=providers, threads=threads), side=side)
