"""Putting a backup, or what can be read of a damaged library, in the library's place. What was there is kept."""

import os
import shutil
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LibraryError
from engine.library.backups import Reason, back_up, newest_sound
from engine.library.connection import raw_connection
from engine.library.damage import keep_aside
from engine.library.examining import examine_file, open_unchanged
from engine.library.marker import write_marker
from engine.library.salvage import Salvaged, salvage_into
from engine.library.schema import SCHEMA, Schema
from engine.library.sessions import opening_lock, require_alone
from engine.library.sqlite_errors import spoken_errors
from engine.private_files import new_private_file, sync_folder
from engine.words import sentence, system_reason


@dataclass(frozen=True, slots=True)
class Restored:
    """What took the library's place, and where that lies which was there, None where nothing was."""

    source: Path
    kept: Path | None


def restore(path: Path, backup: Path | None = None, schema: Schema = SCHEMA) -> Restored:
    """Make the library what the backup holds; None takes the newest sound one.

    A sound library becomes a backup first, a damaged one is kept under another name. Interrupted at any moment, the
    library is what it was or what the backup holds, or is missed at the next start. Raises LibraryError where a window
    or another command has it open, there is no backup, or the backup is damaged, newer or none of Kinfolk's.
    """
    with opening_lock(path):
        require_alone(path)
        source = backup or _newest(path)
        if not source.is_file():
            raise LibraryError(
                sentence("There is no file {source}.", source=source),
                sentence("kinfolk restore --list shows which there are."),
            )
        if problems := examine_file(source, schema).problems:
            raise LibraryError(
                sentence("The backup {source} is damaged: {problem}.", source=source, problem=problems[0]),
                sentence("Choose another one."),
            )
        kept = _put(path, source) if _is_sound(path, schema) else _replace(path, source)
        write_marker(path, time.time())
    return Restored(source, kept)


def salvage(path: Path, schema: Schema = SCHEMA) -> tuple[Restored, Salvaged]:
    """Make the library of what can still be read of it; the damaged file is kept. Raises LibraryError as `restore`."""
    with opening_lock(path):
        require_alone(path)
        if not path.is_file():
            raise LibraryError(
                sentence("There is no library {path}.", path=path),
                sentence("kinfolk restore puts a backup in its place."),
            )
        if path.stat().st_size == 0:
            hint = sentence("kinfolk restore puts a backup in its place.")
            raise LibraryError(sentence("The library {path} is empty: there is nothing to save.", path=path), hint)
        rescued = path.with_name(f"{path.stem}-rescued.{os.getpid()}.part")
        try:
            with spoken_errors(path):
                saved = salvage_into(path, rescued, schema)
            kept = _replace(path, rescued)
        finally:
            rescued.unlink(missing_ok=True)
        write_marker(path, time.time())
    return Restored(path, kept), saved


def _newest(path: Path) -> Path:
    if (newest := newest_sound(path)) is None:
        raise LibraryError(
            sentence("There is no sound backup of the library {path}.", path=path),
            sentence("Name a file, or save what can still be read of a damaged library: kinfolk restore --salvage"),
        )
    return newest.path


def _is_sound(path: Path, schema: Schema) -> bool:
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        return not examine_file(path, schema).problems
    except LibraryError:
        return False


def _put(path: Path, source: Path) -> Path:
    """Copy the backup's pages into the library, in one transaction of SQLite's."""
    # Opened first: it may be the oldest of its kind, which the new copy makes room for.
    with spoken_errors(source), closing(open_unchanged(source)) as taken:
        kept = back_up(path, Reason.BEFORE).path
        with spoken_errors(path), closing(raw_connection(path)) as library:
            library.execute("PRAGMA synchronous = FULL")
            taken.backup(library)
            library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return kept


def _replace(path: Path, source: Path) -> Path | None:
    """Put a copy of the file in the library's place after what is there was set aside."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        new_private_file(part)
        shutil.copyfile(source, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        kept = keep_aside(path) if path.exists() else None
        # The log first: one that is left beside another file would be taken for that one's.
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        message = sentence("The library {path} cannot be written: {reason}.", path=path, reason=system_reason(error))
        raise LibraryError(message, sentence("Check the folder and the space on its disk.")) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return kept
