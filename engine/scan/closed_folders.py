"""Which folders a walk does not enter: hidden ones, and those that systems and other programs keep for themselves."""

import os
import stat
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from engine.scan.foreign import originals_of, reason_for

_HIDDEN_ATTRIBUTES = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
_AWAY_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000
"""Windows: offline, recalled when opened, recalled when read."""

_AWAY_FLAG = 0x40000000
"""macOS: SF_DATALESS, a file whose content lies in the cloud."""

_KNOWS_ATTRIBUTES = hasattr(os.stat_result, "st_file_attributes") or hasattr(os.stat_result, "st_flags")

NO_MEDIA = ".nomedia"
"""A file of this name closes the folder that it lies in, but not a root that the user asked for."""


class Why(StrEnum):
    """Why pictures are left out of a scan."""

    HIDDEN = "hidden"
    NO_MEDIA = "nomedia"
    TRASH = "trash"
    PREVIEWS = "previews"
    FORMAT = "format"


def reason_to_pass(root: Path, relpath: str, originals: Collection[str] | None) -> Why | None:
    """Say why a folder below the root is not entered, None where it is.

    It is one that a system or another program keeps for itself, or lies in another program's library outside the part
    of it where the originals are: `originals`, as `originals_of` says it of the folder's parent.
    """
    parent, _, name = f"{root.name}/{relpath}".rpartition("/")
    reason = reason_for(parent, name)
    if reason is not None:
        return Why(reason)
    return Why.PREVIEWS if originals is not None and name.lower() not in originals else None


def is_hidden(status: os.stat_result) -> bool:
    """Say whether Windows or macOS hides it; other systems have no such attribute."""
    if not _KNOWS_ATTRIBUTES:
        return False
    windows = getattr(status, "st_file_attributes", 0) & _HIDDEN_ATTRIBUTES
    return bool(windows or getattr(status, "st_flags", 0) & stat.UF_HIDDEN)


def is_away(status: os.stat_result) -> bool:
    """Say whether a file's content lies in a cloud, so that looking into it would fetch it."""
    windows = getattr(status, "st_file_attributes", 0) & _AWAY_ATTRIBUTES
    return bool(windows or getattr(status, "st_flags", 0) & _AWAY_FLAG)


def is_entered(root: Path, folder: Path) -> bool:
    """Say whether a walk of `root` comes to `folder`, which is the root or lies below it; both are real paths.

    What cannot be looked into now, or is not there, is not entered.
    """
    relpath = ""
    for name in folder.relative_to(root).parts:
        try:
            originals = originals_of((root / relpath).name, [entry.name for entry in os.scandir(root / relpath)])
        except OSError:
            return False
        relpath = f"{relpath}/{name}" if relpath else name
        if name.startswith(".") or reason_to_pass(root, relpath, originals) or _is_closed(root / relpath):
            return False
    return True


def _is_closed(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name == NO_MEDIA for entry in entries) or is_hidden(folder.stat())
    except OSError:
        return True
