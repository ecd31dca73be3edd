"""Which folders a walk does not enter: hidden ones, and those that systems and other programs keep for themselves."""

import os
import stat
from pathlib import Path

# fmt: off
_SYSTEM_FOLDERS = frozenset({
    "$recycle.bin", "recycler", "system volume information", "lost+found", "__macosx", "#recycle", "#snapshot",
    "@eadir", "@recycle", "@__thumb", "@recently-snapshot",
})
# fmt: on
"""Bins, snapshots and thumbnail stores of Windows, Linux, macOS, Synology and QNAP; lower case."""

_PREVIEW_STORES = (".lrdata", ".photoslibrary/resources")
"""Ends of paths at which other programs (Lightroom, Apple Photos) keep smaller copies of the photos; lower case."""

_HIDDEN_ATTRIBUTES = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM

NO_MEDIA = ".nomedia"
"""A file of this name closes the folder that it lies in, but not a root that the user asked for."""


def is_foreign(root: Path, relpath: str) -> bool:
    """Say whether a folder below the root is one that a system or another program keeps for itself."""
    path = f"{root.name}/{relpath}".lower()
    return path.rpartition("/")[2] in _SYSTEM_FOLDERS or path.endswith(_PREVIEW_STORES)


def is_hidden(status: os.stat_result) -> bool:
    """Say whether Windows or macOS hides it; other systems have no such attribute."""
    windows = getattr(status, "st_file_attributes", 0) & _HIDDEN_ATTRIBUTES
    return bool(windows or getattr(status, "st_flags", 0) & stat.UF_HIDDEN)


def is_entered(root: Path, folder: Path) -> bool:
    """Say whether a walk of `root` comes to `folder`, which is the root or lies below it; both are real paths.

    What cannot be looked into now, or is not there, is not entered.
    """
    relpath = ""
    for name in folder.relative_to(root).parts:
        relpath = f"{relpath}/{name}" if relpath else name
        if name.startswith(".") or is_foreign(root, relpath) or _is_closed(root / relpath):
            return False
    return True


def _is_closed(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name == NO_MEDIA for entry in entries) or is_hidden(folder.stat())
    except OSError:
        return True
