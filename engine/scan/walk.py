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
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from engine.errors import KinfolkError
from engine.scan.closed_folders import Why, is_hidden, reason_to_pass
from engine.scan.entries import Entries, is_photo_file, opened_folder
from engine.scan.failures import THE_FOLDER, unreadable, unreadable_folder
from engine.scan.formats import guess
from engine.scan.found import Found, FoundFile, FoundSidecar, LeftOut, WalkProblem, found_file, pictures_below
from engine.words import sentence

__all__ = ["FoundFile", "FoundSidecar", "LeftOut", "WalkProblem", "looked_at", "walk"]


def walk(root: Path, *, skip: Collection[Path] = ()) -> Iterator[Found]:
    """List the photo files below `root`: a folder's own by name, then each subfolder's, then what links lead to.

    `skip` are folders that are not entered, however they are reached: the other folders of the library. What cannot be
    seen is reported and passed over. Raises `KinfolkError`, at the call and not at the first file, where the root is
    not there, is no folder or cannot be listed.
    """
    return chain.from_iterable(looked_at(root, skip=skip, patience=0))


def looked_at(root: Path, *, skip: Collection[Path] = (), patience: float) -> Iterator[list[Found]]:
    """List what `walk` does, raising the same, in parts: a folder's, or of a large or slow one that of some seconds.

    A part comes, be it empty, at least every `patience` seconds unless the system takes longer to list a folder or to
    look at a file, so that one can stop there.
    """
    try:
        os.scandir(root).close()
        return _Walk(root, skip, patience).files()
    except OSError as error:
        raise _root_error(root, error) from error


_Identity = tuple[int, int]
"""Device and inode: the same by whatever path one comes."""


class _Walk:
    """One walk: the folders it has listed, those it may not enter, and the links that wait for the real tree's end."""

    def __init__(self, root: Path, skip: Collection[Path], patience: float) -> None:
        self._root = root
        self._patience = patience
        self._skipped = _identities(skip)
        above = _identities(root.resolve(strict=True).parents)
        self._identity = _identities([root])
        self._closed = (self._skipped | above) - self._identity
        self._walked: set[_Identity] = set()
        self._stack: list[str] = []
        self._links: deque[str] = deque()

    def files(self) -> Iterator[list[Found]]:
        yield from self._walk_tree("")
        linked: dict[_Identity, str] = {}
        while self._links:
            yield []
            relpath = self._links.popleft()
            target = self._target(relpath)
            if isinstance(target, WalkProblem):
                yield [target]
            elif target is not None and stat.S_ISDIR(target.st_mode):
                yield from self._walk_tree(relpath)
            elif target is not None and stat.S_ISREG(target.st_mode) and self._is_photo(relpath, target):
                linked.setdefault((target.st_dev, target.st_ino), relpath)
        for relpath in linked.values():
            yield [*self._linked_file(relpath)]
        if _identities([self._root]) != self._identity:  # else all that vanished with its disk would count as deleted
            reason = sentence("The folder vanished during the walk; its disk or network drive may be gone.")
            yield [WalkProblem("", reason)]

    def _walk_tree(self, top: str) -> Iterator[list[Found]]:
        """Walk with a stack of its own, not Python's, which ends after a thousand folders."""
        self._stack.append(top)
        while self._stack:
            yield []
            relpath = self._stack.pop()
            try:
                with opened_folder(Path(self._root, relpath)) as folder:
                    yield from self._look_through(relpath, folder)
            except FileNotFoundError:
                continue  # it vanished while we walked
            except OSError as error:
                yield [WalkProblem(relpath, unreadable(THE_FOLDER, error))]

    def _look_through(self, relpath: str, folder: Path | int) -> Iterator[list[Found]]:
        """Yield what lies right in an open folder, unless it was listed before or is not to be."""
        status = os.stat(folder)  # noqa: PTH116 it may be a handle
        identity = (status.st_dev, status.st_ino)
        if identity in self._walked or identity in self._closed:
            return
        entries = Entries(self._root, relpath, folder)
        if relpath and (entries.no_media or is_hidden(status)):
            why = Why.NO_MEDIA if entries.no_media else Why.HIDDEN
            yield [LeftOut(relpath, why, pictures_below(Path(self._root, relpath)))]
            return
        self._walked.add(identity)
        yield from entries.found(self._patience)
        self._stack.extend(reversed(entries.folders))
        self._links.extend(entries.links)

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
        # Whatever lies right in another program's library is left out, so that this link does not.
        return None if above & self._skipped or reason_to_pass(self._root, relpath, None) else status

    def _is_photo(self, relpath: str, target: os.stat_result) -> bool:
        return is_photo_file(Path(self._root, relpath), guess(relpath.rpartition("/")[2]), target)

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
