"""The ids that a recorded step touched, read from its own entries."""

from sqlalchemy import Connection, text

from engine.library.changes import Changes

_FACES = text("SELECT row_id FROM journal_entries WHERE step_id = :step AND table_name IN ('faces', 'rejections')")
_PHOTOS = text("""
    SELECT DISTINCT faces.photo_id FROM journal_entries AS e JOIN faces ON faces.id = e.row_id
    WHERE e.step_id = :step AND e.table_name = 'faces'
      AND json_extract(e.before, '$[2]') IS NOT json_extract(e.after, '$[2]')
""")
_PEOPLE = text("""
    SELECT row_id FROM journal_entries WHERE step_id = :step AND table_name IN ('people', 'distinct_people')
    UNION
    SELECT other_id FROM journal_entries WHERE step_id = :step AND table_name IN ('rejections', 'distinct_people')
    UNION
    SELECT json_extract(before, '$[0]') FROM journal_entries WHERE step_id = :step AND table_name = 'faces'
    UNION
    SELECT json_extract(after, '$[0]') FROM journal_entries WHERE step_id = :step AND table_name = 'faces'
""")


def recorded_changes(connection: Connection, step_id: int) -> Changes:
    """Return the faces and people of a step: those whose rows changed, and those whom a changed face left or joined.

    Photos are those in which a face was ignored or taken in again: they have another number of faces.
    """
    step = {"step": step_id}
    faces = connection.scalars(_FACES, step).all()
    photos = connection.scalars(_PHOTOS, step).all()
    people = connection.scalars(_PEOPLE, step).all()
    return Changes.of(photos=photos, faces=faces, people=(person for person in people if person is not None))
