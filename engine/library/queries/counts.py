"""How much there is of everything."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from engine.library.library import Library
from engine.library.queries.people import is_shown
from engine.library.sight import count_in_sight, in_sight
from engine.library.states import PhotoState
from engine.library.tables import Face, Person, Photo


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of photos by state (only states that occur), faces, people and what is left to sort.

    Ignored faces count as `ignored` alone; people count if they have a face, or a name and no face
    that is out of sight. `problems` are photos that
    cannot be read, or not wholly; `copies` are those that show the same picture as another one.
    """

    photos: dict[PhotoState, int]
    faces: int
    people: int
    named_people: int
    unsorted: int
    ignored: int
    problems: int
    copies: int = 0


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """How many faces, people and copies there are, as `Counts` says it."""

    faces: int
    people: int
    copies: int


def counts(library: Library) -> Counts:
    """Count everything, at one moment."""
    flawed = func.count().filter(Photo.problem.is_not(None) | Photo.note.is_not(None))
    states = select(Photo.state, func.count(), flawed).group_by(Photo.state)
    with library.read() as connection:
        photos = connection.execute(states).all()
        unsorted_ones = ~Face.ignored & Face.person_id.is_(None)
        faces, unsorted, ignored = count_in_sight(connection, ~Face.ignored, unsorted_ones, Face.ignored)
        everyone, named = _people(connection)
        copies = _copies(connection)
    by_state, problems = {state: count for state, count, _ in photos}, sum(flaws for *_, flaws in photos)
    return Counts(by_state, faces, everyone, named, unsorted, ignored, problems, copies)


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """How many people and unsorted faces there are, as `Counts` says it, but for people who are hidden."""

    people: int
    unsorted: int


def open_counts(library: Library) -> OpenCounts:
    """Count people and unsorted faces alone, at one moment: indexes tell them, in a quarter of the time of `counts`."""
    unsorted = select(func.count()).where(Face.person_id.is_(None), ~Face.ignored, in_sight())
    people = select(func.count()).select_from(Person).where(is_shown(), ~Person.hidden)
    with library.read() as connection:
        return OpenCounts(connection.scalar(people) or 0, connection.scalar(unsorted) or 0)


def count_problems(library: Library) -> int:
    """Return how many photos cannot be read, or not wholly."""
    with library.read() as connection:
        flawed = select(func.count()).where(Photo.problem.is_not(None) | Photo.note.is_not(None))
        return connection.scalar(flawed) or 0


def shown_counts(library: Library) -> ShownCounts:
    """Count what is shown, at one moment; in a large library that takes half as long as to count everything."""
    with library.read() as connection:
        (faces,), (people, _) = count_in_sight(connection, ~Face.ignored), _people(connection)
        return ShownCounts(faces, people, _copies(connection))


def _people(connection: Connection) -> tuple[int, int]:
    """Return how many people are shown, and how many of them have names."""
    people = select(func.count(), func.count().filter(Person.name.is_not(None))).select_from(Person).where(is_shown())
    everyone, named = connection.execute(people).one()
    return everyone, named


def _copies(connection: Connection) -> int:
    copied = select(func.count()).where(Photo.copy_of.is_not(None), Photo.state != PhotoState.MISSING)
    return connection.scalar(copied) or 0
