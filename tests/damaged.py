"""Damage to a library's file as disks do it."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from engine.library.marker import write_marker

PAGE = 4096
"""Bytes of a page of a library's file."""


def make_due(path: Path) -> None:
    """Say that the file was closed as it is, and found sound eight days ago."""
    write_marker(path, time.time() - 8 * 24 * 3600)


def empty_a_page(path: Path) -> None:
    """Damage a page of faces as a disk does, which changes no time of the file."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT max(pageno) FROM dbstat WHERE name = 'faces' AND pagetype = 'leaf'"
        ).fetchone()
    status = path.stat()
    with path.open("rb+") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(PAGE))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
