"""A DNG file as a camera might write it: a JPEG preview first, then what the sensor saw (Adobe's DNG 1.4, TIFF 6.0)."""

import io
import struct
from dataclasses import dataclass

import numpy as np
from PIL import Image

SENSOR = (1224, 816)
PREVIEW = (1024, 683)
TAKEN = "2019:06:06 07:29:51"

BYTE, ASCII, SHORT, LONG, RATIONAL, SRATIONAL = 1, 2, 3, 4, 5, 10
_LENGTHS = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, SRATIONAL: 8}

Tags = dict[int, tuple[int, bytes]]
"""Tag → its type and its values, packed."""


@dataclass
class _File:
    data: bytearray

    def add(self, block: bytes) -> int:
        """Append a block at an even place and return where it lies."""
        self.data += bytes(len(self.data) % 2)
        place = len(self.data)
        self.data += block
        return place

    def add_directory(self, tags: Tags) -> int:
        """Append a directory, and the values that do not fit into its entries, and return where it lies."""
        entries = b""
        for tag, (kind, values) in sorted(tags.items()):
            held = values.ljust(4, b"\0") if len(values) <= 4 else struct.pack("<I", self.add(values))
            entries += struct.pack("<HHI", tag, kind, len(values) // _LENGTHS[kind]) + held
        return self.add(struct.pack("<H", len(tags)) + entries + bytes(4))


def picture(size: tuple[int, int]) -> Image.Image:
    """Return a picture of smooth colours with darker and lighter places."""
    small = np.random.default_rng(4).integers(30, 226, (7, 9, 3), dtype=np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)


def make_dng() -> bytes:
    """Return a DNG file whose preview and sensor show the same, upright, taken at `TAKEN`."""
    preview = io.BytesIO()
    picture(PREVIEW).save(preview, "JPEG", quality=90)
    seen = _mosaic(picture(SENSOR))
    # What the sensor saw comes last, as a camera writes it; where that is shows once the rest is written.
    place = len(_head(preview.getvalue(), 0, len(seen)))
    return _head(preview.getvalue(), place, len(seen)) + seen


def _head(preview: bytes, place: int, length: int) -> bytes:
    """Return the file up to what the sensor saw, `length` bytes at `place`."""
    file = _File(bytearray(b"II*\0" + bytes(4)))
    shown = file.add(preview)
    sensor = file.add_directory(_sensor(place, length))
    details = file.add_directory({36867: (ASCII, TAKEN.encode() + b"\0")})
    first = file.add_directory(_first(shown, len(preview), sensor, details))
    file.data[4:8] = struct.pack("<I", first)
    file.add(b"")
    return bytes(file.data)


def _mosaic(image: Image.Image) -> bytes:
    """Return what a sensor under red, green, green and blue filters would count, 16 bits a pixel."""
    linear = (np.asarray(image) / 255.0) ** 2.2 * 60_000
    seen = linear[..., 1].copy()
    seen[::2, ::2], seen[1::2, 1::2] = linear[::2, ::2, 0], linear[1::2, 1::2, 2]
    return seen.astype("<u2").tobytes()


def _shorts(*values: int) -> tuple[int, bytes]:
    return SHORT, struct.pack(f"<{len(values)}H", *values)


def _longs(*values: int) -> tuple[int, bytes]:
    return LONG, struct.pack(f"<{len(values)}I", *values)


def _sensor(place: int, length: int) -> Tags:
    width, height = SENSOR
    return {
        254: _longs(0), 256: _longs(width), 257: _longs(height), 258: _shorts(16), 259: _shorts(1),
        262: _shorts(32803), 273: _longs(place), 277: _shorts(1), 278: _longs(height), 279: _longs(length),
        284: _shorts(1), 33421: _shorts(2, 2), 33422: (BYTE, b"\0\1\1\2"), 50714: _shorts(0), 50717: _longs(60_000),
    }  # fmt: skip


def _first(place: int, length: int, sensor: int, details: int) -> Tags:
    width, height = PREVIEW
    # sRGB's primaries for daylight (IEC 61966-2-1): what the sensor sees needs no other colours.
    matrix = (32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570)
    return {
        254: _longs(1), 256: _longs(width), 257: _longs(height), 258: _shorts(8, 8, 8), 259: _shorts(7),
        262: _shorts(6), 271: (ASCII, b"Pinhole\0"), 272: (ASCII, b"Pinhole 1\0"), 273: _longs(place),
        274: _shorts(1), 277: _shorts(3), 278: _longs(height), 279: _longs(length), 330: _longs(sensor),
        34665: _longs(details), 50706: (BYTE, b"\1\4\0\0"), 50707: (BYTE, b"\1\1\0\0"), 50708: (ASCII, b"Pinhole 1\0"),
        50721: (SRATIONAL, b"".join(struct.pack("<ii", value, 10_000) for value in matrix)),
        50728: (RATIONAL, struct.pack("<6I", 1, 1, 1, 1, 1, 1)), 50778: _shorts(21),
    }  # fmt: skip
