"""Whole photos for looking at: first a small picture, then one for the screen, then every pixel; made in threads."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise
from math import sqrt

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.work.disks import is_there
from app.work.newest_first import NewestFirst
from engine.errors import PhotoError
from engine.geometry import Image
from engine.library.library import Library
from engine.library.queries import PhotoRow, photos_by_id
from engine.scan.decode import decode, read_file
from engine.thumbs import Thumbs

KEPT_BYTES = 220_000_000
"""What the photos kept may hold together: one at full size, the neighbours at the screen's."""

FULL_PIXELS = 40_000_000
"""A larger photo is never shown with all its pixels: they would fill the memory."""

QUICK_SIDE = 256
"""The side of the small picture; the grids have most likely stored it before."""

WAITING = 6


class Detail(StrEnum):
    """How much of a photo: the small picture, as many pixels as were asked for, or all of them."""

    QUICK = "quick"
    SCREEN = "screen"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Level:
    """One size of a photo; `pixels` are height × width × 4 bytes, which the image looks at and does not own."""

    image: QImage
    pixels: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A photo, upright; `levels` from large to small, each half as wide as the one before.

    `width` and `height` are those of the whole photo, `note` says what of it could not be read.
    """

    levels: tuple[Level, ...]
    width: int
    height: int
    note: str = ""

    @property
    def weight(self) -> int:
        """The bytes it holds."""
        return sum(level.pixels.nbytes for level in self.levels)


def best_image(photos: Iterable[Decoded], width: float) -> QImage:
    """Return the smallest image that is at least so many pixels wide (less one), or else the largest."""
    images = sorted((level.image for photo in photos for level in photo.levels), key=QImage.width)
    return next((image for image in images if image.width() > width - 1), images[-1])


class PhotoAwayError(PhotoError):
    """The folder that a photo lies in is not there now."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    photo: int
    detail: Detail
    side: int


class PhotoImages(QObject):
    """Gives what is known at once, and tells when the rest has arrived."""

    arrived = Signal(int, object, object)
    """The id of a photo, a `Detail`, and the `Decoded` or the exception that says why there is none."""

    def __init__(self, library: Library, thumbs: Thumbs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._thumbs = library, thumbs
        self._kept: OrderedDict[_Wanted, Decoded] = OrderedDict()
        self._lane = NewestFirst("photos", 2, WAITING, self)
        self._lane.ready.connect(self._take)

    def image(self, photo: int, detail: Detail, side: int = 0) -> Decoded | None:
        """Return a photo, or None for now; `side` is the longest in pixels, for SCREEN."""
        wanted = _Wanted(photo, detail, side if detail is Detail.SCREEN else 0)
        known = self._kept.get(wanted)
        if known is not None:
            self._kept.move_to_end(wanted)
            return known
        makers: dict[Detail, Callable[[Library, _Wanted], Decoded]] = {
            Detail.QUICK: partial(_quick, self._thumbs),
            Detail.SCREEN: _for_screen,
            Detail.FULL: _full,
        }
        make = makers[detail]
        self._lane.want(wanted, partial(make, self._library, wanted))
        return None

    def forget(self, photos: Collection[int]) -> None:
        """Read these anew when they are asked for again."""
        self._kept = OrderedDict((key, value) for key, value in self._kept.items() if key.photo not in photos)

    def shutdown(self) -> None:
        """Wait for the threads to end."""
        self._lane.shutdown()

    def _take(self, wanted: _Wanted, result: object) -> None:
        if isinstance(result, Decoded):
            self._kept[wanted] = result
            held = sum(decoded.weight for decoded in self._kept.values())
            while held > KEPT_BYTES and len(self._kept) > 1:
                held -= self._kept.popitem(last=False)[1].weight
        self.arrived.emit(wanted.photo, wanted.detail, result)


def _quick(thumbs: Thumbs, library: Library, wanted: _Wanted) -> Decoded:
    """Return the stored small picture; one that was stored does even where the file is away."""
    photo = photos_by_id(library, [wanted.photo])[wanted.photo]
    image = thumbs.photo(photo.path, QUICK_SIDE)
    height, width = image.shape[:2]
    return Decoded((_level(image),), photo.width or width, photo.height or height)


def _for_screen(library: Library, wanted: _Wanted) -> Decoded:
    """Return one image of exactly the size at which it is shown, or the photo's own where that is smaller."""
    content = decode(_bytes_of(photos_by_id(library, [wanted.photo])[wanted.photo]), side=wanted.side)
    image = content.image
    scale = min(wanted.side / max(image.shape[:2]), 1.0)
    if scale < 1:
        size = round(image.shape[1] * scale), round(image.shape[0] * scale)
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Decoded((_level(image),), content.width, content.height, content.note)


def _full(library: Library, wanted: _Wanted) -> Decoded:
    """Return the whole photo and its halves, so that it is painted at any scale with few pixels read."""
    photo = photos_by_id(library, [wanted.photo])[wanted.photo]
    content = decode(_bytes_of(photo), side=_full_side(photo.width or 0, photo.height or 0))
    sizes = [content.image]
    while max(sizes[-1].shape[:2]) > 1_000:
        height, width = sizes[-1].shape[:2]
        half = cv2.resize(sizes[-1], (-(-width // 2), -(-height // 2)), interpolation=cv2.INTER_AREA)
        sizes.append(np.asarray(half, np.uint8))
    assert all(large.size > small.size for large, small in pairwise(sizes))
    return Decoded(tuple(map(_level, sizes)), content.width, content.height, content.note)


def _bytes_of(photo: PhotoRow) -> bytes:
    """Return the bytes of a photo's file. Raises PhotoAwayError where its folder is not there, else PhotoError."""
    try:
        return read_file(photo.path)
    except PhotoError as error:
        if is_there(photo.path.parent):
            raise
        raise PhotoAwayError(error.message, error.hint) from error


def _full_side(width: int, height: int) -> int:
    """Return the side to decode at: 0, which is full size, unless there are too many pixels.

    A decoder may give nearly twice the side it is asked for, hence the half.
    """
    pixels = width * height
    return 0 if pixels <= FULL_PIXELS else round(max(width, height) * sqrt(FULL_PIXELS / pixels) / 2)


def _level(image: Image) -> Level:
    """Turn RGB into what is painted without conversion, height × width × 4; OpenCV does it beside the GUI thread."""
    pixels = np.ascontiguousarray(cv2.cvtColor(image, cv2.COLOR_RGB2BGRA), np.uint8)
    height, width = pixels.shape[:2]
    return Level(QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32), pixels)
