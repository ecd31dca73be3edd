"""From a photo file to upright sRGB pixels, without risk to the process that asks. Safe in any number of threads.

JPEGs and small pictures of simple formats, whose headers say that they take little memory and time, are decoded here
(`readers`). All else is decoded in a process that can be ended (`apart`): what takes too long or too much memory, or
brings a decoder down, costs that one photo.
"""

import stat
from pathlib import Path

from engine.errors import PhotoError
from engine.scan.apart import Apart
from engine.scan.content import PhotoContent
from engine.scan.cost import is_cheap
from engine.scan.failures import THE_FILE, unreadable
from engine.scan.fingerprint import content_hash, file_hash
from engine.scan.formats import HEAD, Kind, is_tiff, kind_of
from engine.scan.packages import HEIF, RAW
from engine.scan.purpose import Purpose, Wish
from engine.words import sentence

__all__ = ["MAX_BYTES", "Apart", "PhotoContent", "can_be_read", "decode", "decode_file", "read_file", "read_photo"]

MAX_BYTES = 512_000_000
"""Larger files are not held in memory, and so not read but for TIFFs."""

MAX_TIFF_BYTES = 8_000_000_000
"""TIFFs are read strip by strip from the disk; larger ones take longer than a photo may."""

HELD_BYTES = 64_000_000
"""Larger files are not held here: the process that decodes them reads them itself."""

_apart = Apart()
"""Processes for whoever brings none of their own; one is there only while it is needed and for a short while after."""


def decode(data: bytes, *, side: int, purpose: Purpose = Purpose.SHOWN, apart: Apart = _apart) -> PhotoContent:
    """Decode a photo so that its longest side is at least `side` pixels, or its own where that is smaller.

    How much larger the image may be depends on the format: below twice for whole-number reduction and JPEG's steps of
    two, except that JPEG stops at 1/8. `side` 0 asks for full size. `colours` says what they are for: only for being
    shown are mild profiles worth the time. Raises `PhotoError` with a sentence that does not name the file.
    """
    wish = Wish(side, purpose)
    if is_cheap(data, wish):
        # Every format's decoder comes with it, which a scan with nothing new can do without.
        from engine.scan.readers import decode_here

        return decode_here(data, wish)
    _require_package(data)
    return apart.decode(data, wish)


def _require_package(data: bytes) -> None:
    """Raise `PhotoError` where a photo's format needs a package that is not installed."""
    package = {Kind.HEIF: HEIF, Kind.RAW: RAW}.get(kind_of(data))
    if package is not None and not package.is_here():
        raise PhotoError(package.need, sentence("Install it with: {command}", command=package.remedy))


def decode_file(path: Path, *, side: int, purpose: Purpose = Purpose.SHOWN, apart: Apart = _apart) -> PhotoContent:
    """Read a file and decode it, as `decode`; one that is large is not held in this process."""
    if _size(path) > HELD_BYTES:
        return apart.decode(path, Wish(side, purpose))
    return decode(read_file(path), side=side, purpose=purpose, apart=apart)


def read_photo(path: Path, *, side: int) -> tuple[bytes, PhotoContent]:
    """Read a file and return its `content_hash` and its content at `side`. Raises `PhotoError`."""
    if _size(path) > HELD_BYTES:
        return file_hash(path), decode_file(path, side=side)
    data = read_file(path)
    return content_hash(data), decode(data, side=side)


def read_file(path: Path) -> bytes:
    """Return a photo file's bytes. Raises `PhotoError` where it cannot be read, is no plain file or is too large."""
    if (size := _size(path)) > MAX_BYTES:
        raise _too_large(size)
    try:
        return path.read_bytes()
    except OSError as error:
        raise PhotoError(unreadable(THE_FILE, error)) from error


def is_held(path: Path) -> bool:
    """Say whether a file is small enough to be held in memory. Raises `PhotoError` as `read_file`."""
    return _size(path) <= HELD_BYTES


def can_be_read(path: Path) -> bool:
    """Say whether `read_file` would get at a file's bytes now, as far as its first one tells."""
    try:
        _size(path)
        with path.open("rb") as file:
            file.read(1)
    except (OSError, PhotoError):
        return False
    return True


def _size(path: Path) -> int:
    """Return a plain file's size in bytes. Raises `PhotoError` where there is none, or one that is never read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PhotoError(sentence("This is not a plain file."))
        if status.st_size > MAX_BYTES and (status.st_size > MAX_TIFF_BYTES or not _is_tiff(path)):
            raise _too_large(status.st_size)
    except OSError as error:
        raise PhotoError(unreadable(THE_FILE, error)) from error
    return status.st_size


def _is_tiff(path: Path) -> bool:
    with path.open("rb") as file:
        return is_tiff(file.read(HEAD))


def _too_large(size: int) -> PhotoError:
    limit = MAX_BYTES // 10**6
    return PhotoError(
        sentence(
            "The file of {megabytes:,.0f} MB is too large to read; the limit is {limit} MB, but for TIFF.",
            megabytes=size / 1e6,
            limit=limit,
        )
    )
