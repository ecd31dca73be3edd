"""When people were seen last."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, true

from engine.library.ids import among
from engine.library.library import Library
from engine.library.queries.doubt import is_doubtful
from engine.library.sight import in_sight
from engine.library.tables import Face, Photo


def latest_photos(library: Library, only: Collection[int] | None = None) -> dict[int, datetime]:
    """Return when the latest photo of each person was taken, on the camera's clock; given `only`, of these people.

    People without a dated photo are left out, and so are ignored and doubtful faces.
    """
    theirs = true() if only is None else Face.person_id.in_(among(only))
    query = (
        select(Face.person_id, func.max(Photo.taken_at))
        .join(Photo, Photo.id == Face.photo_id)
        .where(Face.person_id.is_not(None), ~Face.ignored, ~is_doubtful(), in_sight())
        .where(Photo.taken_at.is_not(None), theirs)
        .group_by(Face.person_id)
    )
    with library.read() as connection:
        rows = connection.execute(query).all()
    return {person: latest for person, latest in rows if person is not None and latest is not None}
