"""What is recorded so that edits can be undone: the triggers, and the start and end of a recording.

After https://www.sqlite.org/undoredo.html, with two differences. An entry keeps the row's values before and after the
step instead of an inverse statement: undoing is then one statement per table (50,000 faces in a fraction of a second)
and can compare, so that it never overwrites what was said since. And the flag that turns recording on lives in
`journal_state`, set and reset inside the edit's own transaction: SQLite has one writer, so a machine write of another
thread or process cannot meet it set, and a crash resets it.

All changes of one row within one step become one entry: the first "before" and the last "after".
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.library.tables import Face, JournalEntry, JournalState, JournalStep

KEPT_STEPS = 100
"""Older steps than this can no longer be undone."""

KEPT_ENTRIES = 1_000_000
"""Nor can steps older than so many changed rows together; the newest step is always kept."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A table whose edits are recorded: the one or two integer columns that name a row, and its other columns."""

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def other_key(self) -> str | None:
        """The second key column."""
        return self.key[1] if len(self.key) > 1 else None


PEOPLE = Recorded("people", ("id",), ("name", "cover_face_id", "hidden", "created_at", "birth_date"))
FACES = Recorded("faces", ("id",), ("person_id", "source", "ignored", "stranger", "withdrawn"))
REJECTIONS = Recorded("rejections", ("face_id", "person_id"), ())
DISTINCT_PEOPLE = Recorded("distinct_people", ("person_id", "other_id"), ())
PHOTOS = Recorded("photos", ("id",), ("is_page",))
POSTPONED = Recorded("postponed_questions", ("id",), ("kind", "first_id", "second_id", "until"))

RECORDED = (PEOPLE, FACES, REJECTIONS, DISTINCT_PEOPLE, POSTPONED, PHOTOS)

_MADE_BY_SCANS = (FACES, PHOTOS)


def trigger_statements() -> list[str]:
    """Return the CREATE TRIGGER statements. Faces and photos come and go by scans alone: their updates are recorded."""
    statements: list[str] = []
    for recorded in RECORDED:
        if recorded not in _MADE_BY_SCANS:
            statements += [_trigger(recorded, "INSERT"), _trigger(recorded, "DELETE")]
        if recorded.values:
            statements.append(_trigger(recorded, "UPDATE"))
    return statements


def _trigger(recorded: Recorded, event: str) -> str:
    row = "old" if event == "DELETE" else "new"
    before = "NULL" if event == "INSERT" else _image(recorded, "old")
    after = "NULL" if event == "DELETE" else _image(recorded, "new")
    other = f"{row}.{recorded.other_key}" if recorded.other_key else "0"
    columns = f" OF {', '.join(recorded.values)}" if event == "UPDATE" else ""
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in recorded.values)
    only = f" AND ({differs})" if event == "UPDATE" else ""
    return (
        f"CREATE TRIGGER journal_{recorded.table}_{event.lower()} AFTER {event}{columns} ON {recorded.table} "  # noqa: S608 every name in it is a constant of this file
        f"WHEN (SELECT step_id FROM journal_state) IS NOT NULL{only} BEGIN "
        "INSERT INTO journal_entries(step_id, table_name, row_id, other_id, before, after) "
        f"VALUES ((SELECT step_id FROM journal_state), '{recorded.table}', {row}.{recorded.key[0]}, {other}, "
        f"{before}, {after}) "
        "ON CONFLICT(step_id, table_name, row_id, other_id) DO UPDATE SET after = excluded.after; END"
    )


def _image(recorded: Recorded, row: str) -> str:
    return f"json_array({', '.join(f'{row}.{name}' for name in recorded.values)})"


def start_recording(connection: Connection, label: str) -> int:
    """Open a new step after all others and record into it; return its row id."""
    last = connection.scalar(select(func.max(JournalStep.position))) or 0
    return open_step(connection, position=last + 1, label=label, made_at=datetime.now(UTC), undone=False)


def open_step(connection: Connection, *, position: int, label: str, made_at: datetime, undone: bool) -> int:
    """Add a step and record into it until `stop_recording`; return its row id."""
    added = connection.execute(
        insert(JournalStep)
        .values(position=position, label=label, made_at=made_at, undone=undone, entries=0)
        .returning(JournalStep.id)
    )
    step_id = added.scalar_one()
    connection.execute(update(JournalState).values(step_id=step_id))
    return step_id


def stop_recording(connection: Connection, step_id: int) -> int:
    """Turn recording off and note how many rows the step changed; return that number."""
    connection.execute(update(JournalState).values(step_id=None))
    count = connection.scalar(select(func.count()).select_from(JournalEntry).where(JournalEntry.step_id == step_id))
    connection.execute(update(JournalStep).where(JournalStep.id == step_id).values(entries=count))
    return count or 0


def close_edit(connection: Connection, step_id: int) -> bool:
    """End a new edit: drop it if it changed nothing, else drop what could be redone and what is too old.

    Return whether it was kept.
    """
    if stop_recording(connection, step_id) == 0:
        connection.execute(delete(JournalStep).where(JournalStep.id == step_id))
        return False
    connection.execute(delete(JournalStep).where(JournalStep.undone))
    newer_first = JournalStep.position.desc()
    ranked = select(
        JournalStep.id,
        func.row_number().over(order_by=newer_first).label("rank"),
        func.sum(JournalStep.entries).over(order_by=newer_first).label("total"),
    ).subquery()
    too_old = select(ranked.c.id).where(
        ranked.c.rank > 1, (ranked.c.rank > KEPT_STEPS) | (ranked.c.total > KEPT_ENTRIES)
    )
    connection.execute(delete(JournalStep).where(JournalStep.id.in_(too_old)))
    _delete_withdrawn(connection)
    return True


def _delete_withdrawn(connection: Connection) -> None:
    """Delete faces that were taken back with the edit that made them, where no step can bring them back any more."""
    told = select(JournalEntry.row_id).where(JournalEntry.table_name == FACES.table, JournalEntry.row_id == Face.id)
    connection.execute(delete(Face).where(Face.withdrawn, ~told.exists()))
