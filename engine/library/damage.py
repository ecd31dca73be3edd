"""What is said of a damaged or lost library, and what can be mended by itself."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from engine.errors import LibraryError
from engine.library.wal import examine_log, mended_log
from engine.words import Sentence, following, sentence

MOMENT = "%Y%m%dT%H%M%S%fZ"


class LibraryDamagedError(LibraryError):
    """The library is damaged, or gone: a backup or what can still be read of it may take its place."""

    @classmethod
    def of(cls, path: Path, problem: str = "") -> Self:
        """Return the error for a file that holds something else than was written into it."""
        if not problem:
            return cls(sentence("The library {path} is damaged.", path=path), offer(path))
        said = problem if isinstance(problem, Sentence) else problem.splitlines()[0][:120]
        return cls(sentence("The library {path} is damaged ({problem}).", path=path, problem=said), offer(path))


def lost_library(path: Path) -> LibraryDamagedError:
    """Return the error for a library that was here once and is gone, or empty."""
    if path.exists():
        return LibraryDamagedError(sentence("The library {path} is empty, though it was not.", path=path), offer(path))
    return LibraryDamagedError(sentence("The library {path} is gone, though there was one.", path=path), offer(path))


def way_back(path: Path) -> list[Path]:
    """Return the copies of a library, the newest first."""
    return sorted((path.parent / "backups").glob("library-*.sqlite"), reverse=True)


def offer(path: Path) -> str:
    """Say what the user can do about a library that cannot be used."""
    aside = sentence("The photos themselves are not touched.")
    is_empty = not path.exists() or path.stat().st_size == 0
    if copies := way_back(path):
        moment = copies[0].name.split("-")[1]
        try:
            day = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        except ValueError:
            day = copies[0].name
        other = "" if is_empty else sentence("Or save what can still be read: kinfolk restore --salvage.")
        return following(sentence("Put the backup of {day} in its place: kinfolk restore.", day=day), other, aside)
    if not is_empty:
        return following(sentence("Save what can still be read of it: kinfolk restore --salvage."), aside)
    anew = sentence("Put the file back if you have moved it, or begin anew: kinfolk erase --yes.")
    return following(anew, aside)


def keep_aside(path: Path) -> Path:
    """Copy a file and its log beside it under a name that says that they are damaged; return the copy's name."""
    moment = datetime.now(UTC).strftime(MOMENT)
    kept = path.with_name(f"{path.stem}-damaged-{moment}{path.suffix}")
    for ending in ("", "-wal"):
        source = path.with_name(path.name + ending)
        if source.exists():
            target = kept.with_name(kept.name + ending)
            shutil.copyfile(source, target)
            target.chmod(0o600)
    return kept


def mend_log(path: Path) -> tuple[str, ...]:
    """Mend the log that a process left behind, where it is damaged; return what is to be said of that.

    The files as they were are kept. Nobody else may have the library open.
    """
    log = path.with_name(f"{path.name}-wal")
    size = _page_size(path)
    state = examine_log(log, size)
    if not state.is_damaged:
        return ()
    kept = keep_aside(path)
    mended = mended_log(log, size)
    if _is_sound_with(path, mended):
        log.write_bytes(mended)
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        return (
            sentence("The log of the library was damaged and has been mended; as it was it lies at {kept}.", kept=kept),
        )
    lost = sentence("The log of the library is damaged: what was said last may be lost. Look at the history.")
    return (following(lost, sentence("As it was it lies at {kept}.", kept=kept)),)


def _is_sound_with(path: Path, log: bytes) -> bool:
    with TemporaryDirectory(prefix="kinfolk-", dir=path.parent) as folder:
        copy = Path(folder) / "library.sqlite"
        shutil.copyfile(path, copy)
        copy.with_name("library.sqlite-wal").write_bytes(log)
        try:
            with closing(sqlite3.connect(copy)) as connection:
                return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
        except (sqlite3.Error, UnicodeDecodeError):
            return False


def _page_size(path: Path) -> int:
    """Return the size of a library's pages in bytes, from its header: 1 stands for 65,536."""
    with path.open("rb") as file:
        head = file.read(18)
    size = int.from_bytes(head[16:18], "big")
    return 65536 if size == 1 else size
