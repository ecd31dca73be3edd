"""What a walk yields, and what of a tree that it passes over is counted."""

import os
from dataclasses import dataclass
from pathlib import Path

from engine.scan.closed_folders import Why
from engine.scan.formats import has_photo_suffix


@dataclass(frozen=True, slots=True)
class FoundFile:
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


Found = FoundFile | WalkProblem | LeftOut


def found_file(relpath: str, status: os.stat_result) -> FoundFile:
    """Return the file of a path as the system describes it, its times within what the library can hold."""
    mtime_ns = min(max(status.st_mtime_ns, _LEAST), _MOST)
    if mtime_ns == -1:  # stands for a photo that is to be read again
        mtime_ns = -2
    ctime_ns = None if os.name == "nt" else min(max(status.st_ctime_ns, _LEAST), _MOST)
    return FoundFile(relpath, min(status.st_size, _MOST), mtime_ns, ctime_ns)


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
