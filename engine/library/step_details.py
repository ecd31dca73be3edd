"""What a step of the history was about: whom, and how many faces; and taking back one step alone."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.replay import replay
from engine.library.tables import JournalStep

ALONE = "Undo alone: "
"""Before the label of a step that takes back an earlier one."""

FACES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class StepDetails:
    """`names` of the people whom a step touched, `faces` how many it changed, `shown` the ids of the first few.

    `alone` says that nothing later depends on the step: it can be taken back by itself.
    """

    names: tuple[str, ...]
    faces: int
    shown: tuple[int, ...]
    alone: bool


_FACES = text("""
    SELECT DISTINCT row_id FROM journal_entries
    WHERE step_id = :step AND table_name IN ('faces', 'rejections') ORDER BY row_id
""")
_NAMES = text("""
    WITH touched AS (
        SELECT row_id AS id, coalesce(json_extract(after, '$[0]'), json_extract(before, '$[0]')) AS name
        FROM journal_entries WHERE step_id = :step AND table_name = 'people'
        UNION
        SELECT p.id, p.name FROM journal_entries AS e JOIN people AS p
            ON p.id = json_extract(e.after, '$[0]') WHERE e.step_id = :step AND e.table_name = 'faces'
        UNION
        SELECT p.id, p.name FROM journal_entries AS e JOIN people AS p
            ON p.id IN (e.other_id, CASE WHEN e.table_name = 'distinct_people' THEN e.row_id END)
            WHERE e.step_id = :step AND e.table_name IN ('rejections', 'distinct_people')
    )
    SELECT DISTINCT name FROM touched WHERE name IS NOT NULL ORDER BY name
""")
_DEPENDS = text("""
    WITH later AS (
        SELECT e.* FROM journal_entries AS e JOIN journal_steps AS s ON s.id = e.step_id
        WHERE NOT s.undone AND s.position > (SELECT position FROM journal_steps WHERE id = :step)
    ), made AS (
        SELECT row_id AS id FROM journal_entries WHERE step_id = :step AND table_name = 'people'
    )
    SELECT EXISTS (
        SELECT 1 FROM later JOIN journal_entries AS e USING (table_name, row_id, other_id) WHERE e.step_id = :step
    ) OR EXISTS (
        SELECT 1 FROM later WHERE table_name = 'faces'
            AND (json_extract(before, '$[0]') IN (SELECT id FROM made)
                 OR json_extract(after, '$[0]') IN (SELECT id FROM made))
    ) OR EXISTS (
        SELECT 1 FROM later WHERE table_name IN ('rejections', 'distinct_people')
            AND (other_id IN (SELECT id FROM made)
                 OR table_name = 'distinct_people' AND row_id IN (SELECT id FROM made))
    )
""")


def step_details(library: Library, step_id: int) -> StepDetails | None:
    """Return what the step of this id (`history.Step.id`) was about, None where it is not kept any more."""
    with library.read() as connection:
        row = _row_of(connection, step_id)
        if row is None:
            return None
        faces = connection.scalars(_FACES, {"step": row}).all()
        names = connection.scalars(_NAMES, {"step": row}).all()
        undone = connection.scalar(select(JournalStep.undone).where(JournalStep.id == row))
        alone = not undone and not connection.scalar(_DEPENDS, {"step": row})
    return StepDetails(tuple(names), len(faces), tuple(faces[:FACES_SHOWN]), alone)


def undo_alone(library: Library, step_id: int) -> Changes:
    """Take back one step and leave those after it, as an edit of its own that can be undone.

    Raises LibraryError where the step is not kept any more, or where a later one depends on it.
    """
    with library.read() as connection:
        label = connection.scalar(select(JournalStep.label).where(JournalStep.position == step_id))
    with library.edit(f"{ALONE}{label}") as edit:
        row = _row_of(edit.connection, step_id)
        if row is None:
            raise LibraryError(f"There is no step {step_id} in the history.", "It may have been too old to keep.")
        undone = edit.connection.scalar(select(JournalStep.undone).where(JournalStep.id == row))
        # The step that is being recorded has no entries yet.
        depends = edit.connection.scalar(_DEPENDS, {"step": row})
        if undone or depends:
            raise LibraryError("Something that was said later depends on this step.", "Go back to it instead.")
        replay(edit.connection, row)
    return edit.changes


def _row_of(connection: Connection, step_id: int) -> int | None:
    return connection.scalar(select(JournalStep.id).where(JournalStep.position == step_id))
