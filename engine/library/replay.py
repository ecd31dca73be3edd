"""Putting the rows of one recorded step back to what they were, as far as that is still right.

Between an edit and its undo the machine may have written: faces may be gone or elsewhere, people may have got new
faces. Hence the rules, all of them in the statements below:

- A value is restored only where it still is what the step made of it. Where it is not, a later word stands. Only what
  a clustering run put in its place (source CLUSTER or none) may be overwritten.
- A face that a photo's metadata named meanwhile is neither set aside again nor withdrawn.
- A row that refers to a face or person that is gone is not made; a face whose person is gone goes to unsorted.
- A face that the machine put, meanwhile, with a person whom a restored rejection rules out goes to unsorted.
- A person that the step made is removed again, unless a face with a word of the user or of a photo's metadata is now
  with it; faces that a clustering run put there go to unsorted.

The statements run with recording on, so what they really change becomes the step that takes them back again.
"""

from sqlalchemy import Connection, TextClause, text


def _restore(table: str, column: str, place: int) -> TextClause:
    """Return the statement for a column whose value stands at `place` in what the journal holds of the table's rows."""
    return text(f"""
        UPDATE {table} SET {column} = json_extract(e.before, '$[{place}]')
        FROM journal_entries AS e
        WHERE e.step_id = :step AND e.table_name = '{table}' AND {table}.id = e.row_id
          AND e.before IS NOT NULL AND e.after IS NOT NULL
          AND json_extract(e.before, '$[{place}]') IS NOT json_extract(e.after, '$[{place}]')
          AND {table}.{column} IS json_extract(e.after, '$[{place}]')
    """)  # noqa: S608 names of our own tables and columns


def _drop_pairs(table: str, one: str, other: str) -> TextClause:
    """Return the statement that removes the pairs which the step made."""
    return text(f"""
        DELETE FROM {table} WHERE ({one}, {other}) IN (
            SELECT row_id, other_id FROM journal_entries
            WHERE step_id = :step AND table_name = '{table}' AND before IS NULL AND after IS NOT NULL)
    """)  # noqa: S608 names of our own tables and columns


def _make_pairs(table: str, one: tuple[str, str], other: tuple[str, str]) -> TextClause:
    """Return the statement that makes the removed pairs again; a side is a column and the table that it refers to."""
    return text(f"""
        INSERT INTO {table}({one[0]}, {other[0]})
        SELECT e.row_id, e.other_id FROM journal_entries AS e
        WHERE e.step_id = :step AND e.table_name = '{table}' AND e.before IS NOT NULL AND e.after IS NULL
          AND EXISTS (SELECT 1 FROM {one[1]} WHERE id = e.row_id)
          AND EXISTS (SELECT 1 FROM {other[1]} WHERE id = e.other_id)
        ON CONFLICT DO NOTHING
    """)  # noqa: S608 names of our own tables and columns


_MAKE_PEOPLE = text("""
    INSERT INTO people(id, name, cover_face_id, hidden, created_at, birth_date)
    SELECT e.row_id, json_extract(e.before, '$[0]'),
           (SELECT id FROM faces WHERE id = json_extract(e.before, '$[1]')),
           json_extract(e.before, '$[2]'), json_extract(e.before, '$[3]'), json_extract(e.before, '$[4]')
    FROM journal_entries AS e
    WHERE e.step_id = :step AND e.table_name = 'people' AND e.before IS NOT NULL AND e.after IS NULL
    ON CONFLICT DO NOTHING
""")

_RESTORE_COVERS = text("""
    UPDATE people SET cover_face_id = (SELECT id FROM faces WHERE id = json_extract(e.before, '$[1]'))
    FROM journal_entries AS e
    WHERE e.step_id = :step AND e.table_name = 'people' AND people.id = e.row_id
      AND e.before IS NOT NULL AND e.after IS NOT NULL
      AND json_extract(e.before, '$[1]') IS NOT json_extract(e.after, '$[1]')
      AND (people.cover_face_id IS NULL OR people.cover_face_id IS json_extract(e.after, '$[1]'))
""")

