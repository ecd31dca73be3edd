"""Opening a library: what is lost, damaged or cannot be written is noticed before anything is built upon it."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from filelock import Timeout

from engine.errors import LibraryError
from engine.library.damage import LibraryDamagedError, lost_library, mend_log, way_back
from engine.library.examining import examine_file, file_version, open_unchanged
from engine.library.marker import note_checked, read_marker, spoil_marker, write_marker
from engine.library.migrations import prepare_file
from engine.library.schema import Schema
from engine.library.sessions import Session, opening_lock
from engine.private_files import close_to_others, is_full, new_private_file
from engine.words import sentence, system_reason, template

READ_ONLY = (
    template("{place} is read-only."),
    sentence("Make the file and its folder writable, or choose another data folder."),
)
FULL = (
    template("{place} cannot be written: the disk is full."),
    sentence("Free some space on its disk, then start Kinfolk again."),
)

HINDRANCES = {
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
}


@dataclass(slots=True)
class Opened:
    """A library file that is ready: `file` is what SQLite opens, a copy of `path` where that one cannot be opened.

    `hindrance` says why nothing can be written (a template and a hint), None where it can. `notices` are sentences that
    the user should read. `backup` was made because the file came to a new version.
    """

    path: Path
    file: Path
    backup: Path | None = None
    hindrance: tuple[str, str] | None = None
    notices: tuple[str, ...] = ()
    session: Session | None = None
    checked_at: float = 0.0
    sound: bool = True

    def check_if_due(self) -> None:
        """Check the whole file if no process has for a week, while it is in use; note when it was found sound.

        Raises LibraryDamagedError where it is not.
        """
        marker = read_marker(self.path)
        if self.session is None or marker is None or not marker.due:
            return
        if problems := examine_file(self.path).problems:
            raise LibraryDamagedError.of(self.path, problems[0])
        self.checked_at = time.time()
        note_checked(self.path, self.checked_at)

    def note_damage(self) -> None:
        """Have the next opening check the whole file, and so offer what mends it: damage was met."""
        if self.sound and self.session is not None:
            self.sound = False
            spoil_marker(self.path)

    def close(self) -> None:
        """Note how the file was left; its connections are closed already."""
        if self.file != self.path:
            shutil.rmtree(self.file.parent, ignore_errors=True)
        if self.session is None:
            return
        with suppress(Timeout, OSError), opening_lock(self.path):
            if self.session.last() and not self._has_log and self.sound:
                write_marker(self.path, self.checked_at)
            self.session.end()

    def leave(self) -> None:
        """Do the same, unless a connection is open yet: then the file is left as by a death."""
        if not self._has_log:
            self.close()

    @property
    def _has_log(self) -> bool:
        return self.path.with_name(f"{self.path.name}-wal").exists()


Opening = Callable[[Path, Schema], Opened]


def open_file(path: Path, schema: Schema) -> Opened:
    """Make, check, mend or bring to `schema` the file, as far as it needs it; read-only disks and full ones will do.

    The whole file is checked (seconds for a large one) after a process that did not close it, and where it is not the
    file that was closed; once a week `Opened.check_if_due` does, which holds up no opening. Raises LibraryDamagedError
    for one that is damaged, or gone though there was one, and LibraryError for one that is newer or not ours.
    """
    if not path.parent.is_dir():
        raise LibraryError(
            sentence("The folder {folder} does not exist.", folder=path.parent),
            sentence("Make it, or choose another data folder."),
        )
    if path.is_dir():
        raise LibraryError(
            sentence("The library {path} is a folder.", path=path), sentence("Choose another data folder.")
        )
    if path.exists() and path.stat().st_size > 0:
        # A file of another program is refused before anything is laid beside it.
        with closing(open_unchanged(path)) as probe:
            file_version(probe, path, schema)
    if (hindrance := _hindrance(path)) is not None:
        return _open_for_reading(path, schema, hindrance)
    try:
        with opening_lock(path):
            return _open_for_writing(path, schema)
    except Timeout:
        raise LibraryError(
            sentence("The library {path} is being opened by another Kinfolk.", path=path),
            sentence("Try again in a moment."),
        ) from None


def open_as_guest(path: Path, schema: Schema) -> Opened:
    """Open a file that this program has open in another process, which may end this one at any moment.

    Nothing is noted beside the file, so that no later opening takes that end for a death. Raises as `open_file`.
    """
    if (hindrance := _hindrance(path)) is not None:
        return _open_for_reading(path, schema, hindrance)
    return Opened(path, path)


def _open_for_writing(path: Path, schema: Schema) -> Opened:
    _refuse_lost(path)
    session = Session(path)
    try:
        found = Opened(path, path, session=session)
        if session.alone and session.after_death:
            found.notices = mend_log(path)
        found.checked_at = _checked(path, schema, session)
        if not path.exists():
            with suppress(FileExistsError):
                new_private_file(path)
        close_to_others(path)
        found.backup = prepare_file(path, schema)
        # From now on an empty or missing file is no new library. Its size is noted when it is closed.
        if read_marker(path) is None:
            write_marker(path, found.checked_at)
    except BaseException:
        session.end()
        raise
    return found


def _refuse_lost(path: Path) -> None:
    """Take an empty or missing file for a new library only where there is no trace of an earlier one."""
    empty = not path.exists() or path.stat().st_size == 0
    log = path.with_name(f"{path.name}-wal")
    if empty and (read_marker(path) is not None or (log.exists() and log.stat().st_size > 0) or way_back(path)):
        raise lost_library(path)


def _checked(path: Path, schema: Schema, session: Session) -> float:
    """Check the file if anything speaks for it; return when (Unix seconds) it was found sound last."""
    if not path.exists() or path.stat().st_size == 0:
        return time.time()
    marker = read_marker(path)
    if marker is not None and not session.after_death and (not session.alone or marker.is_of(path)):
        return marker.checked_at
    problems = examine_file(path, schema).problems
    if problems:
        raise LibraryDamagedError.of(path, problems[0])
    return time.time()


def _hindrance(path: Path) -> tuple[str, str] | None:
    """Return why the library cannot be written where it lies."""
    if not _may(path.parent, os.W_OK | os.X_OK) or (path.exists() and not _may(path, os.W_OK)):
        return READ_ONLY
    return FULL if is_full(path.parent) else None


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _open_for_reading(path: Path, schema: Schema, hindrance: tuple[str, str]) -> Opened:
    if not path.exists() or path.stat().st_size == 0:
        message, hint = hindrance
        raise LibraryError(sentence(message, place=sentence("The folder {path}", path=path.parent)), hint)
    state = examine_file(path, schema)
    if state.problems:
        raise LibraryDamagedError.of(path, state.problems[0])
    log = path.with_name(f"{path.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    file = path if state.is_current and not has_log else _copy_to_read(path)
    if not state.is_current:
        prepare_file(file, schema)
    return Opened(path, file, hindrance=hindrance)


def _copy_to_read(path: Path) -> Path:
    """Return a private copy of a library whose log must be read with it, or which must come to a new version first."""
    log = path.with_name(f"{path.name}-wal")
    folder = Path(mkdtemp(prefix="kinfolk-"))
    try:
        for file in (path, log):
            if file.exists():
                shutil.copyfile(file, folder / file.name)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        message = sentence(
            "The library {path} cannot be read where it lies: {reason}.", path=path, reason=system_reason(error)
        )
        raise LibraryError(message, sentence("Free some space on the system's disk.")) from error
    return folder / path.name
