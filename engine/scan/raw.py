"""Camera RAW files: the preview that the camera embedded if it is large enough, else the sensor's data, developed."""

import io
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.content import PhotoContent, room_for
from engine.scan.failures import DECODER_ERRORS, damaged
from engine.scan.jpeg import read_jpeg
from engine.scan.metadata import taken_at
from engine.scan.packages import RAW
from engine.scan.pixels import to_array, to_rgb, upright_size

if TYPE_CHECKING:
    from rawpy import RawPy

_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's `flip` to EXIF's orientation."""

_EPOCH = 1970


def read_raw(data: bytes, side: int) -> PhotoContent:
    """Decode a RAW file so that its longest side is at least `side` (0: full size) where the sensor has as many pixels.

    Developing takes the camera's white balance, and half size where that is enough. Where the sensor's data cannot be
    developed, a smaller preview is taken and the content's `note` says so. Raises `PhotoError`, and what the decoders
    raise for damage.
    """
    module = RAW.load()
    try:
        with module.imread(io.BytesIO(data)) as raw:
            return _read(module, raw, data, side)
    except module.LibRawError as error:
        raise damaged("RAW", error) from error


def _read(module: ModuleType, raw: "RawPy", data: bytes, side: int) -> PhotoContent:
    stored = (raw.sizes.width, raw.sizes.height)
    orientation = _ORIENTATIONS.get(raw.sizes.flip, 1)
    wanted = min(side, max(stored)) if side > 0 else max(stored)
    preview = _preview(module, raw, side)
    note = ""
    if preview is not None and max(preview.image.shape[:2]) >= wanted:
        image = preview.image
    else:
        try:
            image = _developed(raw, side)
        except module.LibRawError:
            if preview is None:
                raise
            image, note = preview.image, "The RAW data could not be developed: only its small preview was read."
    width, height = upright_size(stored, orientation)
    date = _date_of(data) or (preview.taken_at if preview else None) or _clock_of(raw)
    return PhotoContent(image, width, height, date, note)


def _preview(module: ModuleType, raw: "RawPy", side: int) -> PhotoContent | None:
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
            content = read_jpeg(bytes(preview.data), side, orientation=orientation if orientation != 1 else None)
        except PhotoError:
            return None
        except DECODER_ERRORS:
            return None
        return None if content.note else content
    pixels = np.asarray(preview.data)
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
        return None
    height, width = pixels.shape[:2]
    return PhotoContent(to_array(to_rgb(Pillow.fromarray(pixels), side), orientation), width, height, None)


def _developed(raw: "RawPy", side: int) -> Image:
    """Develop the sensor's data; LibRaw turns the picture upright itself."""
    size = (raw.sizes.width, raw.sizes.height)
    half = side > 0 and max(size) // 2 >= side
    with room_for(size, 2 if half else 1):
        pixels = raw.postprocess(use_camera_wb=True, half_size=half, output_bps=8)
        return to_array(to_rgb(Pillow.fromarray(np.asarray(pixels, dtype=np.uint8)), side), 1)


def _date_of(data: bytes) -> datetime | None:
    """Read the date out of a RAW file that is wrapped in TIFF, as most are."""
    exif = Pillow.Exif()
    try:
        exif.load_from_fp(io.BytesIO(data))
    except DECODER_ERRORS:
        return None
    return taken_at(exif)


def _clock_of(raw: "RawPy") -> datetime | None:
    """Return LibRaw's reading of the camera's clock, for files that are not TIFF; the epoch means that it has none."""
    try:
        date: datetime = raw.other.timestamp
    except DECODER_ERRORS:
        return None
    return date if date.year > _EPOCH else None
