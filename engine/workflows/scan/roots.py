"""Which folders, or parts of folders, a scan walks."""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LibraryError, UsageError
from engine.library.folders import FolderRow, add_folder, folders
from engine.library.library import Library
from engine.paths import real_path
from engine.scan.failures import unreadable_folder
from engine.words import following, sentence
from engine.workflows.scan.known_again import follow_disks

PHOTOS_STAY = sentence("Its photos stay as they are.")
"""Said of a folder that is not there or cannot be looked at."""


@dataclass(frozen=True, slots=True)
class Root:
    """A part of a folder that is scanned: `within` is relative to the folder, empty for all of it."""

    folder_id: int
    folder: Path
    within: str = ""

    @property
    def path(self) -> Path:
        """Where the walk begins."""
        return self.folder / self.within

    def relpath(self, below: str) -> str:
        """Return a path below this root as one relative to the folder."""
        return "/".join(part for part in (self.within, below) if part)

    def holds(self, relpath: str) -> bool:
        """Say whether a path relative to the folder lies in this root."""
        return not self.within or relpath.startswith(f"{self.within}/")


def chosen_roots(library: Library, paths: Sequence[Path]) -> tuple[list[Root], list[str]]:
    """Add the paths as folders and return them as roots, none inside another; no paths mean every known folder.

    Also returns a sentence for each known folder that cannot be walked now (its disk is not connected, a folder above
    it may not be entered); nothing is concluded about its photos. And one for each that was known again at another
    place. Raises KinfolkError where a path is no folder or
    cannot be looked into, before any is added, and UsageError where there is nothing to scan.
    """
    if not paths:
        return _known_roots(folders(library))
    wanted = [real_path(path) for path in paths]
    for path in wanted:
        _require_folder(library, path)
    followed = [told for path in wanted for told in follow_disks(library, path)]
    for path in wanted:
        add_folder(library, path)
    rows = folders(library)
    roots = list(dict.fromkeys(_root_of(path, rows) for path in wanted))
    return [root for root in roots if not any(_lies_in(root, other) for other in roots)], followed


def _require_folder(library: Library, path: Path) -> None:
    try:
        os.scandir(path).close()
    except (FileNotFoundError, NotADirectoryError) as error:
        known = sentence("Nothing is forgotten: its photos stay as they are.") if _is_known(library, path) else ""
        hint = following(known, sentence("Check the path, or connect its disk."))
        raise LibraryError(sentence("{path} is not a folder that is there.", path=path), hint) from error
    except OSError as error:
        hint = sentence("Check the permissions on the way to it.")
        raise LibraryError(unreadable_folder(path, error), hint) from error


def _known_roots(rows: Sequence[FolderRow]) -> tuple[list[Root], list[str]]:
    if not rows:
        raise UsageError(sentence("There is no folder to scan yet."), sentence("Name one: kinfolk scan FOLDER"))
    absences = {row: _absence(row.path) for row in rows}
    there = [Root(row.id, row.path) for row, absence in absences.items() if not absence]
    return there, [following(absence, PHOTOS_STAY) for absence in absences.values() if absence]


def _absence(path: Path) -> str:
    """Return a sentence where a known folder is not there or cannot be looked at, else nothing."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        is_folder = False
    except OSError as error:
        return unreadable_folder(path, error)
    return "" if is_folder else sentence("{path} is not there now.", path=path)


def _root_of(path: Path, rows: Sequence[FolderRow]) -> Root:
    """Return the part of the innermost folder that holds the path: one folder may lie in another that leaves it out."""
    above = [row for row in rows if path == row.path or row.path in path.parents]
    row = max(above, key=lambda row: len(row.path.parts))
    within = path.relative_to(row.path).as_posix()
    return Root(row.id, row.path, "" if within == "." else within)


def _lies_in(root: Root, other: Root) -> bool:
    return root != other and root.folder_id == other.folder_id and other.holds(root.within)


def _is_known(library: Library, path: Path) -> bool:
    return any(row.path == path or row.path in path.parents for row in folders(library))
