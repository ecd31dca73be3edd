"""Putting a file in the place of another so that, whatever happens meanwhile, one of the two is there whole."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from engine.private_files import sync_folder


def seen(path: Path) -> os.stat_result | None:
    """Return how a path is now, links not followed; None where there is nothing. Raises OSError."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def put_file(path: Path, data: bytes, before: os.stat_result | None, rights: int) -> bool:
    """Write a file whole beside its place, bring it to the disk and move it there.

    Returns False, with everything as it was, where the place is not as it was `before`. `rights` are the mode's bits
    for one that was not there. Raises OSError, with everything as it was.
    """
    # Not ".xmp" at the end: a scan that runs meanwhile shall not see it.
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    mode = stat.S_IMODE(before.st_mode) if before is not None else rights
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # disks without rights (FAT) have none to give
            part.chmod(mode)
        if not _same(before, seen(path)):
            part.unlink()
            return False
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # some network disks cannot; the file itself is there
        sync_folder(path.parent)
    return True


def _same(before: os.stat_result | None, now: os.stat_result | None) -> bool:
    if before is None or now is None:
        return before is now
    return (before.st_ino, before.st_size, before.st_mtime_ns) == (now.st_ino, now.st_size, now.st_mtime_ns)
