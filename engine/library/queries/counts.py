"""How much there is of everything."""

from dataclasses import dataclass

from sqlalchemy import func, select

from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Face, Person, Photo


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of photos by state (only states that occur), faces, people and what is left to sort.

    Ignored faces count as `ignored` alone; people count if they have a name or a face. `problems` are photos that
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


def counts(library: Library) -> Counts:
    """Count everything, at one moment."""
    states = select(Photo.state, func.count()).group_by(Photo.state)
    problems = select(func.count()).select_from(Photo).where(Photo.problem.is_not(None) | Photo.note.is_not(None))
    seen = select(
        func.count().filter(~Face.ignored),
        func.count().filter(~Face.ignored, Face.person_id.is_(None)),
        func.count().filter(Face.ignored),
    ).select_from(Face)
    with_faces = select(Face.id).where(Face.person_id == Person.id).exists()
    people = select(
        func.count().filter(Person.name.is_not(None) | with_faces), func.count().filter(Person.name.is_not(None))
    ).select_from(Person)
    with library.read() as connection:
        photos = dict(connection.execute(states).all())
        faces, unsorted, ignored = connection.execute(seen).one()
        everyone, named = connection.execute(people).one()
        flawed = connection.scalar(problems) or 0
        copies = connection.scalar(select(func.count()).where(Photo.copy_of.is_not(None))) or 0
    return Counts(photos, faces, everyone, named, unsorted, ignored, flawed, copies)
