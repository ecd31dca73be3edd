"""A real library file with photos and faces to edit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from engine.geometry import Box
from engine.library.clusters import Assignments, assign_faces
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows

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

    def fill(self, photos: int, faces: int) -> list[list[int]]:
        """Add photos with so many faces each; return the face ids photo by photo."""
        ids = self.start(*(f"photo{number}.jpg" for number in range(photos)))
        boxes = [place(number) for number in range(faces)]
        store_scans(self.library, [self.scan(photo_id, boxes) for photo_id in ids])
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


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A new library, sound to the end."""
    with Library(tmp_path / "library.sqlite") as opened:
        yield opened
        assert opened.problems() == []


@pytest.fixture
def album(library: Library, tmp_path: Path) -> Album:
    """A new library with one folder."""
    root = tmp_path / "pictures"
    root.mkdir()
    return Album(library, root.resolve(), add_folder(library, root))
