"""The packets of XMP inside a photo's file, and how its stored pixels are turned, without decoding a pixel.

Only headers and the packets themselves are read from the disk, and nothing of it by a decoder.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from engine.errors import PhotoError
from engine.metadata.extended_xmp import extension_of
from engine.metadata.iso_boxes import XMP_UUID, boxes, content, items_of, read_at
from engine.metadata.tiff_tags import tiff_tags
from engine.metadata.xmp import MAX_PACKET
from engine.scan.formats import HEAD, Kind, kind_of
from engine.scan.jpeg_parts import parts_of
from engine.scan.metadata import Parts, orientation_of
from engine.scan.png import SIGNATURE, metadata_of, png_parts
from engine.scan.quiet_decoders import quiet_decoders

_JPEG_HEAD = 262_144
"""Bytes of a JPEG that are read first: its segments end before, but for extended XMP and previews."""

_JPEG_MOST = 64_000_000
_MOST_CHUNKS = 4096
_RAF_JPEG = 84
"""Where Fuji's RAW says where its JPEG lies, whose metadata are the photo's."""


class Embedded(NamedTuple):
    """The packets, the main one first; `orientation` is EXIF's, from the stored pixels to the upright photo.

    None for a RAW file in a container of which it is not known; XMP itself may say it.
    """

    packets: tuple[bytes, ...] = ()
    orientation: int | None = 1


def embedded_in(path: Path) -> Embedded:
    """Read a photo file's packets. Raises OSError where the file cannot be read.

    What is damaged has no packets: its names are as unknown as those of a photo without metadata.
    """
    quiet_decoders()
    with path.open("rb") as file:
        head = file.read(HEAD)
        try:
            kind = kind_of(head)
        except PhotoError:
            return Embedded()
        read = _READERS.get(kind)
        return read(file) if read else Embedded()


def _jpeg(file: BinaryIO, start: int = 0) -> Embedded:
    file.seek(start)
    data = file.read(_JPEG_HEAD)
    parts = parts_of(data)
    if not parts.first_scan and len(data) == _JPEG_HEAD:
        parts = parts_of(data + file.read(_JPEG_MOST))
    main = parts.xmp
    more = extension_of(main, parts.more_xmp) if main else b""
    return Embedded(_given(main, more), orientation_of(Parts(exif=parts.exif)))


def _png(file: BinaryIO) -> Embedded:
    """Read all chunks but the picture's, for text may follow it."""
    pieces, at = [SIGNATURE], len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        size, name = int.from_bytes(head[:4], "big"), head[4:]
        if len(head) < 8:
            break
        if name in (b"IHDR", b"eXIf", b"iTXt", b"zTXt", b"tEXt", b"IEND") and size <= MAX_PACKET:
            pieces.append(head + file.read(size + 4))
        at += 12 + size
    try:
        found = metadata_of(png_parts(b"".join(pieces)))
    except PhotoError:
        return Embedded()
    return Embedded(_given(found.xmp), orientation_of(found))


def _webp(file: BinaryIO) -> Embedded:
    found = {b"XMP ": b"", b"EXIF": b""}
    at = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            break
        size = int.from_bytes(head[4:], "little")
        if head[:4] in found and not found[head[:4]]:
            found[head[:4]] = read_at(file, at + 8, size)
        at += 8 + size + size % 2
    return Embedded(_given(found[b"XMP "]), orientation_of(Parts(exif=found[b"EXIF"])))


def _tiff(file: BinaryIO) -> Embedded:
    packet, orientation = tiff_tags(file)
    return Embedded(_given(packet), orientation)


def _heif(file: BinaryIO) -> Embedded:
    """Read a HEIC or AVIF, whose container turns the picture; where it does not, EXIF does (as `scan` shows it)."""
    meta = next((box for box in boxes(file, 0, _length(file)) if box.name == b"meta"), None)
    if meta is None:
        return Embedded()
    found = items_of(file, meta)
    turn = found.orientation or orientation_of(Parts(exif=_exif_of_item(found.exif)))
    return Embedded(_given(found.xmp), turn)


def _exif_of_item(item: bytes) -> bytes:
    """Return EXIF without the number before it that says how much else stands before it."""
    return item[4 + int.from_bytes(item[:4], "big") :]


def _boxed(file: BinaryIO) -> Embedded:
    """Read JPEG XL or JPEG 2000, whose decoders turn the picture themselves or not at all."""
    packet = b""
    for box in boxes(file, 0, _length(file)):
        if box.name == b"xml " and not packet:
            packet = content(file, box)
        elif box.name == b"uuid" and read_at(file, box.start, 16) == XMP_UUID:
            packet = content(file, box)[16:]
    return Embedded(_given(packet), 1)


def _raw(file: BinaryIO) -> Embedded:
    """Read a RAW file: Fuji's by its JPEG, Canon's CR3 by its boxes, the others are wrapped in TIFF."""
    file.seek(0)
    head = file.read(HEAD * 2)
    if head.startswith(b"FUJIFILMCCD-RAW"):
        return _jpeg(file, int.from_bytes(head[_RAF_JPEG : _RAF_JPEG + 4], "big"))
    if head[4:8] == b"ftyp":
        return _boxed(file)._replace(orientation=None)
    return _tiff(file) if head[:2] in (b"II", b"MM") else Embedded((), None)


def _length(file: BinaryIO) -> int:
    return file.seek(0, os.SEEK_END)


def _given(*packets: bytes) -> tuple[bytes, ...]:
    return tuple(packet for packet in packets if packet)


_READERS: dict[Kind, Callable[[BinaryIO], Embedded]] = {
    Kind.JPEG: _jpeg,
    Kind.PNG: _png,
    Kind.WEBP: _webp,
    Kind.TIFF: _tiff,
    Kind.HEIF: _heif,
    Kind.AVIF: _heif,
    Kind.JXL: _boxed,
    Kind.JP2: _boxed,
    Kind.RAW: _raw,
}
"""BMP has no metadata, and of GIF's nobody makes use."""
