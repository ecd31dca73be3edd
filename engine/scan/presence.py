"""What is no longer at its path: whether it is gone for good, or only away with its disk, or cannot be looked at."""

import os
from pathlib import Path

_DISKS_BELOW = tuple(Path(place) for place in ("/media", "/run/media", "/mnt", "/Volumes"))
"""Where Linux and macOS show removable disks, directly or one folder (the user's) deeper."""


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


def _awaits_a_disk(folder: Path, home: Path) -> bool:
    """Say whether `home`, the nearest folder above `folder` that is there, is where its disk would be shown."""
    for place in _DISKS_BELOW:
        if place in folder.parents:
            return home in place.parents or (place in (home, home.parent) and not os.path.ismount(home))
    return False
