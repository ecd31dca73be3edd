"""Which faces are shown, counted, compared and asked about."""

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

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
    missing = select(Photo.id).where(is_unusual(PhotoState.MISSING))
    return and_(in_picture(), Face.copy_of.is_(None), Face.photo_id.not_in(missing))


def is_untold() -> ColumnElement[bool]:
    """Say in SQL whether nobody has said whose a face is: it is nobody's, or where the machine put it."""
    return or_(Face.source.is_(None), Face.source == Source.CLUSTER)
