"""What a step of the history was about: whom, and how many faces; and taking back one step alone."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.replay import replay
from engine.library.tables import JournalStep
from engine.words import Sentence, sentence

ALONE = "Undo alone: "
"""Stands, in English, before the label of a step that takes back an earlier one."""

FACES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class StepDetails:
    """`names` of the people whom a step touched, `faces` how many it changed, `shown` the ids of the first few.

    Of two who were told apart, whose faces did not change, one each is shown. `alone` says that nothing later depends
    on the step: it can be taken back by itself.
    """

    names: tuple[str, ...]
    faces: int
    shown: tuple[int, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """What the line of a step says: as `StepDetails` has it, with fewer faces."""

    names: tuple[str, ...] = ()
    faces: int = 0
    shown: tuple[int, ...] = ()


LINE_FACES = 3
"""Faces of a `StepLine`."""

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
_LINE_FACES = text("""
    WITH ranked AS (
        SELECT step_id, row_id, row_number() OVER (PARTITION BY step_id ORDER BY row_id) AS place,
            count(*) OVER (PARTITION BY step_id) AS faces
        FROM (SELECT DISTINCT step_id, row_id FROM journal_entries WHERE table_name IN ('faces', 'rejections'))
    )
    SELECT s.position, r.row_id, r.faces FROM ranked AS r JOIN journal_steps AS s ON s.id = r.step_id
    WHERE r.place <= :most ORDER BY s.position, r.place
""")
_PAIRS = text("""
    WITH pairs AS (
        SELECT step_id, row_id AS person FROM journal_entries WHERE table_name = 'distinct_people'
        UNION SELECT step_id, other_id FROM journal_entries WHERE table_name = 'distinct_people'
    )
    SELECT s.position, min(f.id) FROM pairs AS p JOIN journal_steps AS s ON s.id = p.step_id
        JOIN faces AS f ON f.person_id = p.person AND f.gone_since IS NULL
    GROUP BY s.position, p.person ORDER BY s.position, p.person
""")
"""A face of each of two who were told apart: no face of theirs changed."""
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
        pair = [face for position, face in connection.execute(_PAIRS) if position == step_id]
        undone = connection.scalar(select(JournalStep.undone).where(JournalStep.id == row))
        alone = not undone and not connection.scalar(_DEPENDS, {"step": row})
    return StepDetails(tuple(names), len(faces), tuple((faces or pair)[:FACES_SHOWN]), alone)


def undone_alone(label: str) -> str | None:
    """Return the label of the step that one took back alone, by its own label; None for any other step."""
    if not label.startswith(ALONE):
        return None
    inner = label.values.get("label") if isinstance(label, Sentence) else None
    return inner if isinstance(inner, str) else label.removeprefix(ALONE)


def step_lines(library: Library) -> dict[int, StepLine]:
    """Return of every step that is kept, by its id, whom and how many faces it was about."""
    with library.read() as connection:
        shown: dict[int, list[int]] = {}
        counts: dict[int, int] = {}
        for position, face, faces in connection.execute(_LINE_FACES, {"most": LINE_FACES}):
            shown.setdefault(position, []).append(face)
            counts[position] = faces
        for position, face in connection.execute(_PAIRS):
            if position not in counts:
                shown.setdefault(position, []).append(face)
        steps = connection.execute(select(JournalStep.position, JournalStep.id)).all()
        names = {position: tuple(connection.scalars(_NAMES, {"step": row}).all()) for position, row in steps}
    return {
        position: StepLine(names[position], counts.get(position, 0), tuple(shown.get(position, ())))
        for position in names
    }


def undo_alone(library: Library, step_id: int) -> Changes:
    """Take back one step and leave those after it, as an edit of its own that can be undone.

    Raises LibraryError where the step is not kept any more, or where a later one depends on it.
    """
    with library.read() as connection:
        label = connection.scalar(select(JournalStep.label).where(JournalStep.position == step_id))
    with library.edit(sentence("Undo alone: {label}", label=label or "")) as edit:
        row = _row_of(edit.connection, step_id)
        if row is None:
            raise LibraryError(
                sentence("There is no step {step} in the history.", step=step_id),
                sentence("It may have been too old to keep."),
            )
        undone = edit.connection.scalar(select(JournalStep.undone).where(JournalStep.id == row))
        # The step that is being recorded has no entries yet.
        depends = edit.connection.scalar(_DEPENDS, {"step": row})
        if undone or depends:
            raise LibraryError(
                sentence("Something that was said later depends on this step."), sentence("Go back to it instead.")
            )
        replay(edit.connection, row)
    return edit.changes


def _row_of(connection: Connection, step_id: int) -> int | None:
    return connection.scalar(select(JournalStep.id).where(JournalStep.position == step_id))
