"""Photos by where they lie: a whole sub-folder, one directory, one event in a directory."""

import os

import numpy as np
from sqlalchemy import ColumnElement, Connection, LargeBinary, and_, cast, func, or_, select, true, type_coerce

from engine.library.arrays import number_rows, seconds, taken_code
from engine.library.ids import require_folders, require_photos
from engine.library.library import Library
from engine.library.tables import Photo


def lies_below(below: str) -> ColumnElement[bool]:
    """Say in SQL whether a photo's relative path lies in this sub-folder of its folder; "" is the whole folder."""
    inside = below.strip("/")
    if not inside:
        return true()
    # "0" follows "/". Paths that are not UTF-8 are BLOBs and sort apart, so each kind has its own range of the index.
    first, last = f"{inside}/", f"{inside}0"
    as_bytes = type_coerce(Photo.relpath, LargeBinary)
    return or_(
        and_(Photo.relpath >= first, Photo.relpath < last),
        and_(as_bytes >= os.fsencode(first), as_bytes < os.fsencode(last)),
    )


def photos_below(library: Library, folder_id: int, below: str) -> list[int]:
    """Return all photos of a folder whose relative path lies below this one, by path; "" is the whole folder.

    Raises LibraryError if there is no such folder.
    """
    query = select(Photo.id).where(Photo.folder_id == folder_id, lies_below(below)).order_by(Photo.relpath)
    with library.read() as connection:
        require_folders(connection, [folder_id])
        return list(connection.scalars(query))


def photos_of_event(library: Library, photo_id: int, gap_hours: float = 6.0) -> list[int]:
    """Return the photos of one directory that were taken with this one, by time: no gap reaches `gap_hours`.

    An undated photo is an event with the other undated ones of its directory. Raises LibraryError if there is no such
    photo.
    """
    with library.read() as connection:
        require_photos(connection, [photo_id])
        ids, codes = _directory_of(connection, photo_id)
    taken_at = seconds(codes)
    order = np.lexsort((ids, taken_at))
    ids, taken_at = ids[order], taken_at[order]
    # NaN is below nothing: the undated photos come last and each begins an event, until they are joined here.
    joined = np.diff(taken_at) < gap_hours * 3600
    undated = np.isnan(taken_at)
    joined |= undated[1:] & undated[:-1]
    events = np.concatenate([[0], np.cumsum(~joined)])
    here = events[ids == photo_id]
    return [int(one) for one in ids[events == here]]


def _directory_of(connection: Connection, photo_id: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return (2, n): ids and time codes of the photos in the same directory as this one, not in those below it."""
    folder_id, relpath = connection.execute(select(Photo.folder_id, Photo.relpath).where(Photo.id == photo_id)).one()
    parent = relpath.rpartition("/")[0]
    name_starts = len(os.fsencode(f"{parent}/")) + 1 if parent else 1
    name = func.substr(cast(Photo.relpath, LargeBinary), name_starts)
    beside = (Photo.folder_id == folder_id, lies_below(parent), func.instr(name, b"/") == 0)
    return number_rows(connection, select(Photo.id, taken_code()).where(*beside))
