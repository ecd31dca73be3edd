"""Undo and redo: one line of steps, shared by all processes that use the library and kept across restarts."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, select

from engine.errors import LibraryError
from engine.library import journal
from engine.library.changes import Changes
from engine.library.ground import loosen
from engine.library.library import Library, Transaction
from engine.library.recorded_changes import recorded_changes
from engine.library.replay import replay
from engine.library.tables import JournalStep
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Step:
    """One edit in the history.

    `id` stays the same however often the step is undone and redone; `rows` is how many rows it changed; `undone` says
    that it can be redone.
    """

    id: int
    label: str
    made_at: datetime
    rows: int
    undone: bool


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The labels of the steps that `undo` and `redo` would take; None where there is none.

    `last` is the id of the step that `undo` would take, so that whoever has just made an edit knows it again.
    """

    undo: str | None
    redo: str | None
    last: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Replay:
    """What an undo or a redo did: the steps in the order they were taken back or done again, and what they touched."""

    steps: tuple[Step, ...]
    changes: Changes


def history(library: Library) -> list[Step]:
    """Return all steps that are kept, the oldest first; those undone come last."""
    with library.read() as connection:
        rows = connection.execute(_steps().order_by(JournalStep.position)).all()
    return [Step(*row) for row in rows]


def next_steps(library: Library) -> NextSteps:
    """Return what can be undone and redone next."""
    done = select(JournalStep.label).where(~JournalStep.undone).order_by(JournalStep.position.desc()).limit(1)
    last = select(func.max(JournalStep.position)).where(~JournalStep.undone)
    undone = select(JournalStep.label).where(JournalStep.undone).order_by(JournalStep.position).limit(1)
    with library.read() as connection:
        steps = select(done.scalar_subquery(), undone.scalar_subquery(), last.scalar_subquery())
        return NextSteps(*connection.execute(steps).one())


def undo(library: Library) -> Replay:
    """Take back the last edit. Nothing to undo gives a `Replay` without steps."""
    with library.write_said() as transaction:
        step = _last_done(transaction.connection)
        done = [_turn(transaction, step)] if step else []
    return Replay(tuple(done), transaction.changes)


def redo(library: Library) -> Replay:
    """Do the last undone edit again. Nothing to redo gives a `Replay` without steps."""
    with library.write_said() as transaction:
        step = _first_undone(transaction.connection)
        done = [_turn(transaction, step)] if step else []
    return Replay(tuple(done), transaction.changes)


def go_to(library: Library, step_id: int) -> Replay:
    """Undo or redo, in one transaction, until the step of this id is the last one done; 0 is before the first.

    Raises LibraryError if there is no such step any more.
    """
    done: list[Step] = []
    with library.write_said() as transaction:
        connection = transaction.connection
        if step_id and connection.scalar(select(JournalStep.id).where(JournalStep.position == step_id)) is None:
            raise LibraryError(
                sentence("There is no step {step} in the history.", step=step_id),
                sentence("It may have been too old to keep."),
            )
        while (step := _last_done(connection)) and step.id > step_id:
            done.append(_turn(transaction, step))
        while (step := _first_undone(connection)) and step.id <= step_id:
            done.append(_turn(transaction, step))
    return Replay(tuple(done), transaction.changes)


def _steps() -> "Select[int, str, datetime, int, bool]":
    return select(JournalStep.position, JournalStep.label, JournalStep.made_at, JournalStep.entries, JournalStep.undone)


def _last_done(connection: Connection) -> Step | None:
    query = _steps().where(~JournalStep.undone).order_by(JournalStep.position.desc()).limit(1)
    row = connection.execute(query).first()
    return Step(*row) if row else None


def _first_undone(connection: Connection) -> Step | None:
    query = _steps().where(JournalStep.undone).order_by(JournalStep.position).limit(1)
    row = connection.execute(query).first()
    return Step(*row) if row else None


def _turn(transaction: Transaction, step: Step) -> Step:
    """Replay the step while recording what that changes as the same step, turned from done to undone or back."""
    connection = transaction.connection
    old = connection.scalars(select(JournalStep.id).where(JournalStep.position == step.id)).one()
    new = journal.open_step(
        connection, position=step.id, label=step.label, made_at=step.made_at, undone=not step.undone
    )
    replay(connection, old)
    changes = recorded_changes(connection, new)
    transaction.touched(changes)
    loosen(connection, changes)
    rows = journal.stop_recording(connection, new)
    connection.execute(delete(JournalStep).where(JournalStep.id == old))
    transaction.turned = True
    return Step(step.id, step.label, step.made_at, rows, not step.undone)
