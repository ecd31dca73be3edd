"""Vectors of strangers that expire: whoever nobody has named for so many months is compared with nobody any more.

The months are counted from the first look (`expire_strangers`) at which a face was a stranger's. The face itself stays
where it is, with its box and its place in the photo; whoever names it later gives it back its vector at the next scan.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, insert, literal, or_, select, update

from engine.library.changes import Changes
from engine.library.columns import Instant
from engine.library.library import Library
from engine.library.sight import is_untold
from engine.library.states import SPOKEN
from engine.library.tables import DistinctPeople, Embedding, Face, Person, Rejection, UnnamedFace

DAYS_A_MONTH = 365.25 / 12


def expire_strangers(library: Library, months: int, now: datetime | None = None) -> Changes:
    """Delete the vectors, by every model, of faces that were strangers' for so many months; return whose they were.

    Strangers are faces of nobody, of groups of whom nobody said anything, and those that were set aside. Never those of
    anybody with a name or a confirmed face, who was hidden, told from another or refused for a face, nor a face that
    somebody drew or refused a person for. With 0 months nothing expires, and what has expired is made again by the next
    scan. Traces stay in the backups until these are replaced.
    """
    moment = now or datetime.now(UTC)
    if not months:
        return _keep_all(library)
    due = (~UnnamedFace.expired, UnnamedFace.since <= moment - timedelta(days=months * DAYS_A_MONTH))
    with library.write() as transaction:
        connection = transaction.connection
        known = select(UnnamedFace.face_id)
        fresh = select(Face.id, literal(moment, Instant)).where(is_stranger(), Face.id.not_in(known))
        connection.execute(delete(UnnamedFace).where(UnnamedFace.face_id.not_in(select(Face.id).where(is_stranger()))))
        connection.execute(insert(UnnamedFace).from_select(["face_id", "since"], fresh, include_defaults=False))
        gone = select(UnnamedFace.face_id).where(*due)
        faces = connection.scalars(gone).all()
        connection.execute(delete(Embedding).where(Embedding.face_id.in_(gone)))
        connection.execute(update(UnnamedFace).where(*due).values(expired=True))
        transaction.touched(Changes.of(faces=faces))
    return transaction.changes


def is_stranger() -> ColumnElement[bool]:
    """Return the condition under which a face is a stranger's."""
    spoken_of = or_(
        Person.name.is_not(None),
        Person.hidden,
        Person.id.in_(select(Face.person_id).where(Face.source.in_(SPOKEN), Face.person_id.is_not(None))),
        Person.id.in_(select(Rejection.person_id)),
        Person.id.in_(select(DistinctPeople.person_id)),
        Person.id.in_(select(DistinctPeople.other_id)),
    )
    return (
        is_untold()
        & ~Face.drawn
        & or_(Face.person_id.is_(None), Face.person_id.not_in(select(Person.id).where(spoken_of)))
        & Face.id.not_in(select(Rejection.face_id))
    )


def has_expired() -> ColumnElement[bool]:
    """Return the condition under which a face has no vector and is to get none."""
    return exists().where(UnnamedFace.face_id == Face.id, UnnamedFace.expired)


def _keep_all(library: Library) -> Changes:
    with library.read() as connection:
        if connection.scalar(select(UnnamedFace.face_id).limit(1)) is None:
            return Changes()
    with library.write() as transaction:
        transaction.connection.execute(delete(UnnamedFace))
    return Changes()
