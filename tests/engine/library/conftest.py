"""A real library file with photos and faces to edit."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.library.examining import examine_file
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows, people_rows

MODEL = "sface"
DIMENSION = 8


def vector(seed: int) -> np.ndarray:
    """A unit vector that depends on the seed alone."""
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def place(number: int) -> Box:
    """The box of the number-th face of a photo; boxes of different numbers do not overlap."""
    return Box(0.1 * number, 0.2, 0.08, 0.1)


def scanned(box: Box, seed: int = 0, quality: float = 0.5) -> ScannedFace:
    """A detection at this place."""
    landmarks = np.linspace(0.1, 0.9, 10, dtype=np.float32).reshape(5, 2)
    return ScannedFace(box, landmarks, 0.9, quality, vector(seed))


@dataclass
class Album:
    """A library over one folder, and short ways to fill it."""

    library: Library
    root: Path
    folder_id: int

    def start(self, *relpaths: str) -> list[int]:
        """Add photos that are not read yet."""
        found = start_photos(self.library, self.folder_id, [(relpath, 1000, 50) for relpath in relpaths])
        return [found[relpath] for relpath in relpaths]

    def scan(self, photo_id: int, boxes: Sequence[Box], content: bytes = b"first") -> PhotoScan:
        """A reading of the photo that found faces at these places."""
        faces = tuple(scanned(box, seed=100 * photo_id + number) for number, box in enumerate(boxes))
        return PhotoScan(photo_id, 1000, 50, content, 400, 300, None, "yunet", faces, MODEL)

    def places(self, count: int) -> list[Box]:
        """Boxes that do not overlap, those of `fill` first."""
        return [place(number) for number in range(count)]

    def fill(self, photos: int, faces: int) -> list[list[int]]:
        """Add photos with so many faces each; return the face ids photo by photo."""
        ids = self.start(*(f"photo{number}.jpg" for number in range(photos)))
        store_scans(self.library, [self.scan(photo_id, self.places(faces)) for photo_id in ids])
        rows = face_rows(self.library)
        return [[row.face for row in rows if row.photo_id == photo_id] for photo_id in ids]

    def group(self, *groups: Sequence[int]) -> list[int]:
        """Make people of these faces as a clustering run does; return their ids."""
        people = assign_faces(self.library, Assignments({}, groups)).people
        return [person for person in people if person is not None]

    def person_of(self, face_id: int) -> tuple[int | None, str | None]:
        """Whose the face is, and who says so."""
        for row in face_rows(self.library):
            if row.face == face_id:
                return row.person, row.source
        return None, None


def album_in(folder: Path) -> Album:
    """Make a library with one folder below this one; the caller closes it."""
    home = folder / f"album{len(list(folder.iterdir()))}"
    root = home / "pictures"
    root.mkdir(parents=True)
    library = Library(home / "library.sqlite")
    return Album(library, root.resolve(), add_folder(library, root))


@pytest.fixture(scope="session")
def make_album() -> Callable[[Path], Album]:
    """For tests that need a new library for every example."""
    return album_in


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A new library, sound to the end."""
    with Library(tmp_path / "library.sqlite") as opened:
        yield opened
        assert examine_file(opened.path).problems == ()


@pytest.fixture
def album(library: Library, tmp_path: Path) -> Album:
    """A new library with one folder."""
    root = tmp_path / "pictures"
    root.mkdir()
    return Album(library, root.resolve(), add_folder(library, root))


def photo_of(album: Album, face_id: int) -> int:
    with album.library.read() as connection:
        return connection.exec_driver_sql(f"SELECT photo_id FROM faces WHERE id = {face_id}").scalar_one()


@pytest.fixture
def photo(album: Album) -> int:
    """A photo of two faces."""
    ((one, _),) = album.fill(1, 2)
    return photo_of(album, one)


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A library of 60 photos with two faces each, all of somebody who has a name, closed as it should be."""
    album = album_in(tmp_path)
    with album.library as library:
        for number, faces in enumerate(album.fill(60, 2)):
            (person,) = album.group(faces)
            edits.name_person(library, person, f"Name {number}")
    return album.library.path


@pytest.fixture
def left(tmp_path: Path, closed: Path) -> Path:
    """The same library as a process leaves it that is killed after 30 more edits: with a log, and never closed."""
    copy = tmp_path / "killed"
    with Library(closed) as library:
        person = people_rows(library)[0].person
        for number in range(30):
            edits.name_person(library, person, f"After {number}")
        shutil.copytree(closed.parent, copy)
    return copy / closed.name


def name_of_first(path: Path) -> str | None:
    with Library(path) as library:
        return min(people_rows(library), key=lambda row: row.person).name


SAID = (
    "SELECT id, name, cover_face_id, hidden, created_at FROM people ORDER BY id",
    "SELECT id, person_id, source, ignored FROM faces ORDER BY id",
    "SELECT face_id, person_id FROM rejections ORDER BY face_id, person_id",
    "SELECT person_id, other_id FROM distinct_people ORDER BY person_id, other_id",
    "SELECT id, kind, first_id, second_id, until FROM postponed_questions ORDER BY id",
)


def _said(library: Library) -> list[list[tuple[object, ...]]]:
    """Everything that edits write."""
    with library.read() as connection:
        return [[tuple(row) for row in connection.exec_driver_sql(query)] for query in SAID]


def _say(library: Library, kind: str, one: int, other: int, several: list[int]) -> None:
    """Do an edit on whatever the numbers point at; one that makes no sense is refused, which is fine too."""
    with library.read() as connection:
        people = connection.exec_driver_sql("SELECT id FROM people ORDER BY id").scalars().all()
        faces = connection.exec_driver_sql("SELECT id FROM faces ORDER BY id").scalars().all()
    first, second = people[one % len(people)], people[other % len(people)]
    chosen = [faces[number % len(faces)] for number in several]
    doing = {
        "name": lambda: edits.name_person(library, first, ["", "Ada", "Grace"][other % 3]),
        "merge": lambda: edits.merge_people(library, first, [second]),
        "confirm": lambda: edits.confirm_faces(library, first, chosen),
        "reject": lambda: edits.reject_faces(library, first, chosen),
        "move": lambda: edits.move_faces(library, chosen, first),
        "split": lambda: edits.split_off(library, chosen, [None, "Joan"][other % 2]),
        "ignore": lambda: edits.ignore_faces(library, chosen),
        "restore": lambda: edits.restore_faces(library, chosen),
        "distinct": lambda: edits.mark_distinct(library, first, second),
        "hide": lambda: edits.hide_people(library, [first]),
        "show": lambda: edits.show_people(library, [first]),
        "cover": lambda: edits.set_cover(library, first, chosen[0]),
        "postpone": lambda: edits.postpone_question(library, "same", one, other, datetime.now(UTC)),
    }
    try:
        doing[kind]()
    except LibraryError:
        assert (kind, first) in {("merge", second), ("distinct", second), ("cover", first)}


@pytest.fixture(scope="session")
def said() -> Callable[[Library], list[list[tuple[object, ...]]]]:
    """Reads all that edits write, to compare."""
    return _said


@pytest.fixture(scope="session")
def say() -> Callable[[Library, str, int, int, list[int]], None]:
    """Does an edit of this kind, whatever the numbers point at."""
    return _say
