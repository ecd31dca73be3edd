"""What a shared library of Linux names as what it needs, read from the file (System V ABI, chapter 5)."""

import struct
from collections.abc import Iterator
from pathlib import Path

LOAD, DYNAMIC = 1, 2
"""Kinds of segments."""
NEEDED, STRING_TABLE = 1, 5
"""Kinds of entries of the dynamic segment."""


def needed(path: Path) -> list[str]:
    """Return the names of the libraries that a 64-bit little-endian ELF file is linked with; none for other files."""
    data = path.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        return []
    segments = list(_segments(data))
    entries = [entry for kind, offset, _, size in segments if kind == DYNAMIC for entry in _entries(data, offset, size)]
    tables = [value for kind, value in entries if kind == STRING_TABLE]
    if not tables:
        return []
    start = next(
        offset + tables[0] - address
        for kind, offset, address, size in segments
        if kind == LOAD and address <= tables[0] < address + size
    )
    places = [start + value for kind, value in entries if kind == NEEDED]
    return [data[place : data.index(b"\0", place)].decode() for place in places]


def _segments(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield kind, offset in the file, address in memory and size in the file of each segment."""
    (table,) = struct.unpack_from("<Q", data, 32)
    length, count = struct.unpack_from("<HH", data, 54)
    for place in range(table, table + length * count, length):
        kind, _, offset, address, _, size = struct.unpack_from("<IIQQQQ", data, place)
        yield kind, offset, address, size


def _entries(data: bytes, offset: int, size: int) -> Iterator[tuple[int, int]]:
    for kind, value in struct.iter_unpack("<QQ", data[offset : offset + size - size % 16]):
        if kind == 0:
            return
        yield kind, value
