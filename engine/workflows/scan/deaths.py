"""What a scan owes the next one where it, or the whole process, does not come to its end.

A photo that was read alone when the process ended is not to blame for that by itself: the machine may have lost its
power, or somebody ended the process. It is where the process crashed, of which Python leaves a word in a file, or where
it ended again and again with this photo alone: a system that runs out of memory ends it without a word. Linux counts
how often it did so; where that number has not grown the death says little, and DEATHS of them are asked for.
"""

import faulthandler
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import PhotoError
from engine.library import indexing
from engine.library.indexing import KnownPhoto
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.scan.fingerprint import file_hash
from engine.words import sentence

if TYPE_CHECKING:  # it brings what reads photos, and most scans find nothing to read
    from engine.workflows.scan.reading import PhotoFile

KILLED = sentence(
    "Kinfolk was ended again and again while it read this file, so it is left alone until the file changes."
)

DEATHS = 20
"""So many times the process may end without a word while it reads a photo alone, until the photo is to blame.

Somebody who ends scans early, on a slow machine, meets the same photo each time."""

OUT_OF_MEMORY = 4
"""A death counts as so many where the system may have run out of memory: five of them are enough."""


@contextmanager
def crashes_noted(data: Path) -> Iterator[None]:
    """Let a crash of this process (a signal that a fault in its code raises) leave a word in the data folder.

    Where somebody else has taken Python's fault handler, it stays theirs. Nothing but places in the code is written.
    """
    path = _crash_path(data)
    if faulthandler.is_enabled():
        yield
        return
    with path.open("wb") as file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
    with suppress(OSError):
        path.unlink(missing_ok=True)


def settle_deaths(library: Library, data: Path) -> None:
    """Acquit photos that were read alone when the last scan ended, unless it crashed, or they were so too often.

    To be called before a scan, by whoever sees to it that no other runs. Those that stay SUSPECT are condemned.
    """
    crash, counted = _crash_path(data), data / "scan.deaths.json"
    crashed = crash.exists() and crash.stat().st_size > 0
    alone = [photo for photo in indexing.unfinished_photos(library) if photo.state == PhotoState.SUSPECT]
    before = _read_counts(counted)
    weight = OUT_OF_MEMORY if _memory_ran_out(data / "scan.memory") else 1
    deaths = {photo.id: before.get(photo.id, 0) + weight for photo in alone}
    unfinished = {photo.id for photo in indexing.unfinished_photos(library)}
    kept = {photo: count for photo, count in (before | deaths).items() if photo in unfinished}
    with suppress(OSError):
        if kept:
            counted.write_text(json.dumps(kept), encoding="utf-8")
        else:
            counted.unlink(missing_ok=True)
        crash.unlink(missing_ok=True)
    if not crashed:
        indexing.release_started(library, [photo for photo, count in deaths.items() if count < DEATHS])


def _memory_ran_out(noted: Path) -> bool:
    """Say whether the system may have ended a process for want of memory since this was asked last, and note it."""
    try:
        lines = Path("/proc/vmstat").read_text(encoding="utf-8").splitlines()
    except OSError:
        return True  # other systems do not say
    now = next((line for line in lines if line.startswith("oom_kill ")), "")
    before = noted.read_text(encoding="utf-8") if noted.exists() else now
    with suppress(OSError):
        noted.write_text(now, encoding="utf-8")
    return not now or now != before


def _crash_path(data: Path) -> Path:
    return data / "scan.crash"


def _read_counts(path: Path) -> dict[int, int]:
    try:
        return {int(photo): int(count) for photo, count in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def condemn(library: Library, files: Sequence["PhotoFile"]) -> int:
    """List files that ended the process as problems, and return how many they are."""
    indexing.store_problems(library, [_killing(file) for file in files])
    return len(files)


def put_back(library: Library, before: Collection[KnownPhoto]) -> None:
    """Give back what a scan has begun to read, where its workflow cannot be closed any more.

    `before` are the `unfinished_photos` that the scan found. The caller sees to it that no other scan runs.
    """
    found = {(photo.id, photo.state) for photo in before}
    begun = [photo.id for photo in indexing.unfinished_photos(library) if (photo.id, photo.state) not in found]
    indexing.release_started(library, begun)


def _killing(file: "PhotoFile") -> indexing.Problem:
    """Return the problem of a file that ended the process; it is hashed, which no decoder takes part in."""
    reason: str = KILLED
    digest = None
    try:
        digest = file_hash(file.path)
    except PhotoError as error:
        reason = error.whole()
    return indexing.Problem(file.photo_id, reason, file.size, file.mtime_ns, digest)
