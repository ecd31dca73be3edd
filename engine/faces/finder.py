"""Finding every face of a photo, whether it fills the frame or is one of many in a group.

A detector is sure of faces of 24 to 400 pixels in what it is given (on ../shared/data, YuNet gives 95 % of faces 24
pixels tall a score of 0.6, 48 % of those 12 pixels tall, and 13 % of those that fill 1280 pixels). So a photo is looked
at in up to three sizes, and what the looks saw is merged:

1. the far look, `FAR_SIDE` pixels long: faces that fill the frame;
2. the main look, `SIDE` pixels long: faces from about 2.5 % of the longer side on;
3. the close look at the image as it was decoded, in tiles: where the main look saw something small, or everywhere if
   it saw so many small things that this is a group. On photos of 2,000 pixels with pasted faces this found 90 % of
   single faces 32 pixels tall (1.6 % of the longer side) and all of groups of ten; `MINIMUM` is the least it keeps.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from engine.faces.candidates import Candidates
from engine.faces.detect import Detection, Detector, open_detector
from engine.faces.letterbox import resized
from engine.faces.overlap import parts_of_better
from engine.faces.tiles import Tile, tiles
from engine.geometry import Image
from engine.models.card import ModelCard
from engine.models.session import BY_ONNXRUNTIME, Running
from engine.scan.purpose import searched_length

SIDE = 896
"""Pixels of the longer side in the main look. Photos of 4 : 3 become 896 × 672, whose sides are multiples of 32, so
that nothing is filled up. 960 takes 18 % longer and 1280 twice as long, and neither gains what the close look does not
find."""

FAR_SIDE = 256
"""Pixels of the longer side in the far look; a smaller image is enlarged to it. At 224 it sees faces where none are."""

DECODE_SIDE = 1920
"""A photo may be decoded scaled down as long as its longer side keeps this many pixels: twice the main look, so that
the close look shows a small face twice as large. JPEGs of 12 megapixels can then be decoded at half size."""

MINIMUM = 16
"""Height in pixels of the image below which a face is not kept. Of pairs of faces of one person, 98 % are told from
strangers (1 in 1,000) when 48 pixels tall, 90 % at 20, 70 % at 16 and 60 % at 12."""

FAR_SMALL = 64
"""A face with less height than this in the far look is left to the main look, which sees its landmarks better."""

SMALL, SMALL_HINT = 40, 0.4
"""Something with less height than this in the main look and at least this score is a hint to look closer, since
landmarks are best from 48 pixels on. A real face of this height scores higher (97 % of those 20 pixels tall)."""

TINY, TINY_HINT = 24, 0.05
"""Nor is the detector sure of a real face below this height: more than half of those 12 pixels tall score this."""

PART = 0.8
"""A face that lies in a better one with more than this share of its box is a part of it, such as an eye behind glasses
in a portrait that fills the frame (0.85 to 1). No two faces of 262 in photos of groups had half of one in the other."""

GROUP, GROUP_HINT = 4, 0.1
"""With this many hints of at least this score in different places the close look covers the whole image."""

CLOSER = 1.25
"""How much larger than in the main look the image must be for a close look to show more."""

CORE, HINT_CORE, MARGIN = 512, 256, 64
"""Pixels of a tile's core in a group picture and around a single hint, and of the margin around it. A tile answers for
faces whose middle lies in its core. A hint is most often none: its tile of 384 pixels takes a third of one of 640."""

LONG_CORE, LONG_MARGIN = 1280, 240
"""The same for the far and the main look, where only images much longer than wide are cut at all."""


class FaceFinder:
    """The search strategy over one detector. Several threads may call it at once."""

    def __init__(self, detector: Detector, *, side: int = SIDE) -> None:
        self.detector, self.side = detector, side

    def find(self, image: Image) -> list[Detection]:
        """Return the faces of an image, in its pixels, the highest score first."""
        main = _scaled(image, min(_scale(image, self.side), 1))
        ratio = image.shape[1] / main.shape[1]
        seen = self._look(main, _long_tiles(main), min(TINY_HINT, self.detector.score))
        found = [seen.moved(ratio, 0, 0), self._far_look(main).moved(ratio, 0, 0)]
        hints = self._hints(seen)
        if ratio >= CLOSER and len(hints):
            found.append(self._close_look(image, hints.moved(ratio, 0, 0)))
        candidates = Candidates.joined(found)
        good = (candidates.scores >= self.detector.score) & (candidates.heights >= MINIMUM)
        good &= candidates.alignable
        kept = self.detector.distinct(candidates.pick(good))
        return self.detector.finish(kept.pick(~parts_of_better(kept.boxes, PART)))

    def _hints(self, seen: Candidates) -> Candidates:
        small = (seen.heights < SMALL) & (seen.scores >= SMALL_HINT)
        tiny = (seen.heights < TINY) & (seen.scores >= TINY_HINT)
        return self.detector.distinct(seen.pick(small | tiny))

    def _far_look(self, main: Image) -> Candidates:
        far = _scaled(main, _scale(main, FAR_SIDE))
        seen = self._look(far, _long_tiles(far), self.detector.score)
        return seen.pick(seen.heights >= FAR_SMALL).moved(main.shape[1] / far.shape[1], 0, 0)

    def _close_look(self, image: Image, hints: Candidates) -> Candidates:
        """Search the tiles in which hints (pixels of the image) lie, or all of them where there are many hints."""
        shrink = int(_length(image) // DECODE_SIDE)
        close = _scaled(image, 1 / shrink) if shrink > 1 else image
        ratio = image.shape[1] / close.shape[1]
        middles = hints.middles / np.float32(ratio)
        if (hints.scores >= GROUP_HINT).sum() >= GROUP:
            places = list(tiles(close, CORE, MARGIN))
        else:
            places = [tile for tile in tiles(close, HINT_CORE, MARGIN) if tile.owns(middles).any()]
        seen = self._look(close, places, self.detector.score)
        # A larger face may be cut by its tile's edge, and the main look has it whole.
        return seen.pick(seen.heights < 2 * MARGIN).moved(ratio, 0, 0)

    def _look(self, image: Image, places: Iterable[Tile], threshold: float) -> Candidates:
        """Search tiles of an image and return what their cores hold, in pixels of the image."""
        found = []
        for tile in places:
            seen = self.detector.candidates(tile.cut(image), threshold).moved(1, *tile.origin)
            found.append(seen.pick(tile.owns(seen.middles)))
        return Candidates.joined(found)


def _scale(image: Image, side: int) -> float:
    """Return the scale that makes the longer side `side` pixels, or of a long image that of each of its parts.

    A long image of few rows is not enlarged for that.
    """
    length = _length(image)
    scale = side / length
    return float(scale if length == max(image.shape[:2]) else max(side / max(image.shape[:2]), min(scale, 1.0)))


def _length(image: Image) -> float:
    return searched_length((image.shape[1], image.shape[0]))


def _scaled(image: Image, scale: float) -> Image:
    return resized(image, max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))


def _long_tiles(image: Image) -> Iterable[Tile]:
    return tiles(image, LONG_CORE, LONG_MARGIN)


def open_finder(
    card: ModelCard, folder: Path, *, running: Running = BY_ONNXRUNTIME, threads: int = 1, side: int = SIDE
) -> FaceFinder:
    """Open the detector of a card whose file was fetched into `folder`, and the search strategy over it."""
    return FaceFinder(open_detector(card, folder, running=running, threads=threads), side=side)
