"""The size in a WebP's header (RFC 9649)."""

import struct

from engine.errors import PhotoError

_ANIMATED = 2


def webp_size(data: bytes) -> tuple[tuple[int, int], bool]:
    """Return (width, height) and whether there is more than one frame. Raises `PhotoError` where there is no header."""
    try:
        if data[12:16] == b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return (width & 0x3FFF, height & 0x3FFF), False
        if data[12:16] == b"VP8L":
            (packed,) = struct.unpack_from("<I", data, 21)
            return ((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1), False
        if data[12:16] == b"VP8X" and len(data) >= 30:
            across, down = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
            return (across, down), bool(data[20] & _ANIMATED)
    except struct.error as error:
        raise PhotoError("The WebP ends before its picture begins.") from error
    raise PhotoError("The WebP ends before its picture begins, or its header is damaged.")
