"""What the user said about faces and people, as arrays: rejections, people who are two, questions put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select

from engine.library.library import Library
from engine.library.tables import DistinctPeople, Face, Person, PostponedQuestion, Rejection


@dataclass(frozen=True, slots=True)
class Postponed:
    """A question of this kind about these two ids that is not to be asked before `until`."""

    kind: str
    first_id: int
    second_id: int
    until: datetime


def rejections(library: Library) -> NDArray[np.int64]:
    """Return (m, 2): face id and the person that it is not."""
    return _pairs(library, select(Rejection.face_id, Rejection.person_id))


def distinct_people(library: Library) -> NDArray[np.int64]:
    """Return (k, 2): ids of people whom the user said to be two, the smaller first."""
    return _pairs(library, select(DistinctPeople.person_id, DistinctPeople.other_id))


def named_people_ids(library: Library) -> NDArray[np.int64]:
    """Return (p,): the ids of people with a name."""
    with library.read() as connection:
        return _array(connection.scalars(select(Person.id).where(Person.name.is_not(None)).order_by(Person.id)).all())


def hidden_people_ids(library: Library) -> NDArray[np.int64]:
    """Return (p,): the ids of hidden people."""
    with library.read() as connection:
        return _array(connection.scalars(select(Person.id).where(Person.hidden).order_by(Person.id)).all())


def stranger_face_ids(library: Library) -> NDArray[np.int64]:
    """Return (s,): the ids of faces that were set aside as strangers."""
    with library.read() as connection:
        chosen = select(Face.id).where(Face.ignored, Face.stranger).order_by(Face.id)
        return _array(connection.scalars(chosen).all())


def postponed(library: Library, now: datetime | None = None) -> list[Postponed]:
    """Return the questions that are not to be asked at this time (default: the present)."""
    columns = (
        PostponedQuestion.kind,
        PostponedQuestion.first_id,
        PostponedQuestion.second_id,
        PostponedQuestion.until,
    )
    with library.read() as connection:
        waiting = select(*columns).where(PostponedQuestion.until > (now or datetime.now(UTC)))
        return [Postponed(*row) for row in connection.execute(waiting.order_by(PostponedQuestion.id))]


def _pairs(library: Library, query: "Select[int, int]") -> NDArray[np.int64]:
    with library.read() as connection:
        return _array([tuple(row) for row in connection.execute(query)]).reshape(-1, 2)


def _array(values: Sequence[object]) -> NDArray[np.int64]:
    return np.array(values, np.int64)
