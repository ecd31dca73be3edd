"""What a WebP's header says (RFC 9649)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from engine.errors import PhotoError
from engine.scan.metadata import Parts
from engine.words import sentence

_ANIMATED, _ALPHA = 2, 16


class WebpHeader(NamedTuple):
    """`size` is (width, height); `is_simple` says that the one picture is lossy and opaque: decoded row by row."""

    size: tuple[int, int]
    is_animated: bool
    is_simple: bool


def webp_header(data: bytes) -> WebpHeader:
    """Read the header. Raises `PhotoError` where there is none."""
    try:
        if data[12:16] == b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return WebpHeader((width & 0x3FFF, height & 0x3FFF), is_animated=False, is_simple=True)
        if data[12:16] == b"VP8L":
            (packed,) = struct.unpack_from("<I", data, 21)
            size = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
            return WebpHeader(size, is_animated=False, is_simple=False)
        if data[12:16] == b"VP8X" and len(data) >= 30:
            across, down = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
            is_simple = not data[20] & (_ANIMATED | _ALPHA) and _first_picture(data) == b"VP8 "
            return WebpHeader((across, down), bool(data[20] & _ANIMATED), is_simple)
    except struct.error as error:
        raise PhotoError(sentence("The WebP ends before its picture begins.")) from error
    raise PhotoError(sentence("The WebP ends before its picture begins, or its header is damaged."))


def webp_parts(data: bytes) -> Parts:
    """Return the blocks of metadata in a WebP's chunks."""
    found = {name: content for name, content in _chunks(data) if name in (b"EXIF", b"XMP ", b"ICCP")}
    return Parts(found.get(b"EXIF", b""), found.get(b"XMP ", b""), b"", found.get(b"ICCP", b""))


def _first_picture(data: bytes) -> bytes:
    """Return the name of the first chunk that holds a picture; empty where there is none."""
    return next((name for name, _ in _chunks(data) if name in (b"VP8 ", b"VP8L")), b"")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length] if name not in (b"VP8 ", b"VP8L") else b""
        at += 8 + length + length % 2
