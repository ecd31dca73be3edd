"""Writing down what a clustering run found: only where nobody has said anything.

`write_...` functions work inside an open transaction: a machine's own `Library.write`, or a `Library.edit` when the
user accepts a preview and must be able to take it back.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, insert, select, text

from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.library import Library, Transaction
from engine.library.sight import in_sight, is_untold
from engine.library.tables import Embedding, Face, Person
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Assignments:
    """Where faces go: `moves` from face id to an existing person or None (unsorted), `groups` each to a new person."""

    moves: Mapping[int, int | None] = field(default_factory=dict)
    groups: Sequence[Sequence[int]] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """`people` are the ids made for the groups, in their order; None where no face of the group may be moved."""

    people: tuple[int | None, ...]
    changes: Changes


def is_all_grouped(library: Library, model: str, beyond: int, ungrouped: Collection[int] | None = None) -> bool:
    """Say whether a library of more than `beyond` faces with a vector by the model has none that waits to be grouped.

    Those are faces without a cluster that nobody confirmed or set aside; `ungrouped` is what `ungrouped_faces` gave,
    where that is known. Reads no vector.
    """
    known = select(Embedding.face_id).where(Embedding.model == model)
    waiting = (
        select(Face.id)
        .where(_ungrouped(), is_untold())
        .where(select(Embedding.face_id).where(Embedding.face_id == Face.id, Embedding.model == model).exists())
    )
    with library.read() as connection:
        if connection.scalar(known.offset(beyond).limit(1)) is None:
            return False
        return (ungrouped is not None and not ungrouped) or connection.scalar(waiting.limit(1)) is None


_SET_CLUSTERS = text("""
    WITH wanted AS MATERIALIZED (
        SELECT json_extract(value, '$[0]') AS face, json_extract(value, '$[1]') AS cluster FROM json_each(:pairs)
    )
    UPDATE faces SET cluster_id = wanted.cluster FROM wanted
    WHERE faces.id = wanted.face AND faces.cluster_id IS NOT wanted.cluster
    RETURNING faces.id
""")

_TURN_DOUBTS = text("""
    UPDATE faces SET doubtful = NOT doubtful WHERE id IN (SELECT value FROM json_each(:faces)) RETURNING id, person_id
""")

# The guards are part of the statement: what a person said is out of reach whatever the caller wants, and whatever was
# edited since the caller read the faces.
_MOVABLE = text("""
    WITH wanted AS MATERIALIZED (
        SELECT json_extract(value, '$[0]') AS face, json_extract(value, '$[1]') AS person FROM json_each(:pairs)
    )
    SELECT faces.id, faces.person_id, wanted.person
    FROM wanted CROSS JOIN faces ON faces.id = wanted.face
    WHERE (faces.source IS NULL OR faces.source = 'CLUSTER') AND NOT faces.ignored
      AND (faces.person_id IS NOT wanted.person)
      AND (wanted.person IS NULL OR EXISTS (SELECT 1 FROM people WHERE id = wanted.person))
      AND NOT EXISTS (SELECT 1 FROM rejections AS r WHERE r.face_id = faces.id AND r.person_id = wanted.person)
""")

_MOVE = text("""
    WITH wanted AS MATERIALIZED (
        SELECT json_extract(value, '$[0]') AS face, json_extract(value, '$[1]') AS person FROM json_each(:pairs)
    )
    UPDATE faces SET person_id = wanted.person, source = CASE WHEN wanted.person IS NOT NULL THEN 'CLUSTER' END
    FROM wanted
    WHERE faces.id = wanted.face AND (faces.source IS NULL OR faces.source = 'CLUSTER') AND NOT faces.ignored
""")

_FORGET_EMPTY = text("""
    DELETE FROM people
    WHERE name IS NULL AND NOT hidden AND cover_face_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = people.id)
      AND NOT EXISTS (SELECT 1 FROM rejections WHERE person_id = people.id)
      AND NOT EXISTS (SELECT 1 FROM distinct_people WHERE people.id IN (person_id, other_id))
      AND id NOT IN (
          SELECT row_id FROM journal_entries WHERE table_name IN ('people', 'distinct_people')
          UNION SELECT other_id FROM journal_entries WHERE table_name IN ('rejections', 'distinct_people')
          UNION SELECT coalesce(json_extract(before, '$[0]'), 0) FROM journal_entries WHERE table_name = 'faces'
          UNION SELECT coalesce(json_extract(after, '$[0]'), 0) FROM journal_entries WHERE table_name = 'faces'
      )
    RETURNING id
