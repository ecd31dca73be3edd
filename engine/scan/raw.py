"""Camera RAW files: the preview that the camera embedded if it is large enough, else the sensor's data, developed."""

import io
from datetime import timedelta
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.content import PhotoContent, room_for
from engine.scan.dates import Precision, Taken, TakenFrom
from engine.scan.decoder_errors import DECODER_ERRORS, damaged
from engine.scan.jpeg import read_jpeg
from engine.scan.metadata import taken_by
from engine.scan.packages import RAW
from engine.scan.pixels import reduced, upright, upright_size
from engine.scan.purpose import Wish
from engine.words import sentence

if TYPE_CHECKING:
    from rawpy import RawPy

_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's `flip` to EXIF's orientation."""

_EPOCH, _LAST = 1970, 2100

_WHOLE_BYTES, _HALF_BYTES = 16, 7
"""Bytes that developing takes for a pixel of the sensor: four numbers of two bytes each, and what comes of them."""

UNDEVELOPED = sentence("The RAW data could not be developed: only its small preview was read.")


def read_raw(data: bytes, wish: Wish) -> PhotoContent:
    """Decode a RAW file so that its longest side is at least what is wished where the sensor has as many pixels.

    Developing takes the camera's white balance, and half size where that is enough. Where the sensor's data cannot be
    developed, a smaller preview is taken and the content's `note` says so. Raises `PhotoError`, and what the decoders
    raise for damage.
    """
    module = RAW.load()
    try:
        with module.imread(io.BytesIO(data)) as raw:
            return _read(module, raw, data, wish)
    except module.LibRawError as error:
        raise damaged("RAW", error) from error


def _read(module: ModuleType, raw: "RawPy", data: bytes, wish: Wish) -> PhotoContent:
    stored = (raw.sizes.width, raw.sizes.height)
    orientation = _ORIENTATIONS.get(raw.sizes.flip, 1)
    wanted = min(wish.side, max(stored)) if wish.side > 0 else max(stored)
    preview = _preview(module, raw, wish)
    note = ""
    if preview is not None and max(preview.image.shape[:2]) >= wanted:
        image = preview.image
    else:
        try:
            image = _developed(raw, wish.side)
        except module.LibRawError:
            if preview is None:
                raise
            image, note = preview.image, UNDEVELOPED
    width, height = upright_size(stored, orientation)
    date = _date_of(data) or (preview.taken if preview else None) or _clock_of(raw)
    return PhotoContent(image, width, height, date, note)


def _preview(module: ModuleType, raw: "RawPy", wish: Wish) -> PhotoContent | None:
    """Return the largest embedded preview, upright; None where there is none or it is damaged.

    LibRaw's `flip` turns it. Only where that is 0 counts the orientation that the preview states itself.
    """
    orientation = _ORIENTATIONS.get(raw.sizes.flip, 1)
    try:
        preview = raw.extract_thumb()
    except module.LibRawError:
        return None
    if preview.format == module.ThumbFormat.JPEG:
        try:
            content = read_jpeg(bytes(preview.data), wish, orientation=orientation if orientation != 1 else None)
        except PhotoError:
            return None
        except DECODER_ERRORS:
            return None
        return None if content.note else content
    pixels = np.asarray(preview.data)
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
        return None
    height, width = pixels.shape[:2]
    image = upright(reduced(pixels, wish.scale_for((width, height))), orientation)
    return PhotoContent(image, width, height, None)


def _developed(raw: "RawPy", side: int) -> Image:
    """Develop the sensor's data; LibRaw turns the picture upright itself."""
    size = (raw.sizes.width, raw.sizes.height)
    half = side > 0 and max(size) // 2 >= side
    with room_for(size, size[0] * size[1] * (_HALF_BYTES if half else _WHOLE_BYTES)):
        pixels = raw.postprocess(use_camera_wb=True, half_size=half, output_bps=8)
        return _reduced(np.asarray(pixels, dtype=np.uint8), side)


def _reduced(pixels: Image, side: int) -> Image:
    return upright(reduced(pixels, Wish(side).scale_for((pixels.shape[1], pixels.shape[0]))), 1)


def _date_of(data: bytes) -> Taken | None:
    """Read the date out of a RAW file that is wrapped in TIFF, as most are."""
    exif = Pillow.Exif()
    try:
        exif.load_from_fp(io.BytesIO(data))
    except DECODER_ERRORS:
        return None
    return taken_by(exif)


def _clock_of(raw: "RawPy") -> Taken | None:
    """Return LibRaw's reading of the camera's clock, for files that are not TIFF; the epoch means that it has none."""
    try:
        at = raw.other.timestamp.replace(microsecond=0, tzinfo=None) + timedelta(0)
    except DECODER_ERRORS:
        return None
    return Taken(at, Precision.SECOND, TakenFrom.EXIF) if _EPOCH < at.year <= _LAST else None
