"""JPEG XL (ISO/IEC 18181), by imagecodecs' libjxl, and JPEG 2000 (ISO/IEC 15444), by Pillow's OpenJPEG."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from imagecodecs import jpegxl_decode
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile

from engine.errors import PhotoError
from engine.scan.colour import useful
from engine.scan.content import PhotoContent, Wish, room_for
from engine.scan.jxl_header import jxl_size
from engine.scan.metadata import Parts, exif_of, taken_by
from engine.scan.pixels import scale_for, to_array, upright, upright_size

_JXL_BYTES, _JP2_BYTES = 20, 14
"""Bytes that decoding takes for a pixel."""

_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_UUID = b"JpgTiffExif->JP2"


def read_jxl(data: bytes, wish: Wish) -> PhotoContent:
    """Decode a JPEG XL, its first frame, and reduce it. libjxl turns it upright and converts its colours to sRGB."""
    size = jxl_size(data)
    with room_for(size, _JXL_BYTES * size[0] * size[1]):
        pixels = np.asarray(jpegxl_decode(data, numthreads=1))
        if pixels.ndim == 4:
            pixels = pixels[0]
        picture = picture_of(pixels)
        found = _parts(data)
        width, height = picture.size
        image = upright(to_array(picture, wish.side), 1)
        return PhotoContent(image, width, height, taken_by(exif_of(found), b"", found.xmp))


def read_jp2(data: bytes, wish: Wish) -> PhotoContent:
    """Decode a JPEG 2000, at the resolution that is the smallest still large enough, and reduce it."""
    picture = Jpeg2KImageFile(io.BytesIO(data))
    size = picture.size
    fewer = max(0, min(5, scale_for(size, wish.side).bit_length() - 1))
    while fewer and min(size) >> fewer < 1:
        fewer -= 1
    small = (size[0] >> fewer) * (size[1] >> fewer)
    with room_for(size, _JP2_BYTES * small + size[0] * size[1] // 8):
        found = _parts(data)
        picture.reduce = fewer
        try:
            picture.load()
        except OSError:  # it has fewer resolutions than that
            picture = Jpeg2KImageFile(io.BytesIO(data))
            with room_for(size, _JP2_BYTES * size[0] * size[1]):
                picture.load()
        profile = found.icc or picture.info.get("icc_profile") or b""
        image = upright(to_array(picture, wish.side, useful(profile, wish.colours)), 1)
        return PhotoContent(image, *upright_size(size, 1), taken_by(exif_of(found), b"", found.xmp))


def picture_of(pixels: NDArray[Any]) -> Pillow.Image:
    """Return decoded samples (H × W or H × W × 1 to 4) of any depth as a picture of eight bits."""
    if pixels.dtype.kind == "f":
        pixels = (np.nan_to_num(pixels.astype(np.float32)).clip(0, 1) * 255).astype(np.uint8)
    elif pixels.dtype.itemsize == 2:
        pixels = (pixels >> 8).astype(np.uint8)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[..., 0]
    if pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4)):
        return Pillow.fromarray(np.ascontiguousarray(pixels, np.uint8))
    if pixels.ndim == 3 and pixels.shape[2] == 2:
        return Pillow.merge("LA", [Pillow.fromarray(np.ascontiguousarray(pixels[..., at], np.uint8)) for at in (0, 1)])
    raise PhotoError("The picture has more channels than Kinfolk knows.", "Save it as JPEG.")


def _parts(data: bytes) -> Parts:
    """Return the metadata in a container's boxes."""
    exif = xmp = b""
    for name, content in _boxes(data):
        if name == b"Exif":
            exif = content[4 + int.from_bytes(content[:4], "big") :]
        elif name == b"xml ":
            xmp = content
        elif name == b"uuid" and content.startswith(_XMP_UUID):
            xmp = content[16:]
        elif name == b"uuid" and content.startswith(_EXIF_UUID):
            exif = content[16:]
    return Parts(exif=exif, xmp=xmp)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the boxes of a file of the ISO family: name and content; nothing for a bare stream."""
    at = 0 if data[4:8] in (b"JXL ", b"jP  ") else len(data)
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = at + size if size else len(data)
        if end <= at:
            return
        if data[at + 4 : at + 8] != b"jxlc":
            yield data[at + 4 : at + 8], data[start:end]
        at = end
