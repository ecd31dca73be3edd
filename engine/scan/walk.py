"""Finding the photo files below a folder.

Left out are hidden files and folders (leading dot, hidden attribute), folders that systems and other programs keep for
themselves, folders with a `.nomedia` file and all below them, and whatever has no photo's suffix or is no plain file.
The root itself is walked whatever it is called, for the user asked for it.

Links: a link to a folder is followed after the real tree was walked, unless its target was walked already, lies above
the root or is to be skipped; so no loop is entered and no photo listed twice. A link to a file is listed unless its
target lies in a folder that was walked. Links that lead nowhere are left out. Hard links count as copies.
"""

import os
import stat
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KinfolkError
from engine.scan.closed import NO_MEDIA, is_foreign, is_hidden
from engine.scan.failures import unreadable
from engine.scan.formats import has_photo_suffix


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A photo file.

    `relpath` is relative to the root with "/" between names; a name that is not valid in the file system's encoding
    carries surrogate escapes (`os.fsencode` gives its bytes back). `mtime_ns` is the time of modification.
    """

    relpath: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class WalkProblem:
    """A file, or a folder with all below it, that could not be seen: nothing may be concluded about what is there."""

    relpath: str
    reason: str


def walk(root: Path, *, skip: Collection[Path] = ()) -> Iterator[FoundFile | WalkProblem]:
    """List the photo files below `root`: a folder's own by name, then each subfolder's, then what links lead to.

    `skip` are folders that are not entered, however they are reached: the other folders of the library. What cannot be
    seen is reported and passed over. Raises `KinfolkError`, at the call and not at the first file, where the root is
    not there, is no folder or cannot be listed.
    """
    try:
        os.scandir(root).close()
        return _Walk(root, skip).files()
    except OSError as error:
        raise _root_error(root, error) from error


_Identity = tuple[int, int]
"""Device and inode: the same by whatever path one comes."""


class _Walk:
    """One walk: the folders it has listed, those it may not enter, and the links that wait for the real tree's end."""

    def __init__(self, root: Path, skip: Collection[Path]) -> None:
        self._root = root
        self._skipped = _identities(skip)
        above = _identities(root.resolve(strict=True).parents)
        self._identity = _identities([root])
        self._closed = (self._skipped | above) - self._identity
        self._walked: set[_Identity] = set()
        self._links: deque[str] = deque()

    def files(self) -> Iterator[FoundFile | WalkProblem]:
        yield from self._walk_tree("")
        linked: dict[_Identity, str] = {}
        while self._links:
            relpath = self._links.popleft()
            target = self._target(relpath)
            if isinstance(target, WalkProblem):
                yield target
            elif target is not None and stat.S_ISDIR(target.st_mode):
                yield from self._walk_tree(relpath)
            elif target is not None and has_photo_suffix(relpath):
                linked.setdefault((target.st_dev, target.st_ino), relpath)
        for relpath in linked.values():
            yield from self._linked_file(relpath)
        if _identities([self._root]) != self._identity:  # else all that vanished with its disk would count as deleted
            yield WalkProblem("", "The folder vanished during the walk; its disk or network drive may be gone.")

    def _walk_tree(self, top: str) -> Iterator[FoundFile | WalkProblem]:
        """Walk with a stack of its own, not Python's, which ends after a thousand folders."""
        stack = [top]
        while stack:
            relpath = stack.pop()
            folders: list[str] = []
            try:
                entries = self._enter(relpath)
            except FileNotFoundError:
                continue  # it vanished while we walked
            except OSError as error:
                yield WalkProblem(relpath, unreadable("The folder", error))
                continue
            for entry in entries:
                yield from self._look_at(entry, f"{relpath}/{entry.name}" if relpath else entry.name, folders)
            stack.extend(reversed(folders))

    def _enter(self, relpath: str) -> list["os.DirEntry[str]"]:
        """Return a folder's visible entries by name; none where it was listed before or is not to be listed."""
        path = Path(self._root, relpath)
        status = path.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in self._walked or identity in self._closed or (relpath and is_hidden(status)):
            return []
        with os.scandir(path) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        if relpath and any(entry.name == NO_MEDIA for entry in listed):
            return []
        self._walked.add(identity)
        return [entry for entry in listed if not entry.name.startswith(".")]

    def _look_at(
        self, entry: "os.DirEntry[str]", relpath: str, folders: list[str]
    ) -> Iterator[FoundFile | WalkProblem]:
        """Yield the entry if it is a photo's file, else put it where it belongs."""
        try:
            if entry.is_symlink():
                self._links.append(relpath)
            elif entry.is_dir(follow_symlinks=False):
                if not is_foreign(self._root, relpath):
                    folders.append(relpath)
            elif has_photo_suffix(entry.name):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and not is_hidden(status):
                    yield FoundFile(relpath, status.st_size, status.st_mtime_ns)
        except FileNotFoundError:
            return  # it vanished while we walked
        except OSError as error:
            yield WalkProblem(relpath, unreadable("The file", error))

    def _target(self, relpath: str) -> os.stat_result | WalkProblem | None:
        """Return what a link leads to; None where that is nothing, or inside a folder that is to be skipped."""
        path = Path(self._root, relpath)
        try:
            status = path.stat()
            above = _identities(path.resolve(strict=True).parents)
        except PermissionError as error:
            return WalkProblem(relpath, unreadable("The link's target", error))
        except (OSError, RuntimeError):  # broken, or a loop: RuntimeError before Python 3.13
            return None
        return None if above & self._skipped or is_foreign(self._root, relpath) else status

    def _linked_file(self, relpath: str) -> Iterator[FoundFile]:
        """Yield the file that a link leads to, unless the walk listed the folder that it lies in."""
        path = Path(self._root, relpath)
        try:
            status = path.stat()
            folder = path.resolve(strict=True).parent.stat()
        except OSError:
            return
        if stat.S_ISREG(status.st_mode) and (folder.st_dev, folder.st_ino) not in self._walked:
            yield FoundFile(relpath, status.st_size, status.st_mtime_ns)


def _identities(paths: Iterable[Path]) -> set[_Identity]:
    """Return who these folders are; those that do not exist cannot be met and are left out."""
    found: set[_Identity] = set()
    for path in paths:
        with suppress(OSError):
            status = path.stat()
            found.add((status.st_dev, status.st_ino))
    return found


def _root_error(root: Path, error: OSError) -> KinfolkError:
    shown = os.fsencode(root).decode("utf-8", "replace")
    if isinstance(error, FileNotFoundError):
        return KinfolkError(f"The folder {shown} is not there.", "Is its disk or network drive connected?")
    if isinstance(error, NotADirectoryError):
        return KinfolkError(f"{shown} is not a folder.", "Give the folder that holds it.")
    return KinfolkError(unreadable(f"The folder {shown}", error))
