"""What is no longer at its path: whether it is gone for good, or only away with its disk, or cannot be looked at."""

import os
from pathlib import Path

_DISKS_BELOW = tuple(Path(place) for place in ("/media", "/run/media", "/mnt", "/Volumes"))
"""Where Linux and macOS show removable disks, directly or one folder (the user's) deeper."""

TABLE_OF_DISKS = Path("/etc/fstab")
"""Where Linux and others list which disks are shown where."""


def is_gone(path: Path) -> bool:
    """Say whether the system says that nothing is there; where it does not tell (no permission, an error) it is not."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def was_taken_away(folder: Path) -> bool:
    """Say whether a folder was moved, renamed or deleted; one whose disk is merely not connected was not.

    What tells them apart is the nearest folder above that is still there. Where a disk is away that is nothing at all,
    the place where disks are shown, or an empty folder on which the disk was mounted.
    """
    if not is_gone(folder):
        return False
    home = next((parent for parent in folder.parents if not is_gone(parent)), None)
    if home is None or _awaits_a_disk(folder, home):
        return False
    try:
        with os.scandir(home) as entries:
            return os.path.ismount(home) or any(entries)
    except OSError:
        return False


def is_empty_mount_point(folder: Path) -> bool:
    """Say whether a folder is where a disk is shown that is not there now: empty, and no disk's own.

    Disks are shown in some places by every system, and where the system's table of disks says so.
    """
    try:
        with os.scandir(folder) as entries:
            if any(entries) or os.path.ismount(folder):
                return False
    except OSError:
        return False
    shown = any(place in (folder.parent, folder.parent.parent) for place in _DISKS_BELOW)
    return shown or str(folder) in _mount_points(TABLE_OF_DISKS)


def _mount_points(table: Path) -> set[str]:
    """Return the places that a table of disks names (fstab(5); spaces are written as octal numbers)."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return set()
    fields = [line.split() for line in lines if not line.lstrip().startswith("#")]
    octal = {"\\040": " ", "\\011": "\t", "\\134": "\\"}
    return {_replaced(each[1], octal).rstrip("/") for each in fields if len(each) > 1}


def _replaced(text: str, words: dict[str, str]) -> str:
    for word, letter in words.items():
        text = text.replace(word, letter)
    return text


def _awaits_a_disk(folder: Path, home: Path) -> bool:
    """Say whether `home`, the nearest folder above `folder` that is there, is where its disk would be shown."""
    for place in _DISKS_BELOW:
        if place in folder.parents:
            return home in place.parents or (place in (home, home.parent) and not os.path.ismount(home))
    return False
