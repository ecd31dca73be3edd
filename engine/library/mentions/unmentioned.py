"""People whom only metadata named, and metadata name no more."""

from sqlalchemy import Connection, delete, text, update

from engine.library.edits.names import name_key
from engine.library.ids import among
from engine.library.tables import Face, Person

# Nobody said a word about them: neither now, nor in a step that may be taken back or done again.
# A cross join keeps its order: SQLite would begin with everybody there is, at every write of sixty photos.
_UNMENTIONED = text("""
    SELECT people.id, people.name, mentioned_people.name FROM mentioned_people
    CROSS JOIN people ON people.id = mentioned_people.person_id
    WHERE NOT hidden AND cover_face_id IS NULL AND birth_date IS NULL
      AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = people.id AND source IN ('USER', 'METADATA'))
      AND NOT EXISTS (SELECT 1 FROM rejections WHERE person_id = people.id)
      AND NOT EXISTS (SELECT 1 FROM distinct_people WHERE people.id IN (person_id, other_id))
      AND people.id NOT IN (
          SELECT row_id FROM journal_entries WHERE table_name IN ('people', 'distinct_people')
          UNION SELECT other_id FROM journal_entries WHERE table_name IN ('rejections', 'distinct_people')
          UNION SELECT coalesce(json_extract(before, '$[0]'), 0) FROM journal_entries WHERE table_name = 'faces'
          UNION SELECT coalesce(json_extract(after, '$[0]'), 0) FROM journal_entries WHERE table_name = 'faces'
      )
""")


def forget_unmentioned(connection: Connection) -> tuple[set[int], set[int]]:
    """Remove these people; the faces that the machine put with them are nobody's. Returns faces and people."""
    rows = connection.execute(_UNMENTIONED)
    people = {person for person, name, meant in rows if name is not None and name_key(name) == meant}
    if not people:
        return set(), set()
    theirs = update(Face).where(Face.person_id.in_(among(people))).values(person_id=None, source=None)
    faces = set(connection.scalars(theirs.returning(Face.id)))
    connection.execute(delete(Person).where(Person.id.in_(among(people))))
    return faces, people
