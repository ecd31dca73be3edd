"""Folders that are watched: which of them have changed, once it is quiet again.

A folder is named, not its files: the survey of a scan finds out what is new, changed, moved or gone, and one event that
the system lost does no harm. The system's own notifications are used (inotify, FSEvents, ReadDirectoryChangesW);
looking again and again (`watch_by_looking`) is another function, so that nobody does so without knowing.
"""

import sys
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import watchfiles
from watchfiles import Change

from engine.errors import KinfolkError
from engine.scan.watched_tree import FileChange, WatchedTree
from engine.words import sentence

QUIET = 2.0
"""Seconds without a change after which the changed folders are told: a camera's card is copied as one event."""

PATIENCE = 60.0
"""Seconds after which they are told although changes go on, so that a long copy is seen while it runs."""

LOOK_EVERY = 30.0
"""Seconds between two looks at all files where nobody tells of changes."""

CHECK_EVERY = 5.0
"""Seconds between two looks whether the folders are still there: of a disk that is pulled out nobody tells."""

REBUILD_AFTER = 0.5
"""Seconds without a change after which new folders are taken in, and those that are gone left out."""

EVERY_FOLDER = sys.platform == "linux"
"""Whether each folder is watched by itself. inotify needs that anyway, and where `watchfiles` does it, it stops at the
first folder that may not be read (without a word where it is told to ignore that). Other systems watch whole trees."""

_STEP, _PATIENCE_MS = 100, 400
"""Milliseconds after which `watchfiles` asks whether to stop, and after which it reports that nothing happened."""


class WatchError(KinfolkError):
    """A folder cannot be watched, or no longer."""


class WatchLimitError(WatchError):
    """The system watches no more folders for this user; looking again and again (`watch_by_looking`) still works."""


def watch(roots: Sequence[Path], stop: threading.Event, *, ignore: Collection[Path] = ()) -> Iterator[Sequence[Path]]:
    """Yield the roots in which photos or folders have changed, together, once things have been quiet for `QUIET` s.

    Ends within half a second of `stop`. Hidden files and folders do not count, nor what is neither photo nor sidecar by
    its suffix, nor what
    lies in a folder of `ignore` (Kinfolk's own data). Raises WatchError, when it is iterated, where a root is not there
    or goes away, and WatchLimitError where the system's limit is reached.
    """
    return _told(_Watch(WatchedTree(roots, ignore), stop, EVERY_FOLDER, None))


def watch_by_looking(
    roots: Sequence[Path], stop: threading.Event, *, ignore: Collection[Path] = ()
) -> Iterator[Sequence[Path]]:
    """Do what `watch` does by looking at every file each `LOOK_EVERY` seconds; works on any disk and has no limit."""
    return _told(_Watch(WatchedTree(roots, ignore), stop, every_folder=True, look_every=LOOK_EVERY))


@dataclass(slots=True)
class _Watch:
    """What is watched, and how."""

    tree: WatchedTree
    stop: threading.Event
    every_folder: bool
    look_every: float | None

    def changes(self) -> Iterator[set[FileChange]]:
        """Yield what changed, nothing at least every 0.4 s; ends with `stop`."""
        paths = self.tree.folders(self.stop) if self.every_folder else [str(root) for root in self.tree.roots]
        return watchfiles.watch(
            *paths,
            watch_filter=None,
            debounce=_PATIENCE_MS,
            step=_STEP,
            stop_event=self.stop,
            rust_timeout=_PATIENCE_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=self.look_every is not None,
            poll_delay_ms=int((self.look_every or 0) * 1000),
            recursive=not self.every_folder,
            ignore_permission_denied=False,
        )

    def outdated_by(self, changes: Collection[FileChange]) -> bool:
        """Say whether other folders are to be watched after these changes.

        Who looks again and again is told that a watched folder is gone at every look.
        """
        polled = self.look_every is not None
        return self.every_folder and (
            self.tree.has_folder(changes, Change.added) or (polled and self.tree.has_folder(changes, Change.deleted))
        )


@dataclass(slots=True)
class _Pending:
    """Roots that have changed and were not told yet; the moments are seconds of a clock."""

    roots: dict[Path, None] = field(default_factory=dict)
    first: float = 0.0
    last: float = 0.0

    def add(self, roots: Iterable[Path], now: float) -> None:
        for root in roots:
            self.first = self.first if self.roots else now
            self.last = now
            self.roots[root] = None

    def due(self, now: float) -> bool:
        return bool(self.roots) and (now - self.last >= QUIET or now - self.first >= PATIENCE)

    def take(self) -> tuple[Path, ...]:
        taken = tuple(self.roots)
        self.roots.clear()
        return taken


def _told(watched: _Watch) -> Iterator[Sequence[Path]]:
    pending = _Pending()
    _check(watched.tree)
    try:
        while not watched.stop.is_set():
            yield from _told_until_outdated(watched, pending)
    except (OSError, UnicodeError, RuntimeError) as error:  # RuntimeError: what the library calls internal
        _check(watched.tree)
        raise _spoken(error) from error


def _told_until_outdated(watched: _Watch, pending: _Pending) -> Iterator[Sequence[Path]]:
    """Watch until other folders are to be watched."""
    outdated = False
    checked = time.monotonic()
    # What happened in new folders before they were watched is seen by whoever looks a quiet time from now.
    pending.last = checked
    for changes in watched.changes():
        now = time.monotonic()
        pending.add(watched.tree.changed(changes), now)
        outdated = outdated or watched.outdated_by(changes)
        if now - checked > CHECK_EVERY:
            _check(watched.tree)
            checked = now
        if outdated and now - pending.last >= REBUILD_AFTER:
            return
        if pending.due(now):
            yield pending.take()


def _check(tree: WatchedTree) -> None:
    absent = tree.absent()
    if absent is not None:
        shown = str(absent).encode("utf-8", "replace").decode("utf-8")
        raise WatchError(
            sentence("The folder {shown} is not there.", shown=shown),
            sentence("It can be watched again once its disk is connected."),
        )


def _spoken(error: Exception) -> WatchError:
    """Return the sentence for what `watchfiles` raises; the limits are told by its text alone."""
    said = str(error)
    if "watch limit" in said or "Too many open files" in said or "No space left" in said:
        return WatchLimitError(
            sentence("The system watches no more folders for you."),
            sentence("Raise fs.inotify.max_user_watches (sysctl), or let Kinfolk look for changes now and then."),
        )
    if isinstance(error, UnicodeError):
        return WatchError(sentence("A folder whose name is not UTF-8 cannot be watched."), sentence("Scan it by hand."))
    return WatchError(
        sentence("The folders cannot be watched: the system refuses."),
        sentence("Scan by hand; starting again may help."),
    )
