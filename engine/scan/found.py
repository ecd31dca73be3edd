"""What a walk yields, and what of a tree that it passes over is counted."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from engine.scan.closed_folders import Why
from engine.scan.formats import has_photo_suffix


class FoundFile(NamedTuple):
    """A photo file.

    `relpath` is relative to the root with "/" between names; a name that is not valid in the file system's encoding
    carries surrogate escapes (`os.fsencode` gives its bytes back). `mtime_ns` is the time of modification, `ctime_ns`
    that of the last change of the file's content or attributes, which no program can set; None where the system has no
    such time (Windows). Both are clamped to what fits 64 bits, and the former is never −1.
    """

    relpath: str
    size: int
    mtime_ns: int
    ctime_ns: int | None = None


@dataclass(frozen=True, slots=True)
class FoundSidecar:
    """A file of metadata beside photos (`IMG.jpg.xmp`, `IMG.xmp`); fields as those of `FoundFile`."""

    relpath: str
    size: int
    mtime_ns: int


def is_sidecar(name: str) -> bool:
    """Say whether a file of this name holds metadata of a photo beside it."""
    return name[-4:].lower() == ".xmp"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Pictures at or below a path that are left out, and why; they are only counted up to `MOST_COUNTED` entries."""

    relpath: str
    why: Why
    count: int


MOST_COUNTED = 20_000
"""Entries of a tree that is left out which are looked at: snapshots may hold the same disk a hundred times."""

_LEAST, _MOST = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class WalkProblem:
    """A file, or a folder with all below it, that could not be seen: nothing may be concluded about what is there."""

    relpath: str
    reason: str


Found = FoundFile | FoundSidecar | WalkProblem | LeftOut


def found_file(relpath: str, status: os.stat_result) -> FoundFile:
    """Return the file of a path as the system describes it, its times within what the library can hold."""
    mtime_ns, ctime_ns = status.st_mtime_ns, status.st_ctime_ns
    if not (_LEAST <= mtime_ns <= _MOST and _LEAST <= ctime_ns <= _MOST):
        mtime_ns, ctime_ns = _held(mtime_ns), _held(ctime_ns)
    if mtime_ns == -1:  # stands for a photo that is to be read again
        mtime_ns = -2
    # As FoundFile(...), in half of the time.
    return _new_tuple(FoundFile, (relpath, status.st_size, mtime_ns, ctime_ns if _KNOWS_CHANGES else None))


_new_tuple = tuple.__new__


_KNOWS_CHANGES = os.name != "nt"
"""Windows has the time of making there."""


def _held(number: int) -> int:
    """Return the number, or the nearest that the library can hold."""
    return max(_LEAST, min(number, _MOST))


RESOURCE_FORK = "._"
"""Stands before the names of what macOS keeps beside a file on a foreign disk."""


def is_real_folder(entry: "os.DirEntry[str]") -> bool:
    """Say whether an entry is a folder and no link to one."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def pictures_below(top: Path) -> int:
    """Count the files with a photo's suffix in a tree that is left out, as far as it can be listed."""
    count, seen, waiting = 0, 0, [top]
    while waiting and seen < MOST_COUNTED:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    seen += 1
                    if is_real_folder(entry):
                        waiting.append(Path(entry.path))
                    else:
                        count += has_photo_suffix(entry.name) and not entry.name.startswith(RESOURCE_FORK)
        except OSError:
            continue
    return count
