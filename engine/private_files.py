"""Files that hold faces and names are their owner's alone: folders 0700, files 0600, existing ones too.

On Windows nothing is done: the folder of an application's data is closed to other users there by what it inherits.
"""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

OTHERS = stat.S_IRWXG | stat.S_IRWXO

OUR_NAMES = ("library", "window", "scan", "settings", "erase", "backups", "models", "thumbs", "training")
"""What the names of Kinfolk's own files and folders in a data folder begin with."""


def make_private_folder(folder: Path) -> None:
    """Make the folder, and those above it, if need be, and close it, and the files right in it, to others.

    One that was there and holds other files than Kinfolk's, or is somebody else's, is left as it is: whoever names a
    folder with --data-dir may share it for a reason. Raises OSError.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        close_to_others(folder)
    elif _is_ours(folder):
        for path in (folder, *folder.iterdir()):
            if path is folder or (path.is_file() and not path.is_symlink()):
                close_to_others(path)


def close_to_others(path: Path) -> None:
    """Take all rights of group and others from a file or folder of ours; where the system refuses, it stays."""
    if os.name != "posix":
        return
    with suppress(OSError):
        status = path.stat()
        if status.st_mode & OTHERS and status.st_uid == os.geteuid() and not status.st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)


def private_lock(path: Path, timeout: float = -1) -> FileLock:
    """Return the lock on a file that is its owner's alone, older files too; any thread may release it."""
    close_to_others(path)
    return FileLock(path, timeout=timeout, mode=0o600, thread_local=False)


def new_private_file(path: Path) -> None:
    """Make an empty file that only its owner may open. Raises FileExistsError where there is one, and OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; systems that cannot do so (Windows) do it by themselves."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


ROOM = 256 * 1024
"""Bytes of free space below which a disk counts as full: SQLite's log and its index need some to begin."""


def is_full(folder: Path) -> bool:
    """Say whether the disk of a folder has no room for another file."""
    try:
        if shutil.disk_usage(folder).free < ROOM:
            return True
        # Some file systems (btrfs) do not count files.
        room = os.statvfs(folder) if hasattr(os, "statvfs") else None
    except OSError:
        return False
    return room is not None and room.f_files > 0 and room.f_favail == 0


def _is_ours(folder: Path) -> bool:
    with suppress(OSError), os.scandir(folder) as entries:
        return all(entry.name.startswith(OUR_NAMES) for entry in entries)
    return False
