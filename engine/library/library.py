"""The library file: who may read and write it when."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select, update

from engine.errors import LibraryError
from engine.library import journal
from engine.library.changes import Changes
from engine.library.connection import BUSY_SECONDS, make_engine, raw_connection
from engine.library.damage import LibraryDamagedError
from engine.library.ground import loosen
from engine.library.migrations import require_sqlite
from engine.library.opening import Opening, open_file
from engine.library.reads import Reads
from engine.library.recorded_changes import recorded_changes, with_copies
from engine.library.schema import SCHEMA, Schema
from engine.library.sqlite_errors import spoken_errors
from engine.library.tables import JournalState
from engine.words import sentence

LEAVING_SECONDS = 0.5
"""How long reads that were broken off may take to end."""

_COUNT_REVISION = update(JournalState).values(revision=JournalState.revision + 1).returning(JournalState.revision)


@dataclass(slots=True)
class Transaction:
    """An open write. `changes` is complete once the `with` block that gave it has ended.

    `turned` says that a step of the history was made, taken back or done again; `loosens` that what the machine placed
    with the people whom an edit touched stood on what is different now, and waits to be looked at again.
    """

    connection: Connection
    changes: Changes = field(default_factory=Changes)
    turned: bool = False
    loosens: bool = True

    def touched(self, changes: Changes) -> None:
        """Note ids that this write touched; an edit's own are noted by its journal."""
        self.changes |= changes


