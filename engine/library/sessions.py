"""Who has a library open, and whether somebody left without closing it.

Every process that opens a library keeps a small file beside it and holds a lock on it. A file whose lock nobody holds
was left by a process that was killed, or by a machine that lost its power.
"""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from engine.errors import LibraryError
from engine.private_files import new_private_file, private_lock
from engine.words import sentence

PATIENCE = 120.0
"""Seconds for which an opening waits for another one, which may be checking a large file."""


def opening_lock(library: Path) -> FileLock:
    """Return the lock that whoever opens, restores or salvages a library holds meanwhile."""
    return private_lock(library.with_name(f"{library.stem}.lock"), timeout=PATIENCE)


class Session:
    """One opened library of this process. `alone`: nobody else has it open; `after_death`: somebody never closed it.

    Make it, and `end` it, while holding the `opening_lock`.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        others = _others(library)
        self.alone, self.after_death = True, False
        for file in others:
            lock = private_lock(file)
            try:
                lock.acquire(blocking=False)
            except Timeout:
                self.alone = False
                continue
            self.after_death = True
            lock.release()
            file.unlink(missing_ok=True)
        self._file = library.with_name(f"{library.stem}.session-{os.getpid()}-{token_hex(4)}")
        new_private_file(self._file)
        self._lock = private_lock(self._file)
        self._lock.acquire(blocking=False)

    def last(self) -> bool:
        """Say whether no other process, nor another `Library` of this one, has it open."""
        return not [file for file in _others(self._library) if file != self._file]

    def end(self) -> None:
        """Note that the library was closed as it should be."""
        self._lock.release()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def require_alone(library: Path) -> None:
    """Refuse what needs the file for itself while a window, a scan or another command has it open."""
    for file in _others(library):
        lock = private_lock(file)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise LibraryError(
                sentence("The library {library} is open in another Kinfolk.", library=library),
                sentence("Close its window, or wait for its command."),
            ) from None
        lock.release()


def _others(library: Path) -> list[Path]:
    return sorted(library.parent.glob(f"{_escaped(library.stem)}.session-*"))


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
