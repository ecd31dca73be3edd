"""PNG, WebP, BMP, GIF and AVIF, decoded at full size; of an animation a frame that shows something."""

import io
from collections.abc import Callable

import numpy as np
from imagecodecs import webp_decode
from PIL import Image as Pillow
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from engine.geometry import Image
from engine.scan.colour import useful
from engine.scan.content import LARGE_MEMORY, PhotoContent, Wish, room_for
from engine.scan.formats import Kind
from engine.scan.frames import show_a_frame
from engine.scan.metadata import Parts, orientation_of, parts_of_picture, taken_of
from engine.scan.pixels import joined, scale_for, to_array, upright, upright_size
from engine.scan.png import PngParts, bare_png, metadata_of, pictures_of_bands, png_parts

_OPENERS: dict[Kind, Callable[[io.BytesIO], Pillow.Image]] = {
    Kind.WEBP: WebPImageFile,
    Kind.BMP: BmpImageFile,
    Kind.GIF: GifImageFile,
    Kind.AVIF: AvifImageFile,
}
"""Pillow's own classes, opened by name: no file's content can reach its fifty other decoders."""

_BYTES = {Kind.WEBP: 12, Kind.BMP: 5, Kind.GIF: 9, Kind.AVIF: 10}
"""Bytes that decoding takes for a pixel: measured at 9 to 60 megapixels."""

_PLAIN_WEBP_BYTES = 8
_BAND_ROWS_OF = 4_000_000


def read_still(kind: Kind, data: bytes, wish: Wish) -> PhotoContent:
    """Decode a picture and reduce it by a whole number to a longest side of at least what is wished.

    Raises `PhotoError` for a bomb, and what the decoders raise for damage.
    """
    if kind is Kind.PNG:
        return _read_png(data, wish)
    picture = _OPENERS[kind](io.BytesIO(data))
    if kind is Kind.WEBP and getattr(picture, "n_frames", 1) == 1:
        return _read_webp(data, picture, wish)
    return content_of(picture, wish, bytes_per_pixel=_BYTES[kind])


def content_of(
    picture: Pillow.Image,
    wish: Wish,
    *,
    bytes_per_pixel: int,
    orientation: int | None = None,
    parts: Parts | None = None,
) -> PhotoContent:
    """Load an opened picture; `orientation` (EXIF's) comes before its own. Errors as for `read_still`."""
    with room_for(picture.size, bytes_per_pixel * picture.width * picture.height):
        picture.load()
        show_a_frame(picture)
        found = parts_of_picture(picture) if parts is None else parts
        return _content(to_array(picture, wish.side, useful(found.icc, wish.colours)), picture.size, found, orientation)


def _content(image: Image, size: tuple[int, int], found: Parts, orientation: int | None = None) -> PhotoContent:
    turn = orientation_of(found) if orientation is None else orientation
    width, height = upright_size(size, turn)
    return PhotoContent(upright(image, turn), width, height, taken_of(found))


def _read_png(data: bytes, wish: Wish) -> PhotoContent:
    parts = png_parts(data)
    found = metadata_of(parts)
    pixels = parts.width * parts.height
    if 5 * pixels <= LARGE_MEMORY or parts.interlaced or parts.is_animated:
        picture = PngImageFile(io.BytesIO(bare_png(parts)))
        return content_of(picture, wish, bytes_per_pixel=5, parts=found)
    scale = scale_for((parts.width, parts.height), wish.side)
    with room_for((parts.width, parts.height), memory_in_bands(parts, scale)):
        rows = scale * max(1, _BAND_ROWS_OF // (parts.width * scale))
        image = joined(
            pictures_of_bands(parts, rows), (parts.width, parts.height), scale, useful(found.icc, wish.colours)
        )
        return _content(image, (parts.width, parts.height), found)


def memory_in_bands(parts: PngParts, scale: int) -> int:
    """Return the bytes that reading a PNG in bands takes: what comes of it twice, and a band in several forms."""
    band = max(_BAND_ROWS_OF, parts.width * scale)
    return 6 * parts.width * parts.height // scale**2 + 40 * band + LARGE_MEMORY // 8


def _read_webp(data: bytes, picture: Pillow.Image, wish: Wish) -> PhotoContent:
    """Decode a WebP of one frame without Pillow, which keeps three copies of it for the sake of animations."""
    size = picture.size
    with room_for(size, _PLAIN_WEBP_BYTES * size[0] * size[1]):
        found = parts_of_picture(picture)
        picture.close()
        pixels = np.asarray(webp_decode(data))
        return _content(to_array(Pillow.fromarray(pixels), wish.side, useful(found.icc, wish.colours)), size, found)