class Library:
    """One library file. May be used by several threads: reads never wait, writes wait for each other.

    Another process (a scan on the command line beside the window) may use the same file. `close` it, or use it in a
    `with` statement.
    """

    def __init__(
        self, path: Path, schema: Schema = SCHEMA, patience: float = BUSY_SECONDS, opening: Opening = open_file
    ) -> None:
        """Open the file, making or migrating it; a write waits `patience` seconds for one of another process to end.

        One that cannot be written where it lies can be read. Raises what `opening` raises.
        """
        require_sqlite()
        self.path = path
        self._writing = threading.Lock()
        self._writer: int | None = None
        self._listeners: dict[int, Callable[[Changes], None]] = {}
        self._reads = Reads(path)
        self._tickets = itertools.count()
        self._seen_revision = 0
        self._patience = patience
        with spoken_errors(path):
            self._opened = opening(path, schema)
            self._engine = make_engine(self._opened.file, patience, read_only=self._opened.hindrance is not None)
        try:
            self._seen_revision = self.revision()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; the write-ahead log goes with the last one of all processes."""
        self._engine.dispose()
        self._opened.close()

    def leave(self) -> None:
        """Close what can be closed while threads that nobody waits for still use it: the process ends next.

        Where one of them has a connection open, the next opening takes it for a death, and checks the file.
        """
        self._reads.stop()
        self._reads.wait(LEAVING_SECONDS)
        self._engine.dispose()
        self._opened.leave()

    def check_if_due(self) -> None:
        """Check the whole file, seconds for a large one, if that is due; others may read and write meanwhile.

        Raises LibraryDamagedError.
        """
        with self._spoken_errors():
            self._opened.check_if_due()

    @property
    def backup(self) -> Path | None:
        """The copy that was made because opening brought the file to a new version."""
        return self._opened.backup

    @property
    def writable(self) -> bool:
        """Whether anything can be written: not on a read-only or full disk."""
        return self._opened.hindrance is None

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what opening found and mended, for the user."""
        return self._opened.notices

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the file, whatever is written meanwhile."""
        with self._spoken_errors(), self._reads.one(self._engine) as connection:
            yield connection

    def break_off_reads(self) -> None:
        """End the reads that are under way: nobody waits any more for what a large library takes seconds to tell.

        Each raises LibraryError in its thread. Writes go on.
        """
        self._reads.break_off()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction for what the machine found; it is not recorded and cannot be undone.

        Never keep it open while decoding or inferring: every other writer waits. Should the machine lose its power, the
        last ones may be lost, and are found again.
        """
        with self._transaction("NORMAL") as transaction:
            yield transaction

    @contextmanager
    def write_said(self) -> Iterator[Transaction]:
        """Open a transaction for what a person said; it is on the disk, come what may, when this returns."""
        with self._transaction("FULL") as transaction:
            yield transaction

    @contextmanager
    def _transaction(self, durability: str) -> Iterator[Transaction]:
        if self._opened.hindrance is not None:
            message, hint = self._opened.hindrance
            raise LibraryError(sentence(message, place=sentence("The library {path}", path=self.path)), hint)
        with self._only_writer(), self._spoken_errors(), self._engine.connect() as plain:
            connection = plain.execution_options(kinfolk_writes=durability)
            with connection.begin():
                transaction = Transaction(connection)
                yield transaction
                transaction.changes = with_copies(connection, transaction.changes)
                revision = connection.execute(_COUNT_REVISION).scalar_one()
            self._note_revision(revision)
        if transaction.changes or transaction.turned:
            self._tell(transaction.changes)

    @contextmanager
    def edit(self, label: str) -> Iterator[Transaction]:
        """Open a transaction for what a person said; it becomes one step that can be undone.

        `label` names the step to the user and holds no names of people.
        """
        with self.write_said() as transaction:
            step_id = journal.start_recording(transaction.connection, label)
            yield transaction
            transaction.touched(recorded_changes(transaction.connection, step_id))
            if transaction.loosens:
                loosen(transaction.connection, transaction.changes)
            transaction.turned = journal.close_edit(transaction.connection, step_id)

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call `listener` after every write of this process that touched anything; return what ends that.

        It is called in the writer's thread, after the commit and outside the write lock, so it may read and write. It
        must not raise: what it hears of is done. An edit, undo or redo that changed nothing but the history comes with
        empty `Changes`. A write that is under way while a listener leaves may still be told to it.
        """
        ticket = next(self._tickets)
        self._listeners[ticket] = listener

        def leave() -> None:
            self._listeners.pop(ticket, None)

        return leave

    def revision(self) -> int:
        """Return the number of writes of all processes so far."""
        with self.read() as connection:
            return connection.scalar(select(JournalState.revision)) or 0

    def changed_elsewhere(self) -> bool:
        """Say whether another process has written since the last call, or since this library was opened.

        Never waits for a write; beside one of this process it may rarely say yes for nothing.
        """
        now = self.revision()
        changed = now > self._seen_revision
        self._seen_revision = max(now, self._seen_revision)
        return changed

    def compact(self) -> None:
        """Write the file anew without what was deleted, and empty the write-ahead log.

        Raises LibraryError while another process reads or writes the file.
        """
        # Connections of ours that rest would keep the old pages in the log.
        self._engine.dispose()
        with self._only_writer(), self._spoken_errors(), closing(raw_connection(self.path, self._patience)) as plain:
            plain.execute("VACUUM")
            busy, *_ = plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LibraryError(
                sentence("The library {path} is in use elsewhere.", path=self.path),
                sentence("Close what uses it, and try again."),
            )

    @contextmanager
    def _spoken_errors(self) -> Iterator[None]:
        """Turn what SQLite reports into a sentence; damage is looked for at the next opening, too, whoever met it."""
        try:
            with spoken_errors(self.path):
                yield
        except LibraryDamagedError:
            self._opened.note_damage()
            raise

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        # Between threads a lock is fair and cheap; between processes SQLite's own lock decides.
        if self._writer == threading.get_ident():
            message = "a write was opened inside a write"
            raise RuntimeError(message)
        if not self._writing.acquire(timeout=self._patience * 3):
            raise LibraryError(
                sentence("The library {path} is still being written.", path=self.path),
                sentence("Try again in a moment."),
            )
        self._writer = threading.get_ident()
        try:
            yield
        finally:
            self._writer = None
            self._writing.release()

    def _tell(self, changes: Changes) -> None:
        for listener in tuple(self._listeners.values()):
            listener(changes)

    def _note_revision(self, revision: int) -> None:
        # A gap means that somebody else wrote in between: leave it for `changed_elsewhere` to find.
        if revision == self._seen_revision + 1:
            self._seen_revision = revision
