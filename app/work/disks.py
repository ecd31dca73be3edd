"""What is there on a disk, asked in a thread: a network disk may take minutes to answer."""

from pathlib import Path


def is_folder(path: Path) -> bool:
    """Say whether a folder is there and can be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Say whether a file or a folder is there and can be looked at."""
    try:
        return path.exists()
    except OSError:
        return False
