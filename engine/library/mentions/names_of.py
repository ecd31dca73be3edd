"""Which photos' metadata are to be read for names: those whose file or sidecars are not what was read last."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, column, func, select

from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Folder, Photo
from engine.scan.found import FoundSidecar

_READER = "1"
"""Grows when the reader of metadata learns something: all are then read anew."""


@dataclass(frozen=True, slots=True)
class PhotoToName:
    """A scanned photo: where it lies, and of what its names were read last (`stamp_of`), None where never."""

    photo_id: int
    folder_id: int
    folder: Path
    relpath: str
    size: int
    mtime_ns: int
    stamp: str | None

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.folder / self.relpath


def stamp_of(photo: PhotoToName, sidecars: Sequence[FoundSidecar]) -> str:
    """Return what says of which content names are read: sizes and times of the photo's file and of its sidecars.

    Not their paths, so that a photo that moves together with them is not read again.
    """
    files = [(photo.size, photo.mtime_ns), *((sidecar.size, sidecar.mtime_ns) for sidecar in sidecars)]
    return ";".join([_READER, *(f"{size}:{mtime_ns}" for size, mtime_ns in files)])


def photos_to_name(
    library: Library, folder_id: int | None = None, limit: int | None = None, beside: Collection[str] = ()
) -> list[PhotoToName]:
    """Return the scanned photos of a folder that may have to be read: all but those of which this file alone was read.

    `beside` are the paths of those that have sidecars now. Without a folder it is those whose names were never read,
    the last `limit`.
    """
    columns: tuple[Any, ...] = (
        Photo.id,
        Photo.folder_id,
        Folder.path,
        Photo.relpath,
        Photo.size,
        Photo.mtime_ns,
        Photo.names_read,
    )
    query: Select[Any] = select(*columns).join(Folder, Folder.id == Photo.folder_id)
    query = query.where(Photo.state == PhotoState.SCANNED).order_by(Photo.id.desc())
    if folder_id is not None:
        # The stamp of a photo without sidecars, as `stamp_of` writes it: most photos need not leave the database.
        alone = func.printf("%s;%d:%d", _READER, Photo.size, Photo.mtime_ns)
        listed = func.json_each(json.dumps(list(beside))).table_valued(column("value")).c.value
        # Paths that are no text (they are stored as bytes) cannot be listed, and are rare.
        has_sidecar = Photo.relpath.in_(select(listed)) | (func.typeof(Photo.relpath) == "blob")
        stale = Photo.names_read.is_distinct_from(alone) | has_sidecar
        query = query.where(Photo.folder_id == folder_id, stale)
    else:
        query = query.where(Photo.names_read.is_(None))
    with library.read() as connection:
        rows = connection.execute(query.limit(limit) if limit else query).all()
    folders = {path: Path(path) for path in {row[2] for row in rows}}
    return [PhotoToName(row[0], row[1], folders[row[2]], *row[3:]) for row in rows]
