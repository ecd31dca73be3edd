"""The formats whose decoders only know full size: PNG, WebP, TIFF, BMP, GIF, AVIF. First frame, first page."""

import io
from collections.abc import Callable

from PIL import Image as Pillow
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from engine.scan.content import PhotoContent, room_for
from engine.scan.formats import Kind
from engine.scan.metadata import read_metadata
from engine.scan.pixels import to_array, to_rgb, upright_size

_OPENERS: dict[Kind, Callable[[io.BytesIO], Pillow.Image]] = {
    Kind.PNG: PngImageFile,
    Kind.WEBP: WebPImageFile,
    Kind.TIFF: TiffImageFile,
    Kind.BMP: BmpImageFile,
    Kind.GIF: GifImageFile,
    Kind.AVIF: AvifImageFile,
}
"""Pillow's own classes, opened by name: no file's content can reach its fifty other decoders."""


def read_still(kind: Kind, data: bytes, side: int) -> PhotoContent:
    """Decode a picture and reduce it by a whole number to a longest side of at least `side` (0: full size).

    Raises `PhotoError` for a bomb, and what the decoders raise for damage.
    """
    return content_of(_OPENERS[kind](io.BytesIO(data)), side)


def content_of(picture: Pillow.Image, side: int, *, orientation: int | None = None) -> PhotoContent:
    """Load an opened picture; `orientation` (EXIF's) comes before its own. Errors as for `read_still`."""
    with room_for(picture.size):
        picture.load()
        metadata = read_metadata(picture)
        turn = metadata.orientation if orientation is None else orientation
        # Only now is the size right: TIFF turns itself upright while it loads and then states no orientation.
        width, height = upright_size(picture.size, turn)
        return PhotoContent(to_array(to_rgb(picture, side), turn), width, height, metadata.taken_at)
