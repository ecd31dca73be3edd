"""How much there is of everything."""

from dataclasses import dataclass

from sqlalchemy import func, select

from engine.library.library import Library
from engine.library.queries.people import is_shown
from engine.library.sight import in_sight
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


def counts(library: Library) -> Counts:
    """Count everything, at one moment."""
    flawed = func.count().filter(Photo.problem.is_not(None) | Photo.note.is_not(None))
    states = select(Photo.state, func.count(), flawed).group_by(Photo.state)
    seen = (
        select(
            func.count().filter(~Face.ignored),
            func.count().filter(~Face.ignored, Face.person_id.is_(None)),
            func.count().filter(Face.ignored),
        )
        .select_from(Face)
        .where(in_sight())
    )
    people = select(func.count(), func.count().filter(Person.name.is_not(None))).select_from(Person).where(is_shown())
    copied = select(func.count()).where(Photo.copy_of.is_not(None), Photo.state != PhotoState.MISSING)
    with library.read() as connection:
        photos = connection.execute(states).all()
        faces, unsorted, ignored = connection.execute(seen).one()
        everyone, named = connection.execute(people).one()
        copies = connection.scalar(copied) or 0
    by_state, problems = {state: count for state, count, _ in photos}, sum(flaws for *_, flaws in photos)
    return Counts(by_state, faces, everyone, named, unsorted, ignored, problems, copies)
