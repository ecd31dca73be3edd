"""Finding the photo files below a folder.

Left out are hidden files and folders (leading dot, hidden attribute), folders that systems and other programs keep for
themselves, folders with a `.nomedia` file and all below them, pictures in formats that are not read, and whatever is no
picture or no plain file. The root itself is walked whatever it is called, for the user asked for it. How many pictures
are left out is told. Where a suffix says nothing, the content decides.

Links: a link to a folder is followed after the real tree was walked, unless its target was walked already, lies above
the root or is to be skipped; so no loop is entered and no photo listed twice. A link to a file is listed unless its
target lies in a folder that was walked. Links that lead nowhere are left out. Hard links count as copies.
"""

import os
import stat
from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator, Set
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

from engine.errors import KinfolkError
from engine.scan.closed_folders import NO_MEDIA, Why, is_away, is_hidden, passes_files, reason_to_pass
from engine.scan.failures import THE_FILE, THE_FOLDER, unreadable, unreadable_folder
from engine.scan.formats import HEAD, Guess, guess, is_photo
from engine.scan.found import (
    RESOURCE_FORK,
    Found,
    FoundFile,
    FoundSidecar,
    LeftOut,
    WalkProblem,
    found_file,
    is_real_folder,
    is_sidecar,
    pictures_below,
)
from engine.words import sentence

__all__ = ["FoundFile", "FoundSidecar", "LeftOut", "WalkProblem", "looked_at", "walk"]


def walk(root: Path, *, skip: Collection[Path] = ()) -> Iterator[Found]:
    """List the photo files below `root`: a folder's own by name, then each subfolder's, then what links lead to.

    `skip` are folders that are not entered, however they are reached: the other folders of the library. What cannot be
    seen is reported and passed over. Raises `KinfolkError`, at the call and not at the first file, where the root is
    not there, is no folder or cannot be listed.
    """
    return (found for found in looked_at(root, skip=skip) if found is not None)


def looked_at(root: Path, *, skip: Collection[Path] = ()) -> Iterator[Found | None]:
    """List what `walk` does, raising the same, and None for all else that is looked at, so that one can stop there."""
    try:
        os.scandir(root).close()
        return _Walk(root, skip).files()
    except OSError as error:
        raise _root_error(root, error) from error


