"""PNG, WebP, BMP, GIF and AVIF, decoded at full size; of an animation a frame that shows something."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from imagecodecs import avif_decode, webp_decode
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from engine.geometry import Image
from engine.scan.colour import useful
from engine.scan.content import LARGE_MEMORY, PhotoContent, room_for
from engine.scan.formats import Kind
from engine.scan.frames import show_a_frame
from engine.scan.metadata import Parts, orientation_of, parts_of_picture, taken_of
from engine.scan.pixels import joined, picture_of, to_array, upright, upright_size
from engine.scan.png import PngParts, bare_png, metadata_of, pictures_of_bands, png_parts
from engine.scan.purpose import Wish
from engine.scan.webp_header import webp_header, webp_parts

_OPENERS: dict[Kind, Callable[[io.BytesIO], Pillow.Image]] = {
    Kind.WEBP: WebPImageFile,
    Kind.BMP: BmpImageFile,
    Kind.GIF: GifImageFile,
    Kind.AVIF: AvifImageFile,
}
"""Pillow's own classes, opened by name: no file's content can reach its fifty other decoders."""

_BYTES = {Kind.WEBP: 17, Kind.BMP: 5, Kind.GIF: 14, Kind.AVIF: 10}
"""Bytes that Pillow takes for a pixel, of animations where there are any: 16.3, 4.0 and 8.8 were measured at 24
megapixels, of GIF 1.0 for a single frame."""

_SINGLE = {Kind.WEBP: 8, Kind.AVIF: 7, Kind.GIF: 3}
"""The same for one frame, without Pillow where it keeps copies for the sake of animations: 7.9 for a lossless WebP with
transparency, of which libwebp makes all pixels before it gives the first, and 7.0."""

_SIMPLE_WEBP = 3.2
"""The same for a lossy opaque WebP, 2.95 measured: one of the largest, 268 megapixels, is read."""

_PNG_BYTES = 5
_BAND_ROWS_OF = 4_000_000


def read_still(kind: Kind, data: bytes, wish: Wish) -> PhotoContent:
    """Decode a picture and reduce it by a whole number to a longest side of at least what is wished.

    Raises `PhotoError` for a bomb, and what the decoders raise for damage.
    """
    if kind is Kind.PNG:
        return _read_png(data, wish)
    if kind is Kind.WEBP:  # before Pillow, which makes room for all of it when it opens the file
        size, is_animated, is_simple = webp_header(data)
        needed = _BYTES[kind] if is_animated else _SIMPLE_WEBP if is_simple else _SINGLE[kind]
        with room_for(size, int(needed * size[0] * size[1])):
            if is_animated:
                return _read_opened(kind, data, wish)
            return content_from(np.asarray(webp_decode(data)), wish, webp_parts(data))
    return _read_opened(kind, data, wish)


def _read_opened(kind: Kind, data: bytes, wish: Wish) -> PhotoContent:
    picture = _OPENERS[kind](io.BytesIO(data))
    is_single = getattr(picture, "n_frames", 1) == 1
    if is_single and kind is Kind.AVIF:
        found, size = parts_of_picture(picture), picture.size
        picture.close()
        with room_for(size, _SINGLE[kind] * size[0] * size[1]):
            pixels = np.asarray(avif_decode(data, numthreads=1))
            return content_from(pixels, wish, found)
    bytes_per_pixel = (_SINGLE if is_single and kind in _SINGLE else _BYTES)[kind]
    return content_of(picture, wish, bytes_per_pixel=bytes_per_pixel)


def content_of(picture: Pillow.Image, wish: Wish, *, bytes_per_pixel: int, parts: Parts | None = None) -> PhotoContent:
    """Load an opened picture, or a frame of it that shows something. Errors as for `read_still`."""
    with room_for(picture.size, bytes_per_pixel * picture.width * picture.height):
        picture.load()
        show_a_frame(picture)
        found = parts_of_picture(picture) if parts is None else parts
        return _content(
            to_array(picture, wish.scale_for(picture.size), useful(found.icc, wish.purpose)), picture.size, found
        )


def content_from(pixels: NDArray[Any], wish: Wish, found: Parts, orientation: int | None = None) -> PhotoContent:
    """Reduce decoded samples (H × W or H × W × 1 to 4, of any depth); `orientation` (EXIF's) comes before its own.

    Band by band: a picture of Pillow's, which all but plain RGB becomes, takes four bytes a pixel more.
    """
    height, width = pixels.shape[:2]
    scale = wish.scale_for((width, height))
    rows = scale * max(1, _BAND_ROWS_OF // (max(width, 1) * scale))
    is_rgb = pixels.dtype == np.uint8 and pixels.shape[2:] == (3,)
    parts = (pixels[top : top + rows] for top in range(0, height, rows))
    bands = parts if is_rgb else map(picture_of, parts)
    return content_of_bands(bands, (width, height), wish, found, orientation)


def content_of_bands(
    bands: Iterable[Pillow.Image | Image],
    size: tuple[int, int],
    wish: Wish,
    found: Parts,
    orientation: int | None = None,
) -> PhotoContent:
    """Put bands of a picture of this size (width, height) together; `orientation` (EXIF's) comes before its own.

    Each band but the last has a multiple of `wish.scale_for(size)` rows.
    """
    image = joined(bands, size, wish.scale_for(size), useful(found.icc, wish.purpose))
    return _content(image, size, found, orientation)


def _content(image: Image, size: tuple[int, int], found: Parts, orientation: int | None = None) -> PhotoContent:
    turn = orientation_of(found) if orientation is None else orientation
    width, height = upright_size(size, turn)
    return PhotoContent(upright(image, turn), width, height, taken_of(found))


def _read_png(data: bytes, wish: Wish) -> PhotoContent:
    parts = png_parts(data)
    found, size = metadata_of(parts), (parts.width, parts.height)
    if _PNG_BYTES * size[0] * size[1] <= LARGE_MEMORY or parts.interlaced or parts.is_animated:
        picture = PngImageFile(io.BytesIO(bare_png(parts)))
        return content_of(picture, wish, bytes_per_pixel=_PNG_BYTES, parts=found)
    scale = wish.scale_for(size)
    with room_for(size, memory_in_bands(parts, scale)):
        rows = scale * max(1, _BAND_ROWS_OF // (parts.width * scale))
        return content_of_bands(pictures_of_bands(parts, rows), size, wish, found)


def memory_in_bands(parts: PngParts, scale: int) -> int:
    """Return the bytes that reading a PNG in bands takes: what comes of it twice, and a band in several forms."""
    band = max(_BAND_ROWS_OF, parts.width * scale)
    return 6 * parts.width * parts.height // scale**2 + 40 * band + LARGE_MEMORY // 8
