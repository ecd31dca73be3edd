"""The content hash, by which a moved or renamed photo is known again.

SHA-256: 32 bytes, from the standard library, 0.9 ms for a 1.7 MB photo on a processor with SHA instructions. Two
different files with one hash are out of the question, by chance (about 1e-65 in a million photos) or by intent.
"""

import hashlib
from pathlib import Path

from engine.errors import PhotoError
from engine.scan.failures import THE_FILE, unreadable


def content_hash(data: bytes) -> bytes:
    """Return the 32-byte hash of a file's whole content."""
    return hashlib.sha256(data).digest()


def file_hash(path: Path) -> bytes:
    """Return `content_hash` of a file without holding it in memory. Raises `PhotoError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise PhotoError(unreadable(THE_FILE, error)) from error
