"""Photos with the faces of which somebody said who they are: what is written beside them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import and_, select

from engine.geometry import Box
from engine.library.ids import among
from engine.library.library import Library
from engine.library.queries.doubt import is_doubtful
from engine.library.sight import in_picture, in_sight
from engine.library.states import SPOKEN, PhotoState, Source
from engine.library.tables import Face, Folder, Person, Photo


@dataclass(frozen=True, slots=True)
class NamedFace:
    """A confirmed face of a named person; the box is relative (0 to 1) to the upright photo."""

    person: int
    name: str
    box: Box
    source: Source


@dataclass(frozen=True, slots=True)
class NamedPhoto:
    """A photo that was scanned: its absolute path, bytes and time of then, upright size in pixels, confirmed faces."""

    photo_id: int
    path: Path
    size: int
    mtime_ns: int
    width: int
    height: int
    faces: tuple[NamedFace, ...]


def named_photos(library: Library) -> list[NamedPhoto]:
    """Return all scanned photos by path, those without a confirmed face too, and copies like originals."""
    faces: dict[int, list[NamedFace]] = defaultdict(list)
    confirmed = (
        select(Face.photo_id, Face.person_id, Person.name, Face.left, Face.top, Face.width, Face.height, Face.source)
        .join(Person, Person.id == Face.person_id)
        .where(Person.name.is_not(None), Face.source.in_(SPOKEN), ~Face.ignored, in_picture())
        .order_by(Face.photo_id, Face.left, Face.id)
    )
    photos = (
        select(Photo.id, Folder.path, Photo.relpath, Photo.size, Photo.mtime_ns, Photo.width, Photo.height)
        .join(Folder, Folder.id == Photo.folder_id)
        .where(Photo.state == PhotoState.SCANNED)
        .order_by(Folder.path, Photo.relpath)
    )
    with library.read() as connection:
        for photo, person, name, left, top, width, height, source in connection.execute(confirmed):
            if person is not None and name is not None and source is not None:
                faces[photo].append(NamedFace(person, name, Box(left, top, width, height), source))
        return [
            NamedPhoto(photo, Path(folder, relpath), size, time, width or 0, height or 0, tuple(faces.get(photo, ())))
            for photo, folder, relpath, size, time, width, height in connection.execute(photos)
        ]


def photos_with(library: Library, together: Collection[int], without: Collection[int] = ()) -> list[Path]:
    """Return the absolute paths of the photos that show all of some people and none of others, by path.

    Confirmed and suggested faces count, doubtful ones do not among those that are to be there, and do among those that
    are not. Of copies only the one is returned that stands for them.
    """
    theirs = and_(~Face.ignored, in_sight())
    query = (
        select(Folder.path, Photo.relpath)
        .join(Folder, Folder.id == Photo.folder_id)
        .where(Photo.state == PhotoState.SCANNED)
        .order_by(Folder.path, Photo.relpath)
    )
    for person in together:
        seen = select(Face.photo_id).where(Face.person_id == person, theirs, ~is_doubtful())
        query = query.where(Photo.id.in_(seen))
    if without:
        query = query.where(
            Photo.id.not_in(select(Face.photo_id).where(Face.person_id.in_(among(without)), theirs)),
        )
    with library.read() as connection:
        return [Path(folder, relpath) for folder, relpath in connection.execute(query)]
