"""What the library knows about photo files, for a scan to compare with the disk."""

import os
from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select

from engine.library.arrays import raw_batches
from engine.library.ids import among
from engine.library.library import Library
from engine.library.sight import is_unusual
from engine.library.states import PhotoState
from engine.library.tables import Photo
from engine.scan.diff import KnownFile


class KnownPhoto(NamedTuple):
    """A photo as it was when last read to its end, or begun where it is STARTED; `relpath` is relative to its folder.

    `mtime_ns` is −1 where a re-read was broken off: no file has that time, so the next scan reads it again.
    `detector` is the name of the card that found its faces, None if that never happened.
    """

    id: int
    relpath: str
    size: int
    mtime_ns: int
    content_hash: bytes | None
    state: PhotoState
    problem: str | None
    folder_id: int
    detector: str | None
    ctime_ns: int | None = None


def known_photos(library: Library, folder_id: int) -> list[KnownPhoto]:
    """Return every photo of a folder, missing ones too, in the order of their ids."""
    return _photos(library, Photo.folder_id == folder_id)


def known_files(library: Library, folder_ids: Collection[int]) -> dict[int, list[KnownFile]]:
    """Return the file of every photo of these folders, missing ones too, by folder and in the order of their ids."""
    files: dict[int, list[KnownFile]] = {folder_id: [] for folder_id in folder_ids}
    query = select(Photo.id, Photo.relpath, Photo.size, Photo.mtime_ns, Photo.ctime_ns, Photo.folder_id)
    with library.read() as connection:
        for batch in raw_batches(connection, query.where(_lies_in(folder_ids)).order_by(Photo.id)):
            for photo_id, relpath, size, mtime_ns, ctime_ns, folder_id in batch:
                path = relpath if isinstance(relpath, str) else os.fsdecode(relpath)
                # As KnownFile(...), in half of the time.
                files[folder_id].append(_new_tuple(KnownFile, (photo_id, path, size, mtime_ns, ctime_ns)))
    return files


def unsettled_photos(library: Library, folder_ids: Collection[int], changed: Collection[int]) -> dict[int, KnownPhoto]:
    """Return by id the photos of these folders that were not read to their end and well, and the changed ones (ids)."""
    settled = (Photo.state == PhotoState.SCANNED) & Photo.problem.is_(None) & Photo.content_hash.is_not(None)
    which = _lies_in(folder_ids) & or_(~settled, Photo.id.in_(among(changed)))
    return {photo.id: photo for photo in _photos(library, which)}


_new_tuple = tuple.__new__


def _lies_in(folder_ids: Collection[int]) -> ColumnElement[bool]:
    """Say in SQL whether a photo lies in one of these folders, which hold most of them.

    Not by the index of paths: it would lead to the rows one by one, and they would have to be sorted again.
    """
    return (Photo.folder_id + 0).in_(among(folder_ids))


def unfinished_photos(library: Library) -> list[KnownPhoto]:
    """Return what a scan that was killed left behind in any folder: STARTED once, SUSPECT if it was the second time."""
    return _photos(library, is_unusual(PhotoState.STARTED, PhotoState.SUSPECT))


def photos_by_size(library: Library, sizes: Collection[int]) -> dict[int, list[KnownPhoto]]:
    """Return the photos of all folders that have one of these sizes in bytes: candidates for files that moved."""
    found: dict[int, list[KnownPhoto]] = defaultdict(list)
    for photo in _photos(library, Photo.size.in_(among(sizes))):
        found[photo.size].append(photo)
    return dict(found)


def missing_by_hash(library: Library) -> dict[bytes, list[KnownPhoto]]:
    """Return the missing photos of all folders by content hash."""
    found: dict[bytes, list[KnownPhoto]] = defaultdict(list)
    for photo in _photos(library, is_unusual(PhotoState.MISSING) & Photo.content_hash.is_not(None)):
        found[photo.content_hash or b""].append(photo)
    return dict(found)


def _photos(library: Library, which: ColumnElement[Any]) -> list[KnownPhoto]:
    columns: tuple[Any, ...] = (
        Photo.id,
        Photo.relpath,
        Photo.size,
        Photo.mtime_ns,
        Photo.content_hash,
        Photo.state,
        Photo.problem,
        Photo.folder_id,
        Photo.detector,
        Photo.ctime_ns,
    )
    query = select(*columns)
    with library.read() as connection:
        return [KnownPhoto(*row) for row in connection.execute(query.where(which).order_by(Photo.id))]
