"""HEIC pictures that are put together of tiles (ISO/IEC 23008-12, 6.6.2.3), read tile by tile.

libheif gives whole pictures only, as it is bound to Python. But a tile is an item like any other: a file that names it
as its primary picture is read as that tile alone, and so a picture of any size takes the memory of one row of tiles.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HIDDEN = 1
_MOST_TILES = 65_536


@dataclass(frozen=True, slots=True)
class HeifGrid:
    """The tiles of a primary picture, row by row, and where the file says which picture is shown.

    `size` is (width, height) as stored, before any turn; tiles at the right and lower edge may stand out.
    `turn` is EXIF's number for the rotation and mirror that the container asks for, 1 for none.
    """

    size: tuple[int, int]
    columns: int
    tiles: tuple[int, ...]
    turn: int
    primary_at: int
    id_bytes: int
    flags_at: dict[int, int]

    def file_of(self, data: bytes, tile: int) -> bytes:
        """Return the file with this tile as its only shown picture."""
        changed = bytearray(data)
        changed[self.primary_at : self.primary_at + self.id_bytes] = tile.to_bytes(self.id_bytes, "big")
        changed[self.flags_at[tile] + 2] &= ~_HIDDEN
        return bytes(changed)


def grid_of(data: bytes) -> HeifGrid | None:
    """Return the tiles of the primary picture; None where it is none of tiles, is cropped, or the header is damaged."""
    try:
        return _grid(data)
    except (struct.error, IndexError, KeyError, StopIteration):
        return None


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    end: int


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", data, start + 8), 16
        stop = start + size if size else end
        if stop < start + head or stop > end:
            return
        yield _Box(kind, start + head, stop)
        start = stop


def _grid(data: bytes) -> HeifGrid | None:
    meta = next(box for box in _boxes(data, 0, len(data)) if box.kind == b"meta")
    inside = {box.kind: box for box in _boxes(data, meta.start + 4, meta.end)}
    at = inside[b"pitm"].start
    id_bytes = 4 if data[at] else 2
    primary = int.from_bytes(data[at + 4 : at + 4 + id_bytes], "big")
    kinds, flags_at = _items(data, inside[b"iinf"])
    if kinds[primary] != b"grid":
        return None
    tiles = _tiles(data, inside[b"iref"], primary)
    turn = _turn(data, inside[b"iprp"], primary)
    place = _place(data, inside[b"iloc"], inside.get(b"idat"), primary)
    rows, columns, size = _layout(data, place)
    is_whole = len(tiles) == rows * columns <= _MOST_TILES and all(kinds[tile] == b"hvc1" for tile in tiles)
    if turn is None or not is_whole or any(tile >> 8 * id_bytes for tile in tiles):
        return None
    return HeifGrid(size, columns, tiles, turn, at + 4, id_bytes, flags_at)


def _items(data: bytes, box: _Box) -> tuple[dict[int, bytes], dict[int, int]]:
    """Return the kind of each item, and where the flags of its entry lie."""
    kinds, flags_at = {}, {}
    for entry in _boxes(data, box.start + (8 if data[box.start] else 6), box.end):
        wide = data[entry.start] >= 3
        number, _, kind = struct.unpack_from(">IH4s" if wide else ">HH4s", data, entry.start + 4)
        kinds[number], flags_at[number] = kind, entry.start + 1
    return kinds, flags_at


def _tiles(data: bytes, box: _Box, primary: int) -> tuple[int, ...]:
    wide = "I" if data[box.start] else "H"
    for reference in _boxes(data, box.start + 4, box.end):
        source, count = struct.unpack_from(f">{wide}H", data, reference.start)
        if reference.kind == b"dimg" and source == primary:
            return struct.unpack_from(f">{count}{wide}", data, reference.start + struct.calcsize(f">{wide}H"))
    return ()


_TURNS = {(): 1, (1,): 8, (2,): 3, (3,): 6}
"""EXIF's numbers for quarter turns against the clock."""


def _turn(data: bytes, box: _Box, primary: int) -> int | None:
    """Return how the picture is to be turned; None where it is mirrored or cropped, which is rare."""
    inside = {each.kind: each for each in _boxes(data, box.start, box.end)}
    properties = list(_boxes(data, inside[b"ipco"].start, inside[b"ipco"].end))
    turns: tuple[int, ...] = ()
    for index in _associated(data, inside[b"ipma"], primary):
        if not index:
            continue
        one = properties[index - 1]
        if one.kind in (b"imir", b"clap"):
            return None
        if one.kind == b"irot" and data[one.start] & 3:
            turns = (*turns, data[one.start] & 3)
    return _TURNS.get(turns)


def _associated(data: bytes, box: _Box, item: int) -> list[int]:
    """Return the numbers of an item's properties, from 1."""
    version, wide = data[box.start], data[box.start + 3] & 1
    (count,) = struct.unpack_from(">I", data, box.start + 4)
    at = box.start + 8
    for _ in range(count):
        number, entries = struct.unpack_from(">IB" if version else ">HB", data, at)
        at += 5 if version else 3
        words = struct.unpack_from(f">{entries}{'H' if wide else 'B'}", data, at)
        at += entries * (2 if wide else 1)
        if number == item:
            return [word & (0x7FFF if wide else 0x7F) for word in words]
    return []


def _place(data: bytes, box: _Box, kept: _Box | None, item: int) -> int:
    """Return where an item's first bytes lie in the file."""
    version, sizes = data[box.start], struct.unpack_from(">H", data, box.start + 4)[0]
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    at = box.start + 6
    count = int.from_bytes(data[at : at + (4 if version == 2 else 2)], "big")
    at += 4 if version == 2 else 2
    for _ in range(count):
        wide = 4 if version == 2 else 2
        number = int.from_bytes(data[at : at + wide], "big")
        at += wide
        method = data[at + 1] & 15 if version else 0
        at += (2 if version else 0) + 2
        begin = int.from_bytes(data[at : at + base], "big")
        at += base
        extents = int.from_bytes(data[at : at + 2], "big")
        at += 2
        step = (index if version else 0) + offset + length
        if number == item:
            first = at + (index if version else 0)
            begin += int.from_bytes(data[first : first + offset], "big")
            return begin + (kept.start if method == 1 and kept is not None else 0)
        at += extents * step
    raise KeyError(item)


def _layout(data: bytes, at: int) -> tuple[int, int, tuple[int, int]]:
    """Return rows, columns and (width, height)."""
    flags, rows, columns = data[at + 1], data[at + 2] + 1, data[at + 3] + 1
    width, height = struct.unpack_from(">II" if flags & 1 else ">HH", data, at + 4)
    return rows, columns, (width, height)
