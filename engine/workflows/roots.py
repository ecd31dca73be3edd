"""Which folders, or parts of folders, a scan walks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LibraryError, UsageError
from engine.library.folders import FolderRow, add_folder, folders
from engine.library.library import Library


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

    Also returns a sentence for each known folder that is not there now (a disk that is not connected); nothing is
    concluded about its photos. Raises LibraryError where a path is no folder, before any is added, and UsageError where
    there is nothing to scan.
    """
    if not paths:
        return _known_roots(folders(library))
    wanted = [path.expanduser().resolve() for path in paths]
    for path in wanted:
        if not path.is_dir():
            known = "Nothing is forgotten: its photos stay as they are. " if _is_known(library, path) else ""
            raise LibraryError(f"{path} is not a folder that is there.", f"{known}Check the path, or connect its disk.")
    for path in wanted:
        add_folder(library, path)
    outermost = [path for path in dict.fromkeys(wanted) if not any(other in path.parents for other in wanted)]
    rows = folders(library)
    return [_root_of(path, rows) for path in outermost], []


def _known_roots(rows: Sequence[FolderRow]) -> tuple[list[Root], list[str]]:
    if not rows:
        raise UsageError("There is no folder to scan yet.", "Name one: kinfolk scan FOLDER")
    there = [Root(row.id, row.path) for row in rows if row.path.is_dir()]
    absent = [f"{row.path} is not there now; its photos stay as they are." for row in rows if not row.path.is_dir()]
    return there, absent


def _root_of(path: Path, rows: Sequence[FolderRow]) -> Root:
    row = next(row for row in rows if path == row.path or row.path in path.parents)
    within = path.relative_to(row.path).as_posix()
    return Root(row.id, row.path, "" if within == "." else within)


def _is_known(library: Library, path: Path) -> bool:
    return any(row.path == path or row.path in path.parents for row in folders(library))
