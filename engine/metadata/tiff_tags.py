"""Two tags of the first directory of a file that is wrapped in TIFF: the packet of XMP and the orientation.

So are TIFF and BigTIFF, and most cameras' RAW files (DNG, CR2, NEF, ARW, ORF, RW2, PEF). Nothing else is read.
"""

import struct
from typing import BinaryIO

from engine.metadata.iso_boxes import read_at

_XMP, _ORIENTATION = 700, 274
_SHORT = 3
_MOST_TAGS = 4096
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 13: 4, 16: 8}
"""Bytes of a value of the types in which XMP is written."""

_BIG = 43


def tiff_tags(file: BinaryIO) -> tuple[bytes, int]:
    """Return the packet of XMP, empty where there is none, and EXIF's orientation, 1 where none is stated."""
    try:
        return _tags(file)
    except (struct.error, ValueError, OSError):
        return b"", 1


def _tags(file: BinaryIO) -> tuple[bytes, int]:
    file.seek(0)
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    is_big = struct.unpack(order + "H", head[2:4])[0] == _BIG
    (at,) = struct.unpack(order + ("Q" if is_big else "I"), head[8:16] if is_big else head[4:8])
    count_size, entry_size = (8, 20) if is_big else (2, 12)
    count = _unpacked(file, at, order + ("Q" if is_big else "H"), count_size)
    table = read_at(file, at + count_size, min(count, _MOST_TAGS) * entry_size)
    packet, orientation = b"", 1
    for start in range(0, len(table), entry_size):
        entry = table[start : start + entry_size]
        tag, kind = struct.unpack(order + "HH", entry[:4])
        if tag == _ORIENTATION and kind == _SHORT:
            (stated,) = struct.unpack(order + "H", entry[-8 if is_big else -4 :][:2])
            orientation = stated if 1 <= stated <= 8 else 1
        elif tag == _XMP:
            packet = _value(file, entry, order, kind)
    return packet, orientation


def _value(file: BinaryIO, entry: bytes, order: str, kind: int) -> bytes:
    wide = (len(entry) - 4) // 2
    count, place = struct.unpack(order + ("QQ" if wide == 8 else "II"), entry[4:])
    length = count * _SIZES.get(kind, 0)
    return entry[-wide:][:length] if length <= wide else read_at(file, place, length)


def _unpacked(file: BinaryIO, at: int, form: str, size: int) -> int:
    (value,) = struct.unpack(form, read_at(file, at, size))
    return int(value)
