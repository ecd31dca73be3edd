"""JPEG XL (ISO/IEC 18181), by imagecodecs' libjxl, and JPEG 2000 (ISO/IEC 15444), by Pillow's OpenJPEG."""

import io
from collections.abc import Iterator

import numpy as np
from imagecodecs import jpegxl_decode
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile

from engine.scan.colour import useful
from engine.scan.content import PhotoContent, room_for
from engine.scan.jxl_header import jxl_size
from engine.scan.metadata import Parts, exif_of, taken_by
from engine.scan.pixels import picture_of, to_array, upright, upright_size
from engine.scan.purpose import Wish

_JXL_BYTES, _JP2_BYTES = 9, 20
"""Bytes that decoding takes for a pixel: 5.7 and 20 were measured at 24 megapixels without transparency."""

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
        image = upright(to_array(picture, wish.scale_for(picture.size)), 1)
        return PhotoContent(image, width, height, taken_by(exif_of(found), b"", found.xmp))


def read_jp2(data: bytes, wish: Wish) -> PhotoContent:
    """Decode a JPEG 2000, at the resolution that is the smallest still large enough, and reduce it."""
    picture = Jpeg2KImageFile(io.BytesIO(data))
    size = picture.size
    fewer = max(0, min(5, wish.scale_for(size).bit_length() - 1))
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
        image = upright(to_array(picture, wish.scale_for(picture.size), useful(profile, wish.purpose)), 1)
        return PhotoContent(image, *upright_size(size, 1), taken_by(exif_of(found), b"", found.xmp))


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
