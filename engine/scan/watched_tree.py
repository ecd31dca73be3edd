"""What is watched below some roots, and which changes there may concern a photo."""

import os
import re
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import Change

from engine.scan.formats import has_photo_suffix
from engine.scan.found import is_sidecar

FileChange = tuple[Change, str]
"""What happened, and the path."""

_FILE = re.compile(r"\.[a-z][a-z0-9]{0,4}", re.IGNORECASE)
"""What ends the name of a file rather than of a folder ("2009.05", "St. Ives"), told by the name: it is gone."""


class WatchedTree:
    """Roots, by whatever path they are told of, without hidden folders and those of `ignore`."""

    def __init__(self, roots: Sequence[Path], ignore: Collection[Path]) -> None:
        self.roots = tuple(roots)
        # Some systems tell the path that links lead to.
        self._prefixes = [(_as_prefix(path), root) for root in roots for path in (root, os.path.realpath(root))]
        self._ignored = tuple(_as_prefix(path) for folder in ignore for path in (folder, os.path.realpath(folder)))
        self._identities: dict[Path, tuple[int, int]] = {}

    def absent(self) -> Path | None:
        """Return a root that is no folder now, or another one than when this was asked first; None if all are there."""
        for root in self.roots:
            try:
                status = root.stat()
            except OSError:
                return root
            identity = (status.st_dev, status.st_ino)
            if not root.is_dir() or self._identities.setdefault(root, identity) != identity:
                return root
        return None

    def folders(self, stop: threading.Event) -> list[str]:
        """Return every folder that may be read; links are followed, but no folder is listed twice."""
        found: list[str] = []
        seen: set[tuple[int, int]] = set()
        waiting = [str(root) for root in reversed(self.roots)]
        while waiting and not stop.is_set():
            path = waiting.pop()
            with suppress(OSError):  # unreadable, or gone meanwhile
                status = os.stat(path)  # noqa: PTH116 a Path for each of ten thousand folders takes longer than this
                identity = (status.st_dev, status.st_ino)
                if identity in seen or _as_prefix(path).startswith(self._ignored):
                    continue
                with os.scandir(path) as entries:
                    below = [entry.path for entry in entries if entry.name[0] != "." and entry.is_dir()]
                seen.add(identity)
                found.append(path)
                waiting += below
        return found

    def changed(self, changes: Iterable[FileChange]) -> Iterator[Path]:
        """Yield the root of each change that may concern a photo."""
        for change, path in changes:
            for prefix, root in self._prefixes:
                if _as_prefix(path).startswith(prefix):
                    if self._counts(change, path, path[len(prefix) :]):
                        yield root
                    break

    def has_folder(self, changes: Iterable[FileChange], happened: Change) -> bool:
        """Say whether a folder that counts was added, or was deleted, as `happened` says."""
        return any(
            change is happened
            and not has_photo_suffix(path)
            and not is_sidecar(path)
            and any(self.changed([(change, path)]))
            for change, path in changes
        )

    def _counts(self, change: Change, path: str, below: str) -> bool:
        """Say whether a change may concern a photo; `below` is the part of the path below its root."""
        names = Path(below).parts
        if any(name.startswith(".") for name in names) or _as_prefix(path).startswith(self._ignored):
            return False
        if names and (has_photo_suffix(names[-1]) or is_sidecar(names[-1])):
            return True
        # Of a folder that was moved only its own name is told. It counts, and so does what was one for all we know.
        if change is Change.added:
            return Path(path).is_dir()
        return change is Change.deleted and not _FILE.fullmatch(Path(path).suffix)


def _as_prefix(path: str | Path) -> str:
    return f"{str(path).rstrip(os.sep)}{os.sep}"
