"""Which faces are shown, counted, compared and asked about."""

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Connection, Select, and_, bindparam, func, or_, select

from engine.library.states import UNUSUAL, PhotoState, Source
from engine.library.tables import Face, Photo


def is_unusual(*states: PhotoState) -> ColumnElement[bool]:
    """Say in SQL whether a photo is in one of these of the `UNUSUAL` states, so that only their index is read."""
    # SQLite takes a partial index only where the statement repeats its condition, word for word.
    indexed = bindparam(None, UNUSUAL, Photo.state.type, expanding=True, literal_execute=True)
    return and_(Photo.state.in_(indexed), Photo.state.in_(states))


def in_picture(face: type[Face] = Face) -> ColumnElement[bool]:
    """Say in SQL whether a face's picture shows it; `face` may be an alias of the table.

    Neither was the file changed so that it does not, nor was the edit taken back that drew it.
    """
    return and_(face.gone_since.is_(None), ~face.withdrawn)


def in_sight() -> ColumnElement[bool]:
    """Say in SQL whether a face counts: its picture shows it, the file is there, and it is not seen in a copy.

    Of the files that show one picture the one counts of which the others are copies. A file whose disk is away is not
    missing: nothing is concluded about it.
    """
    return and_(in_picture(), Face.copy_of.is_(None), Face.photo_id.not_in(_missing()))


def count_in_sight(connection: Connection, *which: ColumnExpressionArgument[bool]) -> tuple[int, ...]:
    """Return how many faces in sight each condition holds for.

    Those of missing photos are few and taken off: to ask it of each face takes as long as to read them all.
    """
    there = select(*(func.count().filter(each) for each in which)).select_from(Face)
    there = there.where(in_picture(), Face.copy_of.is_(None))
    seen, away = connection.execute(there).one(), connection.execute(there.where(Face.photo_id.in_(_missing()))).one()
    return tuple(all_ - gone for all_, gone in zip(seen, away, strict=True))


def _missing() -> "Select[int]":
    return select(Photo.id).where(is_unusual(PhotoState.MISSING))


def is_untold() -> ColumnElement[bool]:
    """Say in SQL whether nobody has said whose a face is: it is nobody's, or where the machine put it."""
    return or_(Face.source.is_(None), Face.source == Source.CLUSTER)
