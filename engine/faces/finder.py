"""Finding every face of a photo, whether it fills the frame or is one of many in a group.

A detector finds faces of some 20 to 400 pixels in what it is given, so a photo is looked at in up to three sizes:

1. `FAR_SIDE`: faces that fill the frame.
2. `SIDE`: the main look.
3. The image as it was decoded, in tiles, wherever the main look saw something too small to be sure of or to align well.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.faces.detect import Detection, Detector, open_detector
from engine.faces.letterbox import resized
from engine.faces.raw import Candidates
from engine.faces.tiles import Tile, tiles
from engine.geometry import Image
from engine.models.card import ModelCard

SIDE = 960
"""Pixels of the longer side in the main look."""

FAR_SIDE = 320
"""Pixels of the longer side in the look for faces that fill the frame; a smaller image is enlarged to it."""

DECODE_SIDE = 1920
"""A photo may be decoded scaled down as long as its longer side keeps this many pixels."""

CLOSER = 1.25
"""How much larger than in the main look an image must be for a closer look to show more."""

SMALL = 40
"""Height in pixels of the main look below which a face deserves a closer look."""

HINT = 0.25
"""Score (0 to 1) from which something small in the main look is a reason to look closer."""

CORE, MARGIN = 512, 96
"""Pixels of a tile's core and of the margin around it. A tile answers for faces whose middle lies in its core."""

LONG_CORE, LONG_MARGIN = 1280, 240
"""The same for the far and the main look, which only images much longer than wide need to be cut for."""


class FaceFinder:
    """The search strategy over one detector. Several threads may call it at once."""

    def __init__(self, detector: Detector, *, side: int = SIDE) -> None:
        self.detector, self.side = detector, side

    def find(self, image: Image) -> list[Detection]:
        """Return the faces of an image, in its pixels, the highest score first."""
        main = _scaled(image, min(_scale(image, self.side), 1))
        far = _scaled(main, _scale(main, FAR_SIDE))
        seen = self._look(main, _long_tiles(main), HINT)
        found = [seen, self._look(far, _long_tiles(far), self.detector.score).moved(main.shape[1] / far.shape[1], 0, 0)]
        ratio = image.shape[1] / main.shape[1]
        found = [part.moved(ratio, 0, 0) for part in found]
        if ratio >= CLOSER:
            small = seen.heights < SMALL
            found.append(self._look_closer(image, found[0].pick(small).middles))
        candidates = Candidates.joined(found)
        return self.detector.finish(candidates.pick(candidates.scores >= self.detector.score))

    def _look(self, image: Image, places: Iterable[Tile], threshold: float) -> Candidates:
        """Search tiles of an image and return what their cores hold, in pixels of the image."""
        found = []
        for tile in places:
            seen = self.detector.candidates(tile.cut(image), threshold).moved(1, *tile.origin)
            found.append(seen.pick(tile.owns(seen.middles)))
        return Candidates.joined(found)

    def _look_closer(self, image: Image, hints: NDArray[np.float32]) -> Candidates:
        """Search the tiles in which hints (n × 2, pixels of the image) lie."""
        places = [tile for tile in tiles(image, CORE, MARGIN) if tile.owns(hints).any()]
        seen = self._look(image, places, self.detector.score)
        # A larger face may be cut by its tile's edge, and the main look has it whole.
        return seen.pick(seen.heights < 2 * MARGIN)


def _scale(image: Image, side: int) -> float:
    """Return the scale that makes the longer side `side` pixels, and the shorter at least half of that."""
    shorter, longer = sorted(image.shape[:2])
    return max(side / longer, min(side / 2 / shorter, 1.0))


def _scaled(image: Image, scale: float) -> Image:
    return resized(image, max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))


def _long_tiles(image: Image) -> Iterable[Tile]:
    return tiles(image, LONG_CORE, LONG_MARGIN)


def open_finder(
    card: ModelCard, folder: Path, *, providers: Sequence[str] = (), threads: int = 1, side: int = SIDE
) -> FaceFinder:
    """Open the detector of a card whose file was fetched into `folder`, and the search strategy over it."""
    return FaceFinder(open_detector(card, folder, providers=providers, threads=threads), side=side)
