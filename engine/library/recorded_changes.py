"""The ids that a recorded step touched, read from its own entries, and those that triggers touched."""

from dataclasses import replace

from sqlalchemy import Connection, select, text

from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.tables import Face

_FACES = text("""
    SELECT row_id FROM journal_entries WHERE step_id = :step AND table_name IN ('faces', 'rejections')
    UNION
    SELECT faces.id FROM journal_entries AS e JOIN faces ON faces.photo_id = e.row_id
    WHERE e.step_id = :step AND e.table_name = 'photos'
""")
_PHOTOS = text("""
    SELECT DISTINCT faces.photo_id FROM journal_entries AS e JOIN faces ON faces.id = e.row_id
    WHERE e.step_id = :step AND e.table_name = 'faces'
      AND (json_extract(e.before, '$[2]') IS NOT json_extract(e.after, '$[2]')
           OR json_extract(e.before, '$[4]') IS NOT json_extract(e.after, '$[4]'))
    UNION
    SELECT row_id FROM journal_entries WHERE step_id = :step AND table_name = 'photos'
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
_QUESTIONS = text("""
    SELECT row_id FROM journal_entries WHERE step_id = :step AND table_name = 'postponed_questions'
""")


def recorded_changes(connection: Connection, step_id: int) -> Changes:
    """Return the faces and people of a step: those whose rows changed, and those whom a changed face left or joined.

    Photos are those in which a face was ignored, withdrawn or taken in again: they have another number of faces;
    and those of which something was said. Questions are those that were put off.
    """
    step = {"step": step_id}
    faces = connection.scalars(_FACES, step).all()
    photos = connection.scalars(_PHOTOS, step).all()
    people = connection.scalars(_PEOPLE, step).all()
    questions = connection.scalars(_QUESTIONS, step).all()
    known = (person for person in people if person is not None)
    return Changes.of(photos=photos, faces=faces, people=known, questions=questions)


def with_copies(connection: Connection, changes: Changes) -> Changes:
    """Return the changes with the same faces in other files, on which triggers wrote the same (`shared_answers`)."""
    copied = Face.copy_of.is_not(None)
    if not changes.faces or connection.scalar(select(Face.id).where(copied).limit(1)) is None:
        return changes
    touched = among(changes.faces)
    originals = select(Face.copy_of).where(copied, Face.id.in_(touched))
    copies = select(Face.id).where(Face.copy_of.in_(touched.union_all(originals)))
    others = connection.scalars(originals.union(copies)).all()
    return replace(changes, faces=changes.faces.union(one for one in others if one is not None))
