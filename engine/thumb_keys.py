"""Under which keys small pictures are kept: which file, which part of it, how large, and which version of the file."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from engine.errors import PhotoError
from engine.geometry import Box
from engine.scan.failures import THE_FILE, unreadable

STORED_SIDES = (256, 512, 768)
"""The sides in pixels at which pictures are kept; any other is made of the next larger one."""


def content_of(path: Path) -> str:
    """Return what changes when a file's content does: its path, size and time. Raises PhotoError where it is gone."""
    try:
        status = path.stat()
    except OSError as error:
        raise PhotoError(unreadable(THE_FILE, error)) from error
    return f"{path}\0{status.st_size} {status.st_mtime_ns}"


def face_key(content: str, box: Box, side: int) -> str:
    """Return the store's key of a face of a photo with this `content_of`, cut at `side` pixels.

    A key is a place (which file, which part of it, how large), a dash, and the version of the file.
    """
    path, _, version = content.partition("\0")
    return f"{face_place(path, box, side)}-{_hashed(version)}"


def photo_key(content: str, side: int) -> str:
    """Return the store's key of a whole photo with this `content_of`, within side × side pixels."""
    path, _, version = content.partition("\0")
    return f"{photo_place(path, side)}-{_hashed(version)}"


def places_of(path: Path, boxes: Iterable[Box]) -> set[str]:
    """Return the places of all pictures of a photo and of the faces in it, for `ThumbStore.forget`."""
    sides = [(photo_place(str(path), side)) for side in STORED_SIDES]
    return {*sides, *(face_place(str(path), box, side) for box in boxes for side in STORED_SIDES)}


def face_place(path: str, box: Box, side: int) -> str:
    """Return the place of a face of the photo at this path, whatever its version."""
    return _hashed(f"{path}\0{box.left:.6f} {box.top:.6f} {box.width:.6f} {box.height:.6f} {side}")


def photo_place(path: str, side: int) -> str:
    """Return the place of a whole photo."""
    return _hashed(f"{path}\0{side}")


def _hashed(text: str) -> str:
    """Return 32 hexadecimal digits; a path that is not UTF-8 carries surrogates."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
