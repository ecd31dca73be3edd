"""What lies right in one folder of a walk."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path

from engine.scan.closed_folders import NO_MEDIA, Why, is_away, is_hidden, reason_to_pass
from engine.scan.failures import THE_FILE, unreadable
from engine.scan.foreign import originals_of
from engine.scan.formats import HEAD, Guess, guess, is_photo
from engine.scan.found import (
    RESOURCE_FORK,
    Found,
    FoundSidecar,
    LeftOut,
    WalkProblem,
    found_file,
    is_real_folder,
    is_sidecar,
    pictures_below,
)

_PHOTO, _OTHER_PICTURE, _UNKNOWN, _OTHER = Guess.PHOTO, Guess.OTHER_PICTURE, Guess.UNKNOWN, Guess.OTHER
"""To look a member up in its class takes Python 3.11 as long as to ask what kind of entry a file is."""

_Entry = os.DirEntry[str]


@contextmanager
def opened_folder(path: Path) -> Iterator[Path | int]:
    """Open a folder, where the system can, so that what lies in it is looked for from there and not from the root on.

    Raises OSError as listing it does.
    """
    if os.scandir not in os.supports_fd:
        yield path
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


class Entries:
    """The entries of an open folder; `folders` and `links` are the paths below the root of those that wait."""

    def __init__(self, root: Path, relpath: str, folder: Path | int) -> None:
        """List the folder of this path below the root. Raises OSError."""
        self.folders: list[str] = []
        self.links: list[str] = []
        self._root, self._relpath = root, relpath
        with os.scandir(folder) as listing:
            self._entries = sorted(listing, key=attrgetter("name"))
        self._guesses = [guess(entry.name) for entry in self._entries]
        pairs = zip(self._entries, self._guesses, strict=True)
        beside = {entry.name for entry, guessed in pairs if guessed is not _PHOTO}
        self.no_media = NO_MEDIA in beside
        self._originals = originals_of(relpath.rpartition("/")[2] or root.name, beside)

    def found(self, patience: float) -> Iterator[list[Found]]:
        """Yield what the entries are, by name, and what was found so far every `patience` seconds."""
        above = f"{self._relpath}/" if self._relpath else ""
        are_plain = self._originals is None
        found: list[Found] = []
        due = time.monotonic() + patience
        for entry, guessed in zip(self._entries, self._guesses, strict=True):
            relpath = above + entry.name
            try:
                # Nearly all are plain photos: a call more for each is felt in a large library.
                if guessed is _PHOTO and are_plain and entry.name[0] != "." and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found.append(LeftOut(relpath, Why.HIDDEN, 1) if is_hidden(status) else found_file(relpath, status))
                elif (one := self._other(entry, relpath, guessed)) is not None:
                    found.append(one)
            except FileNotFoundError:
                pass  # it vanished while we walked
            except OSError as error:
                found.append(WalkProblem(relpath, unreadable(THE_FILE, error)))
            if time.monotonic() > due:
                yield found
                found, due = [], time.monotonic() + patience
        yield found

    def _other(self, entry: _Entry, relpath: str, guessed: Guess) -> Found | None:
        """Return what an entry is that is no plain photo by its name, place and kind."""
        is_folder = is_real_folder(entry)
        why = self._why_not(entry, relpath, guessed, is_folder=is_folder)
        if why is not None:
            count = self._pictures(entry, relpath, guessed, is_folder=is_folder)
            return LeftOut(relpath, why, count) if count else None
        if is_folder:
            self.folders.append(relpath)
        elif entry.is_symlink():
            self.links.append(relpath)
        elif guessed is not _PHOTO and is_sidecar(entry.name):
            sidecar = found_file(relpath, entry.stat(follow_symlinks=False))
            return FoundSidecar(relpath, sidecar.size, sidecar.mtime_ns)
        elif guessed is not _OTHER:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode) and is_photo_file(Path(self._root, relpath), guessed, status):
                return LeftOut(relpath, Why.HIDDEN, 1) if is_hidden(status) else found_file(relpath, status)
        return None

    def _why_not(self, entry: _Entry, relpath: str, guessed: Guess, *, is_folder: bool) -> Why | None:
        """Say why an entry is left out; None where it is not."""
        if entry.name.startswith("."):
            return Why.HIDDEN
        if is_folder:
            return reason_to_pass(self._root, relpath, self._originals)
        if self._originals is not None:
            return Why.PREVIEWS
        return Why.FORMAT if guessed is _OTHER_PICTURE else None

    def _pictures(self, entry: _Entry, relpath: str, guessed: Guess, *, is_folder: bool) -> int:
        """Return how many pictures an entry stands for that is left out."""
        if is_folder:
            return pictures_below(Path(self._root, relpath))
        return int(guessed in (_PHOTO, _OTHER_PICTURE) and not entry.name.startswith(RESOURCE_FORK))


def is_photo_file(path: Path, guessed: Guess, status: os.stat_result) -> bool:
    """Say whether a plain file is a photo: by its name, or by its content where that says nothing."""
    if guessed is not _UNKNOWN:
        return guessed is _PHOTO
    if status.st_size < HEAD or is_away(status):
        return False
    try:
        with path.open("rb") as file:
            return is_photo(file.read(HEAD))
    except OSError:
        return False
