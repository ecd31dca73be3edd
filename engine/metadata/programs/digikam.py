"""digiKam's database `digikam4.db`: people are tags, boxes are in pixels of the picture as it is shown."""

import re
import sqlite3
from collections import defaultdict
from pathlib import Path, PurePath
from urllib.parse import parse_qs

from engine.geometry import Box
from engine.metadata.mentions import Mention, Origin
from engine.metadata.nobody import is_nobody
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame
from engine.metadata.programs.sqlite_file import opened

FILE = "digikam4.db"

_TABLES = ("albumroots", "albums", "images", "imageinformation", "tags", "tagproperties", "imagetagproperties")
_NUMBER = re.compile(r'(x|y|width|height)\s*=\s*"(-?\d+(?:\.\d+)?)"')

_PEOPLE = """
    SELECT Tags.id, Tags.name FROM Tags
    WHERE EXISTS (SELECT 1 FROM TagProperties AS p WHERE p.tagid = Tags.id AND p.property = 'person')
      AND NOT EXISTS (SELECT 1 FROM TagProperties AS p WHERE p.tagid = Tags.id
                      AND p.property IN ('unknownPerson', 'unconfirmedPerson', 'ignoredPerson'))
"""

_PLACES = """
    SELECT Images.id, AlbumRoots.identifier, AlbumRoots.specificPath, Albums.relativePath, Images.name,
           ImageInformation.width, ImageInformation.height, ImageInformation.orientation
    FROM Images JOIN Albums ON Albums.id = Images.album JOIN AlbumRoots ON AlbumRoots.id = Albums.albumRoot
    LEFT JOIN ImageInformation ON ImageInformation.imageid = Images.id
    WHERE Images.status = 1
"""

_REGIONS = "SELECT imageid, tagid, value FROM ImageTagProperties WHERE property = 'tagRegion'"
_TAGGED = "SELECT imageid, tagid FROM ImageTags"


def read_digikam(path: Path) -> Brought:
    """Read the confirmed faces of a database, or of the folder that it lies in. Raises KinfolkError without one.

    What digiKam only guesses (`autodetectedPerson`) is not read.
    """
    with opened(path / FILE if path.is_dir() else path, _TABLES, "digiKam") as connection:
        people = {tag: name for tag, name in connection.execute(_PEOPLE) if not is_nobody(name)}
        boxes: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for image, tag, value in connection.execute(_REGIONS):
            if tag in people:
                boxes[image].append((people[tag], value or ""))
        tagged = _tagged(connection, people)
        photos = [_photo(row, boxes.get(row[0], []), tagged.get(row[0], [])) for row in connection.execute(_PLACES)]
    return Brought(tuple(photo for photo in photos if photo.people))


def _tagged(connection: sqlite3.Connection, people: dict[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    try:
        for image, tag in connection.execute(_TAGGED):
            if tag in people:
                found[image].append(people[tag])
    except sqlite3.OperationalError:  # a table that older versions have not
        return {}
    return found


def _photo(row: tuple[object, ...], boxes: list[tuple[str, str]], tagged: list[str]) -> BroughtPhoto:
    _, identifier, specific, folder, name, *shape = row
    framed = [Mention(person, _box(value, shape), Origin.IMPORT) for person, value in boxes]
    bare = [Mention(person, None, Origin.IMPORT) for person in tagged if person not in {one.name for one in framed}]
    root = _root(str(identifier or ""), str(specific or ""))
    return BroughtPhoto(PurePath(f"{root}{folder}/{name}".replace("//", "/")), (*framed, *bare), Frame.UPRIGHT)


def _root(identifier: str, specific: str) -> str:
    """Return where an album root lies, as far as the database says: of a volume only its own path is known."""
    given = parse_qs(identifier.partition("?")[2])
    for key in ("path", "mountpath"):
        if key in given:
            return given[key][0].rstrip("/") + (specific.rstrip("/") if specific != "/" else "")
    return specific.rstrip("/")


def _box(value: str, shape: list[object]) -> Box | None:
    """Return a region as a box relative to the upright photo; `shape` is the stored width, height and orientation."""
    numbers = {key: float(number) for key, number in _NUMBER.findall(value)}
    width, height, orientation = shape
    if len(numbers) < 4 or not isinstance(width, int) or not isinstance(height, int) or width <= 0 or height <= 0:
        return None
    if isinstance(orientation, int) and 5 <= orientation <= 8:
        width, height = height, width
    box = Box(numbers["x"], numbers["y"], numbers["width"], numbers["height"])
    return box.scaled(1 / width, 1 / height) if box.area > 0 else None
