"""What the photo page knows of its photo, read in one go."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.session.navigation import Trail
from engine.library.library import Library
from engine.library.pages import said_of_pages
from engine.library.queries import (
    FaceRow,
    PersonRow,
    PhotoRow,
    people_rows,
    photo_face_rows,
    photos_by_id,
    photos_of_event,
    waiting_face_rows,
)
from engine.library.states import SPOKEN


@dataclass(frozen=True, slots=True)
class PhotoSheet:
    """A photo, None where it is gone from the library; its faces, their people, and the photos beside it.

    `not_shown` are faces that the photo showed before its file was changed, and of which something was said. `trail`
    are the photos among which it stands, `bytes` the size of its file, None where that is not there now. `is_page` says
    that somebody called it a page with several pictures.
    """

    photo: PhotoRow | None
    faces: list[FaceRow] = field(default_factory=list)
    people: dict[int, PersonRow] = field(default_factory=dict)
    trail: Trail = field(default_factory=lambda: np.empty(0, np.int64))
    beside: list[PhotoRow] = field(default_factory=list)
    bytes: int | None = None
    not_shown: list[FaceRow] = field(default_factory=list)
    is_page: bool = False


def read_sheet(library: Library, photo_id: int, trail: Trail | None) -> PhotoSheet:
    """Read everything about a photo; without a trail it stands among the photos of its directory, by time."""
    if trail is None and photo_id in photos_by_id(library, [photo_id]):
        trail = np.array(photos_of_event(library, photo_id, math.inf), np.int64)
    if trail is None:
        return PhotoSheet(None)
    beside = neighbours(trail, photo_id)
    rows = photos_by_id(library, [photo_id, *beside])
    photo = rows.pop(photo_id, None)
    if photo is None:
        return PhotoSheet(None, trail=trail)
    faces = photo_face_rows(library, photo_id)
    not_shown = [face for face in waiting_face_rows(library, photo_id) if face.source in SPOKEN or face.ignored]
    people = people_rows(library, only={face.person for face in faces if face.person is not None})
    return PhotoSheet(
        photo,
        faces,
        {row.person: row for row in people},
        trail,
        _in_order(rows, beside),
        _bytes_of(photo.path),
        not_shown,
        said_of_pages(library).get(photo_id, False),
    )


def neighbours(trail: Trail, photo_id: int) -> list[int]:
    """Return the photo after this one and the one before, as far as there are such."""
    place = place_in(trail, photo_id)
    if place < 0:
        return []
    return [int(trail[at]) for at in (place + 1, place - 1) if 0 <= at < len(trail)]


def place_in(trail: Trail, photo_id: int) -> int:
    """Return the place of a photo in a trail, −1 where it is not in it."""
    found = np.flatnonzero(trail == photo_id)
    return int(found[0]) if len(found) else -1


def _in_order(rows: dict[int, PhotoRow], ids: Collection[int]) -> list[PhotoRow]:
    return [rows[photo] for photo in ids if photo in rows]


def _bytes_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
