"""What a photo says about itself: which way is up, and when it was taken."""

import re
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

from engine.scan.failures import DECODER_ERRORS


@dataclass(frozen=True, slots=True)
class Metadata:
    """`orientation` is EXIF's 1 to 8 (1: stored upright), `taken_at` the camera's local time without a zone."""

    orientation: int = 1
    taken_at: datetime | None = None


def read_metadata(image: Image.Image) -> Metadata:
    """Read a picture's metadata once it is loaded (PNG may keep EXIF behind the pixels).

    Damaged metadata is no reason to lose the picture: what cannot be parsed is absent.
    """
    try:
        exif = image.getexif()
    except DECODER_ERRORS:
        exif = Image.Exif()
    return Metadata(orientation_of(exif), taken_at(exif, _xmp_of(image)))


def orientation_of(exif: Image.Exif) -> int:
    """Return EXIF's orientation, 1 where it is absent or out of range."""
    value = exif.get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken_at(exif: Image.Exif, xmp: bytes = b"") -> datetime | None:
    """Return when the photo was taken: EXIF DateTimeOriginal, DateTimeDigitized, DateTime, then XMP's dates.

    The camera's own local time: fractions of a second and offsets from UTC are left out, because people look for
    photos by the clock of the place. The file's date is never used; None means unknown.
    """
    details = _details_of(exif)
    written = (
        details.get(ExifTags.Base.DateTimeOriginal),
        details.get(ExifTags.Base.DateTimeDigitized),
        exif.get(ExifTags.Base.DateTime),
        *_xmp_dates(xmp),
    )
    return next((date for date in map(parse_date, written) if date is not None), None)


_DATE = re.compile(r"\s*(\d{4})[:/.-](\d\d)[:/.-](\d\d)(?:[ T]+(\d\d):(\d\d)(?::(\d\d))?)?")
_FIRST_YEAR = 1826
"""The year of the oldest photograph; an earlier date is a clock that was never set."""


def parse_date(written: object) -> datetime | None:
    """Parse "2024:05:06 07:08:09" (EXIF 3.0, 4.6.5) or ISO 8601; None for blanks, zeros, dates that do not exist."""
    if isinstance(written, bytes):
        written = written.decode("ascii", "replace")
    match = _DATE.match(written) if isinstance(written, str) else None
    if match is None:
        return None
    try:
        date = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - six whole numbers; local time by design
    except ValueError:
        return None
    return date if date.year >= _FIRST_YEAR else None


def _details_of(exif: Image.Exif) -> dict[int, object]:
    try:
        return exif.get_ifd(ExifTags.IFD.Exif)
    except DECODER_ERRORS:
        return {}


def _xmp_of(image: Image.Image) -> bytes:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return packet.encode("utf-8", "replace") if isinstance(packet, str) else bytes(packet)


_XMP_NAMES = (b"exif:DateTimeOriginal", b"photoshop:DateCreated", b"xmp:CreateDate")


def _xmp_dates(packet: bytes) -> list[bytes]:
    """Find XMP's dates by pattern, as attributes or elements; an XML parser would open a door for hostile files."""
    found = (re.search(name + rb"""\s*(?:=\s*["']|>)([^"'<]{1,40})""", packet) for name in _XMP_NAMES)
    return [match.group(1) for match in found if match]
