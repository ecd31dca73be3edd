"""Boxes of the ISO media family (ISO/IEC 14496-12): where HEIC, AVIF, CR3, JPEG XL and JPEG 2000 keep their metadata.

Only headers and what is wanted are read; a file may claim any size, which costs nothing but its own metadata.
"""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""Names the box of XMP (ISO 16684-3) in CR3 and JPEG 2000."""

MOST_BYTES = 16_000_000
_MOST_BOXES = 4096


class IsoBox(NamedTuple):
    """A box: its name, and where its content lies in the file."""

    name: bytes
    start: int
    end: int


def boxes(file: BinaryIO, at: int, end: int) -> Iterator[IsoBox]:
    """Yield the boxes between two places of a file, as far as they make sense."""
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(16)
        size, name, start = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), at + 16
        after = end if size == 0 else at + size
        if len(name) < 4 or after < start or after > end:
            return
        yield IsoBox(name, start, after)
        at = after


def content(file: BinaryIO, box: IsoBox) -> bytes:
    """Return what lies in a box, nothing where that is too large."""
    return read_at(file, box.start, box.end - box.start)


def read_at(file: BinaryIO, at: int, length: int) -> bytes:
    """Return so many bytes from a place of a file; nothing where they are too many or not all there."""
    if not 0 < length <= MOST_BYTES or at < 0:
        return b""
    file.seek(at)
    data = file.read(length)
    return data if len(data) == length else b""


class Items(NamedTuple):
    """What the `meta` box of a picture says of its items: XMP and EXIF, and how the container turns the picture.

    `orientation` is in EXIF's numbers, None where the container leaves the picture as it is stored.
    """

    xmp: bytes
    exif: bytes
    orientation: int | None


def items_of(file: BinaryIO, meta: IsoBox) -> Items:
    """Read the items of a HEIC's or AVIF's `meta` box (ISO/IEC 23008-12); empty where there are none."""
    inside = content(file, meta)
    memory = io.BytesIO(inside)
    parts = {box.name: box for box in boxes(memory, 4, len(inside))}
    if b"iinf" not in parts or b"iloc" not in parts:
        return Items(b"", b"", None)
    kinds = _kinds(memory, parts[b"iinf"])
    places = _places(content(memory, parts[b"iloc"]))
    own = content(memory, parts[b"idat"]) if b"idat" in parts else b""
    found = {b"mime": b"", b"Exif": b""}
    for number, kind in kinds.items():
        if kind in found and not found[kind] and number in places:
            found[kind] = _joined(file, own, places[number])
    return Items(found[b"mime"], found[b"Exif"], _orientation(inside))


_ORIENTATIONS = {
    (0, None): 1,
    (0, 1): 2,
    (2, None): 3,
    (0, 0): 4,
    (1, 0): 5,
    (3, None): 6,
    (3, 0): 7,
    (1, None): 8,
    (2, 1): 4,
    (2, 0): 2,
    (1, 1): 7,
    (3, 1): 5,
}
"""Quarter turns against the clock, then a mirror (0: top and bottom change places, 1: left and right) to EXIF's number;
ISO/IEC 23008-12, 6.5.10 and 6.5.12."""


def _orientation(meta: bytes) -> int | None:
    """Return how the first rotation and the first mirror among the properties turn the picture."""
    turns, mirror = (meta.find(name) + len(name) for name in (b"irot", b"imir"))
    has_turn, has_mirror = turns > 3 and turns < len(meta), mirror > 3 and mirror < len(meta)
    if not has_turn and not has_mirror:
        return None
    return _ORIENTATIONS[meta[turns] & 3 if has_turn else 0, meta[mirror] & 1 if has_mirror else None]


def _kinds(memory: BinaryIO, iinf: IsoBox) -> dict[int, bytes]:
    """Return the kind of each item: "mime" for XMP, "Exif"; a mime item of another content type is left out."""
    memory.seek(iinf.start)
    version = memory.read(1)
    kinds: dict[int, bytes] = {}
    for box in boxes(memory, iinf.start + (6 if version == b"\0" else 8), iinf.end):
        entry = content(memory, box)
        if box.name != b"infe" or len(entry) < 12 or entry[0] not in (2, 3):
            continue
        wide = 4 if entry[0] == 3 else 2
        number, kind = int.from_bytes(entry[4 : 4 + wide], "big"), entry[6 + wide : 10 + wide]
        if kind != b"mime" or b"application/rdf+xml" in entry[10 + wide :]:
            kinds[number] = kind
    return kinds


Place = tuple[int, list[tuple[int, int]]]
"""How an item is kept (0 in the file, 1 in the `idat` box), and its pieces: offset and length."""


def _places(iloc: bytes) -> dict[int, Place]:
    try:
        return dict(_located(io.BytesIO(iloc)))
    except (struct.error, ValueError):
        return {}


def _located(iloc: BinaryIO) -> Iterator[tuple[int, Place]]:
    version, _, sizes, more = struct.unpack(">B3sBB", iloc.read(6))
    offset_size, length_size, base_size, index_size = sizes >> 4, sizes & 15, more >> 4, more & 15
    wide = 4 if version == 2 else 2
    for _ in range(min(_number(iloc, wide), _MOST_BOXES)):
        number = _number(iloc, wide)
        method = _number(iloc, 2) & 15 if version else 0
        _number(iloc, 2)  # where the data lie: this file
        base = _number(iloc, base_size)
        pieces: list[tuple[int, int]] = []
        for _ in range(min(_number(iloc, 2), _MOST_BOXES)):
            _number(iloc, index_size if version else 0)
            pieces.append((base + _number(iloc, offset_size), _number(iloc, length_size)))
        yield number, (method, pieces)


def _number(source: BinaryIO, size: int) -> int:
    data = source.read(size)
    if len(data) < size:
        raise ValueError("the box ends early")
    return int.from_bytes(data, "big")


def _joined(file: BinaryIO, own: bytes, place: Place) -> bytes:
    method, pieces = place
    if sum(length for _, length in pieces) > MOST_BYTES:
        return b""
    if method == 1:
        return b"".join(own[at : at + length] for at, length in pieces)
    return b"".join(read_at(file, at, length) for at, length in pieces) if method == 0 else b""