_RESTORE_FACES = text("""
    WITH change AS MATERIALIZED (
        SELECT e.row_id AS id, p.id AS person_id,
               CASE WHEN p.id IS NOT NULL THEN json_extract(e.before, '$[1]') END AS source,
               json_extract(e.after, '$[0]') AS made_person, json_extract(e.after, '$[1]') AS made_source
        FROM journal_entries AS e LEFT JOIN people AS p ON p.id = json_extract(e.before, '$[0]')
        WHERE e.step_id = :step AND e.table_name = 'faces'
          AND (json_extract(e.before, '$[0]') IS NOT json_extract(e.after, '$[0]')
               OR json_extract(e.before, '$[1]') IS NOT json_extract(e.after, '$[1]'))
    )
    UPDATE faces SET person_id = change.person_id, source = change.source
    FROM change
    WHERE faces.id = change.id
      AND (faces.source IS NULL OR faces.source = 'CLUSTER'
           OR (faces.source = change.made_source AND faces.person_id IS change.made_person))
""")

_KEEP_NAMED = text("""
    UPDATE faces SET ignored = 0, withdrawn = 0
    WHERE (ignored OR withdrawn) AND person_id IS NOT NULL AND id IN (
        SELECT row_id FROM journal_entries WHERE step_id = :step AND table_name = 'faces')
""")

_LEAVE_REJECTED = text("""
    UPDATE faces SET person_id = NULL, source = NULL
    WHERE (source IS NULL OR source = 'CLUSTER') AND (id, person_id) IN (
        SELECT e.row_id, e.other_id FROM journal_entries AS e
        JOIN rejections AS r ON r.face_id = e.row_id AND r.person_id = e.other_id
        WHERE e.step_id = :step AND e.table_name = 'rejections')
""")

_DROP_POSTPONED = text("""
    DELETE FROM postponed_questions WHERE id IN (
        SELECT row_id FROM journal_entries
        WHERE step_id = :step AND table_name = 'postponed_questions' AND before IS NULL AND after IS NOT NULL)
""")

_MAKE_POSTPONED = text("""
    INSERT INTO postponed_questions(id, kind, first_id, second_id, until)
    SELECT row_id, json_extract(before, '$[0]'), json_extract(before, '$[1]'), json_extract(before, '$[2]'),
           json_extract(before, '$[3]')
    FROM journal_entries
    WHERE step_id = :step AND table_name = 'postponed_questions' AND before IS NOT NULL
    ON CONFLICT(kind, first_id, second_id) DO UPDATE SET until = excluded.until
""")

_MADE_PEOPLE = """
    SELECT e.row_id FROM journal_entries AS e
    WHERE e.step_id = :step AND e.table_name = 'people' AND e.before IS NULL AND e.after IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = e.row_id AND source IN ('USER', 'METADATA'))
"""

_LEAVE_MADE_PEOPLE = text(f"UPDATE faces SET person_id = NULL, source = NULL WHERE person_id IN ({_MADE_PEOPLE})")  # noqa: S608 constants of this file

_DROP_MADE_PEOPLE = text(f"DELETE FROM people WHERE id IN ({_MADE_PEOPLE})")  # noqa: S608 constants of this file

_IN_ORDER = (
    # People first, so that faces and links find whom they refer to; people that the step made go last.
    _MAKE_PEOPLE,
    _restore("people", "name", 0),
    _RESTORE_COVERS,
    _restore("people", "hidden", 2),
    _restore("people", "birth_date", 4),
    _RESTORE_FACES,
    _restore("faces", "ignored", 2),
    _restore("faces", "withdrawn", 4),
    _KEEP_NAMED,
    _restore("faces", "stranger", 3),
    _restore("photos", "is_page", 0),
    _drop_pairs("rejections", "face_id", "person_id"),
    _make_pairs("rejections", ("face_id", "faces"), ("person_id", "people")),
    _LEAVE_REJECTED,
    _drop_pairs("distinct_people", "person_id", "other_id"),
    _make_pairs("distinct_people", ("person_id", "people"), ("other_id", "people")),
    _DROP_POSTPONED,
    _MAKE_POSTPONED,
    _LEAVE_MADE_PEOPLE,
    _DROP_MADE_PEOPLE,
)


def replay(connection: Connection, step_id: int) -> None:
    """Put every row of the step back; `step_id` is the row id of `journal_steps`, another step must be recording."""
    for statement in _IN_ORDER:
        connection.execute(statement, {"step": step_id})
