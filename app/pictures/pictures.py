"""The small pictures of faces and photos: made in threads, kept as pixmaps, newest request first."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath, QPixmap

from app.style.painting import painting
from app.style.theme import CORNER
from app.work.newest_first import NewestFirst
from engine.errors import PhotoError
from engine.library.library import Library
from engine.library.queries import faces_by_id, photos_by_id
from engine.thumbs import Thumbs

KEPT_BYTES = 72_000_000
"""What all pixmaps together may hold; those painted longest ago go first."""

WAITING = 300
"""Requests that wait at once: a few screens of tiles."""


class Shape(StrEnum):
    """A face's picture: a circle for people's covers; a whole photo keeps its proportions."""

    CIRCLE = "circle"
    ROUNDED = "rounded"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown: a face or, for PHOTO, a photo, by its id."""

    shape: Shape
    id: int


class _Lack(Enum):
    """Why a picture could not be made."""

    DAMAGED = auto()
    AWAY = auto()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A picture at a size in pixels of the screen."""

    picture: Picture
    side: int
    ratio: float


class Pictures(QObject):
    """Gives pixmaps at once where they are known, and tells when others have arrived."""

    arrived = Signal(object)
    """A `Picture` can be painted now, at the size that was asked for."""

    def __init__(self, library: Library, thumbs: Thumbs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._thumbs = library, thumbs
        self._kept: OrderedDict[_Wanted, QPixmap] = OrderedDict()
        self._lacking: dict[Picture, _Lack] = {}
        self._bytes = 0
        self._lane = NewestFirst("pictures", 2, WAITING, self)
        self._lane.ready.connect(self._take)

    def pixmap(self, picture: Picture, side: float, ratio: float) -> QPixmap | None:
        """Return the picture, `side` device-independent pixels large on a screen of this ratio, or None for now.

        One that cannot be made (its file is gone) is a null pixmap.
        """
        wanted = _Wanted(picture, max(1, round(side * ratio)), ratio)
        known = self._kept.get(wanted)
        if known is not None:
            self._kept.move_to_end(wanted)
            return known
        self._lane.want(wanted, self._maker(wanted))
        return None

    def is_damaged(self, picture: Picture) -> bool:
        """Say whether a picture could not be made though its file is there."""
        return self._lacking.get(picture) is _Lack.DAMAGED

    def why_lacking(self, picture: Picture) -> str:
        """Return in a few words why a picture could not be made; "" where that is not known."""
        lack = self._lacking.get(picture)
        if lack is None:
            return ""
        return self.tr("cannot be read") if lack is _Lack.DAMAGED else self.tr("not there now")

    def forget(self, *, faces: Collection[int] = (), photos: Collection[int] = ()) -> None:
        """Make these anew when they are asked for again."""
        gone = [
            wanted
            for wanted in self._kept
            if wanted.picture.id in (photos if wanted.picture.shape is Shape.PHOTO else faces)
        ]
        for wanted in gone:
            self._lacking.pop(wanted.picture, None)
            self._bytes -= _weight(self._kept.pop(wanted))

    def shutdown(self) -> None:
        """Wait for the threads to end."""
        self._lane.shutdown()

    def _maker(self, wanted: _Wanted) -> Callable[[], QImage]:
        """Return the work for a thread; it holds nothing of Qt but the image that it makes."""
        library, thumbs = self._library, self._thumbs
        return lambda: _made(library, thumbs, wanted)

    def _take(self, wanted: _Wanted, image: object) -> None:
        self._lacking.pop(wanted.picture, None)
        if isinstance(image, PhotoError):
            self._lacking[wanted.picture] = _Lack.DAMAGED if isinstance(image, _DamagedError) else _Lack.AWAY
        pixmap = QPixmap.fromImage(image) if isinstance(image, QImage) else QPixmap()
        pixmap.setDevicePixelRatio(wanted.ratio)
        self._kept[wanted] = pixmap
        self._bytes += _weight(pixmap)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])
        self.arrived.emit(wanted.picture)


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4 + 200


class _DamagedError(PhotoError):
    """The file of a photo is there and cannot be read."""


def _made(library: Library, thumbs: Thumbs, wanted: _Wanted) -> QImage:
    """Make one picture.

    Raises PhotoError where there is no file, _DamagedError where it cannot be read, LookupError where its row is gone.
    """
    picture = wanted.picture
    if picture.shape is Shape.PHOTO:
        photo = photos_by_id(library, [picture.id])[picture.id]
        image = _read(photo.path, lambda: thumbs.photo(photo.path, wanted.side))
        return rounded(image, CORNER / 2 * wanted.ratio)
    face = faces_by_id(library, [picture.id])[picture.id]
    image = _read(face.photo, lambda: thumbs.face(face.photo, face.box, wanted.side))
    return rounded(image, wanted.side / 2 if picture.shape is Shape.CIRCLE else CORNER * wanted.ratio)


def _read(path: Path, cut: Callable[[], NDArray[np.uint8]]) -> QImage:
    try:
        return as_image(cut())
    except PhotoError as error:
        if path.exists():
            raise _DamagedError(error.message, error.hint) from error
        raise


def as_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a copy of height × width × 3 RGB pixels as a QImage."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def rounded(image: QImage, radius: float) -> QImage:
    """Return the image with round corners, the rest transparent; a pixmap of it is painted without clipping."""
    result = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(Qt.GlobalColor.transparent)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(result.rect()), radius, radius)
    with painting(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A path filled with the image has smooth edges; a clip has not.
        painter.fillPath(shape, QBrush(image))
    return result