_PHOTO, _OTHER_PICTURE, _UNKNOWN, _OTHER = Guess.PHOTO, Guess.OTHER_PICTURE, Guess.UNKNOWN, Guess.OTHER
"""To look a member up in its class takes Python 3.11 as long as to ask what kind of entry a file is."""

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

    def files(self) -> Iterator[Found | None]:
        yield from self._walk_tree("")
        linked: dict[_Identity, str] = {}
        while self._links:
            yield None
            relpath = self._links.popleft()
            target = self._target(relpath)
            if isinstance(target, WalkProblem):
                yield target
            elif target is not None and stat.S_ISDIR(target.st_mode):
                yield from self._walk_tree(relpath)
            elif target is not None and stat.S_ISREG(target.st_mode):
                guessed = guess(relpath.rpartition("/")[2])
                if self._is_photo(relpath, guessed, target):
                    linked.setdefault((target.st_dev, target.st_ino), relpath)
        for relpath in linked.values():
            yield from self._linked_file(relpath)
        if _identities([self._root]) != self._identity:  # else all that vanished with its disk would count as deleted
            yield WalkProblem(
                "", sentence("The folder vanished during the walk; its disk or network drive may be gone.")
            )

    def _walk_tree(self, top: str) -> Iterator[Found | None]:
        """Walk with a stack of its own, not Python's, which ends after a thousand folders."""
        stack = [top]
        while stack:
            yield None
            relpath = stack.pop()
            folders: list[str] = []
            try:
                entries = yield from self._enter(relpath)
            except FileNotFoundError:
                continue  # it vanished while we walked
            except OSError as error:
                yield WalkProblem(relpath, unreadable(THE_FOLDER, error))
                continue
            names = {entry.name for entry in entries}
            is_library = passes_files(Path(self._root, relpath).name, names)
            above = f"{relpath}/" if relpath else ""
            for entry in entries:
                below, guessed, is_folder = above + entry.name, guess(entry.name), is_real_folder(entry)
                if is_library or is_folder or guessed is _OTHER_PICTURE or entry.name[0] == ".":
                    why = self._why_not(entry, below, names, is_folder=is_folder, is_library=is_library)
                    if why is not None:
                        yield from self._left_out(entry, below, why)
                        continue
                if is_folder:
                    folders.append(below)
                    continue
                yield self._look_at(entry, below, guessed)
            stack.extend(reversed(folders))

    def _enter(self, relpath: str) -> Generator[Found, None, list["os.DirEntry[str]"]]:
        """Return a folder's entries by name; none where it was listed before or is not to be listed."""
        path = Path(self._root, relpath)
        status = path.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in self._walked or identity in self._closed:
            return []
        with os.scandir(path) as entries:
            listed = sorted(entries, key=attrgetter("name"))
        is_closed = any(entry.name == NO_MEDIA for entry in listed)
        if relpath and (is_closed or is_hidden(status)):
            yield LeftOut(relpath, Why.NO_MEDIA if is_closed else Why.HIDDEN, pictures_below(path))
            return []
        self._walked.add(identity)
        return listed

    def _why_not(
        self, entry: "os.DirEntry[str]", relpath: str, beside: Set[str], *, is_folder: bool, is_library: bool
    ) -> Why | None:
        """Say why an entry that is no plain photo by its name and place is left out; None where it is not."""
        if entry.name.startswith("."):
            return Why.HIDDEN
        if is_folder:
            return reason_to_pass(self._root, relpath, beside)
        return Why.PREVIEWS if is_library else Why.FORMAT

    def _left_out(self, entry: "os.DirEntry[str]", relpath: str, why: Why) -> Iterator[LeftOut]:
        """Yield how many pictures an entry stands for that is left out."""
        if is_real_folder(entry):
            count = pictures_below(Path(self._root, relpath))
        else:
            wanted = (Guess.PHOTO, Guess.OTHER_PICTURE)
            count = int(guess(entry.name) in wanted and not entry.name.startswith(RESOURCE_FORK))
        if count:
            yield LeftOut(relpath, why, count)

    def _look_at(self, entry: "os.DirEntry[str]", relpath: str, guessed: Guess) -> Found | None:
        """Return an entry that is no folder if it is a photo's file, or belongs to one; links wait."""
        try:
            if entry.is_symlink():
                self._links.append(relpath)
            elif guessed is not _PHOTO and is_sidecar(entry.name):
                sidecar = found_file(relpath, entry.stat(follow_symlinks=False))
                return FoundSidecar(relpath, sidecar.size, sidecar.mtime_ns)
            elif guessed is not _OTHER:
                status = entry.stat(follow_symlinks=False)
                named_so = guessed is _PHOTO
                if stat.S_ISREG(status.st_mode) and (named_so or self._is_photo(relpath, guessed, status)):
                    return LeftOut(relpath, Why.HIDDEN, 1) if is_hidden(status) else found_file(relpath, status)
        except FileNotFoundError:
            return None  # it vanished while we walked
        except OSError as error:
            return WalkProblem(relpath, unreadable(THE_FILE, error))
        return None

    def _is_photo(self, relpath: str, guessed: Guess, status: os.stat_result) -> bool:
        """Say whether a plain file is a photo: by its name, or by its content where that says nothing."""
        if guessed is not _UNKNOWN:
            return guessed is _PHOTO
        if status.st_size < HEAD or is_away(status):
            return False
        try:
            with Path(self._root, relpath).open("rb") as file:
                return is_photo(file.read(HEAD))
        except OSError:
            return False

    def _target(self, relpath: str) -> os.stat_result | WalkProblem | None:
        """Return what a link leads to; None where that is nothing, or inside a folder that is to be skipped."""
        path = Path(self._root, relpath)
        try:
            status = path.stat()
            above = _identities(path.resolve(strict=True).parents)
        except PermissionError as error:
            return WalkProblem(relpath, unreadable(sentence("The link's target"), error))
        except (OSError, RuntimeError):  # broken, or a loop: RuntimeError before Python 3.13
            return None
        return None if above & self._skipped or reason_to_pass(self._root, relpath, ()) else status

    def _linked_file(self, relpath: str) -> Iterator[FoundFile]:
        """Yield the file that a link leads to, unless the walk listed the folder that it lies in."""
        path = Path(self._root, relpath)
        try:
            status = path.stat()
            folder = path.resolve(strict=True).parent.stat()
        except OSError:
            return
        if stat.S_ISREG(status.st_mode) and (folder.st_dev, folder.st_ino) not in self._walked:
            yield found_file(relpath, status)


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
        return KinfolkError(
            sentence("The folder {shown} is not there.", shown=shown),
            sentence("Is its disk or network drive connected?"),
        )
    if isinstance(error, NotADirectoryError):
        return KinfolkError(
            sentence("{shown} is not a folder.", shown=shown), sentence("Give the folder that holds it.")
        )
    return KinfolkError(unreadable_folder(shown, error))
