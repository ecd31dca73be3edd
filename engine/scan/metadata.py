"""What a photo says about itself: which way is up, and when it was taken.

Damaged metadata is no reason to lose the picture: what cannot be read is absent.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

from engine.scan.dates import Date, Taken, TakenFrom, date_of, parse_date
from engine.scan.decoder_errors import DECODER_ERRORS
from engine.scan.iptc import iptc_date

_MAX_PACKET = 16_000_000
"""Bytes of an XMP packet that are looked at."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The blocks of metadata that a file holds, as bytes; empty where there are none.

    `exif` is a TIFF structure, with or without "Exif" before it; `iptc` is IPTC-IIM, alone or in Photoshop's resources.
    """

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    icc: bytes = b""


def parts_of_picture(picture: Image.Image) -> Parts:
    """Return what Pillow found in a file."""
    info = picture.info
    exif = info.get("exif") or b""
    return Parts(
        _bytes(exif), _bytes(info.get("xmp") or info.get("XML:com.adobe.xmp")), b"", _bytes(info.get("icc_profile"))
    )


def exif_of(parts: Parts) -> Image.Exif:
    """Return the EXIF block; an empty one where it cannot be read."""
    exif = Image.Exif()
    try:
        exif.load(parts.exif)
        exif.get(ExifTags.Base.Orientation)  # values are read when they are asked for
    except DECODER_ERRORS:
        return Image.Exif()
    return exif


def orientation_of(parts: Parts) -> int:
    """Return EXIF's orientation, 1 to 8; 1 (stored upright) where it is absent or out of range."""
    return turn_of(exif_of(parts))


def turn_of(exif: Image.Exif) -> int:
    """Return the orientation that an EXIF block states, as `orientation_of`."""
    value = _value(lambda: exif.get(ExifTags.Base.Orientation, 1))
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken_of(parts: Parts) -> Taken | None:
    """Return when the photo was taken: by EXIF, else IPTC, the satellites' clock, XMP; None means unknown.

    The file's own date is never used: it says when it was copied.
    """
    return taken_by(exif_of(parts), parts.iptc, parts.xmp)


def taken_by(exif: Image.Exif, iptc: bytes = b"", xmp: bytes = b"") -> Taken | None:
    """Return when the photo was taken, from blocks that are read already; as `taken_of`."""
    readers: tuple[tuple[TakenFrom, Callable[[], Date | None]], ...] = (
        (TakenFrom.EXIF, lambda: _first(_exif_dates(exif))),
        (TakenFrom.IPTC, lambda: iptc_date(iptc)),
        (TakenFrom.GPS, lambda: _gps_date(exif)),
        (TakenFrom.XMP, lambda: xmp_date(xmp)),
    )
    for source, read in readers:
        date = _value(read)
        if isinstance(date, Date):
            return Taken(date.at, date.precision, source)
    return None


def xmp_date(packet: bytes) -> Date | None:
    """Return when XMP says that the photo was taken.

    By pattern, as attributes or elements: an XML parser would open a door for hostile files.
    """
    packet = packet[:_MAX_PACKET]
    if packet[:2] in (b"\xff\xfe", b"\xfe\xff") or packet[1:2] == b"\0" or packet[:1] == b"\0":
        packet = packet.replace(b"\0", b"")
    return _first(_xmp_dates(packet))


def inflated(data: bytes, limit: int = _MAX_PACKET) -> bytes:
    """Return what zlib packed, nothing where that is damaged or longer than `limit` bytes."""
    unpack = zlib.decompressobj()
    try:
        content = unpack.decompress(data, limit)
    except zlib.error:
        return b""
    return content if not unpack.unconsumed_tail else b""


def _exif_dates(exif: Image.Exif) -> Iterator[object]:
    details = _value(lambda: exif.get_ifd(ExifTags.IFD.Exif)) or {}
    if isinstance(details, dict):
        for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized):
            yield _value(lambda tag=tag: details.get(tag))  # type: ignore[misc]
    for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized, ExifTags.Base.DateTime):
        yield _value(lambda tag=tag: exif.get(tag))  # type: ignore[misc]


def _gps_date(exif: Image.Exif) -> Date | None:
    """Return the satellites' date and time, which are those of Greenwich."""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    date = parse_date(gps.get(ExifTags.GPS.GPSDateStamp))
    clock = _value(lambda: [float(part) for part in gps[ExifTags.GPS.GPSTimeStamp]])
    if date is None or not isinstance(clock, list) or len(clock) != 3 or not all(0 <= part <= 60 for part in clock):
        return date
    at: datetime = date.at
    return date_of((at.year, at.month, at.day), ":".join(f"{int(part):02}" for part in clock)) or date


_XMP_NAMES = (b"exif:DateTimeOriginal", b"photoshop:DateCreated", b"exif:DateTimeDigitized", b"xmp:CreateDate")


def _xmp_dates(packet: bytes) -> Iterator[bytes]:
    for name in _XMP_NAMES:
        match = re.search(re.escape(name) + rb"""\s*(?:=\s*["']|>\s*)([^"'<]{1,60})""", packet)
        if match:
            yield match.group(1)


def _first(written: Iterator[object]) -> Date | None:
    return next((date for date in map(parse_date, written) if date is not None), None)


def _value(read: Callable[[], object]) -> object:
    """Return what reading a value gives, None where that fails: tags have any type and any content."""
    try:
        return read()
    except DECODER_ERRORS:
        return None


def _bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else b""