""")


def store_clusters(library: Library, face_ids: NDArray[np.int64], cluster_ids: NDArray[np.int64]) -> Changes:
    """Give faces (n,) the labels (n,) of a run, −1 for none."""
    with library.write() as transaction:
        write_clusters(transaction, face_ids, cluster_ids)
    return transaction.changes


def assign_faces(library: Library, assignments: Assignments) -> Assigned:
    """Move faces as the machine thinks best, with source CLUSTER; not recorded for undo.

    Left where they are: faces with source USER or METADATA, ignored ones, those that the user rejected for the person,
    and those whose person is gone.
    """
    with library.write() as transaction:
        people = write_assignments(transaction, assignments)
    return Assigned(people, transaction.changes)


def apply_assignments(
    library: Library, assignments: Assignments, label: str = sentence("Apply a new grouping")
) -> Assigned:
    """Do the same as an edit: the user has seen a preview, accepts it and can undo it."""
    with library.edit(label) as edit:
        people = write_assignments(edit, assignments)
    return Assigned(people, edit.changes)


def ungrouped_faces(library: Library) -> frozenset[int]:
    """Return the faces that wait to be grouped: new ones, and those that lost their ground; ignored ones left out."""
    with library.read() as connection:
        return frozenset(connection.scalars(select(Face.id).where(_ungrouped())))


def _ungrouped() -> ColumnElement[bool]:
    return and_(Face.cluster_id.is_(None), ~Face.ignored, in_sight())


def write_doubts(transaction: Transaction, face_ids: NDArray[np.int64], doubtful: NDArray[np.bool_]) -> None:
    """Note inside an open transaction which of these faces (n,) a run put with somebody and is not sure of, (n,)."""
    before = transaction.connection.scalars(select(Face.id).where(Face.doubtful.is_(True))).all()
    differs = np.isin(face_ids, before) != doubtful
    ids = {"faces": str(face_ids[differs].tolist())}
    changed = transaction.connection.execute(_TURN_DOUBTS, ids).all()
    people = (person for _, person in changed if person is not None)
    transaction.touched(Changes.of(faces=(face for face, _ in changed), people=people))


def forget_empty_people(library: Library) -> Changes:
    """Remove people without a name, a face or any answer about them whom the undo history does not need either."""
    with library.write() as transaction:
        transaction.touched(Changes.of(people=transaction.connection.scalars(_FORGET_EMPTY)))
    return transaction.changes


def write_clusters(transaction: Transaction, face_ids: NDArray[np.int64], cluster_ids: NDArray[np.int64]) -> None:
    """Do the work of `store_clusters` inside an open transaction."""
    labels = (None if cluster < 0 else cluster for cluster in cluster_ids.tolist())
    pairs = _listed(zip(face_ids.tolist(), labels, strict=True))
    transaction.touched(Changes.of(faces=transaction.connection.scalars(_SET_CLUSTERS, {"pairs": pairs})))


def write_assignments(transaction: Transaction, assignments: Assignments) -> tuple[int | None, ...]:
    """Do the work of `assign_faces` inside an open transaction; return the people made for the groups."""
    connection = transaction.connection
    people = tuple(_person_for(connection, group) for group in assignments.groups)
    wanted = dict(assignments.moves)
    for person, group in zip(people, assignments.groups, strict=True):
        if person is not None:
            wanted |= dict.fromkeys(group, person)
    movable = connection.execute(_MOVABLE, {"pairs": _listed(wanted.items())}).all()
    connection.execute(_MOVE, {"pairs": _listed((face, to) for face, _, to in movable)})
    seen = {person for person in people if person is not None}
    seen |= {person for _, before, after in movable for person in (before, after) if person is not None}
    transaction.touched(Changes.of(faces=(row[0] for row in movable), people=seen))
    return people


def _person_for(connection: Connection, group: Sequence[int]) -> int | None:
    movable = select(Face.id).where(Face.id.in_(among(group)), is_untold(), ~Face.ignored)
    if connection.scalar(movable.limit(1)) is None:
        return None
    return connection.execute(insert(Person).values(created_at=datetime.now(UTC)).returning(Person.id)).scalar_one()


def _listed(pairs: Iterable[tuple[int, int | None]]) -> str:
    return json.dumps(list(pairs))
