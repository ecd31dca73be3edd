"""From the bytes of a photo file, or the file itself, to upright RGB pixels. Safe in any number of threads.

The format is told by the content, never by the name. What is done with each:

- JPEG and MPO (first picture) are decoded scaled down; a file that ends early is read as far as it goes, with a note.
- PNG, WebP, TIFF, BMP, GIF, AVIF and HEIC are decoded whole (first frame or page, HEIC's primary picture) and then
  reduced by a whole number; a file that ends early is refused.
- RAW: the embedded preview if it is large enough, else the sensor's data.
- EXIF orientation is applied to the reduced picture. Alpha lies on white. 16 bits are scaled to 8. Colour profiles are
  ignored (see `pixels`). Bombs are refused by the size in the header (see `content`).
"""

import os
import stat
from pathlib import Path

from engine.errors import PhotoError
from engine.scan.content import PhotoContent
from engine.scan.failures import DECODER_ERRORS, damaged, unreadable
from engine.scan.fingerprint import content_hash
from engine.scan.formats import Kind, kind_of
from engine.scan.heif import read_heif
from engine.scan.jpeg import read_jpeg
from engine.scan.quiet import quiet_decoders
from engine.scan.raw import read_raw
from engine.scan.still import read_still

__all__ = ["MAX_BYTES", "PhotoContent", "can_be_read", "decode", "read_file", "read_photo"]

MAX_BYTES = 512_000_000
"""Larger files are not read: they would hold the memory of hundreds of photos."""


def decode(data: bytes, *, side: int) -> PhotoContent:
    """Decode a photo so that its longest side is at least `side` pixels, or its own where that is smaller.

    How much larger the image may be depends on the format: below twice for whole-number reduction and JPEG's steps of
    two, except that JPEG stops at 1/8. `side` 0 asks for full size. Raises `PhotoError` with a sentence that does not
    name the file.
    """
    quiet_decoders()
    try:
        kind = kind_of(data)
    except DECODER_ERRORS as error:
        raise damaged(Kind.TIFF.value, error) from error
    try:
        if kind is Kind.JPEG:
            return read_jpeg(data, side)
        if kind is Kind.RAW:
            return read_raw(data, side)
        if kind is Kind.HEIF:
            return read_heif(data, side)
        return read_still(kind, data, side)
    except DECODER_ERRORS as error:
        raise damaged(kind.value, error) from error


def read_file(path: Path) -> bytes:
    """Return a photo file's bytes. Raises `PhotoError` where it cannot be read, is no plain file or is too large."""
    try:
        _refuse(path.stat())
        return path.read_bytes()
    except OSError as error:
        raise PhotoError(unreadable("The file", error)) from error


def can_be_read(path: Path) -> bool:
    """Say whether `read_file` would get at a file's bytes now, as far as its first one tells."""
    try:
        _refuse(path.stat())
        with path.open("rb") as file:
            file.read(1)
    except (OSError, PhotoError):
        return False
    return True


def _refuse(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise PhotoError("This is not a plain file.")
    if status.st_size > MAX_BYTES:
        limit = MAX_BYTES // 10**6
        raise PhotoError(f"The file of {status.st_size // 10**6} MB is too large to read; the limit is {limit} MB.")


def read_photo(path: Path, *, side: int) -> tuple[bytes, PhotoContent]:
    """Read a file once and return its `content_hash` and its content at `side`. Raises `PhotoError`."""
    data = read_file(path)
    return content_hash(data), decode(data, side=side)
