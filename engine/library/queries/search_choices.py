"""Where and when there are photos, to choose from in a search."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import BigInteger, func, select, type_coerce

from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Photo

_MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class SubFolder:
    """A directory with photos in or below it; `below` is relative to its folder, with "/" between the parts."""

    folder_id: int
    below: str
    photos: int


def sub_folders(library: Library) -> list[SubFolder]:
    """Return every directory of every folder that has photos in or below it, by folder and path; not the folders."""
    query = select(Photo.folder_id, Photo.relpath).where(Photo.state != PhotoState.BROKEN)
    with library.read() as connection:
        directly = Counter((folder, relpath.rpartition("/")[0]) for folder, relpath in connection.execute(query))
    photos: Counter[tuple[int, str]] = Counter()
    for (folder, inside), count in directly.items():
        while inside:
            photos[folder, inside] += count
            inside = inside.rpartition("/")[0]
    ordered = sorted(photos.items(), key=lambda entry: (entry[0][0], entry[0][1].split("/")))
    return [SubFolder(folder, below, count) for (folder, below), count in ordered]


def photo_years(library: Library) -> dict[int, int]:
    """Return the number of photos of each year of the camera's clock that has any, the latest year first."""
    seconds = type_coerce(Photo.taken_at, BigInteger) / _MICROSECONDS
    year = func.strftime("%Y", seconds, "unixepoch")
    dated = (Photo.taken_at.is_not(None), Photo.state != PhotoState.BROKEN)
    query = select(year, func.count()).where(*dated).group_by(year).order_by(year.desc())
    with library.read() as connection:
        return {int(year): count for year, count in connection.execute(query)}
