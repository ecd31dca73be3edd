"""A library of named people whose faces are drawn, and strangers beside them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.geometry import Box
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows
from engine.models.catalog import Catalog
from engine.paths import Places
from tests.engine.learning.drawn_people import drawn_album

SAID = (
    "SELECT id, name, hidden FROM people ORDER BY id",
    "SELECT id, person_id, source, ignored FROM faces ORDER BY id",
    "SELECT * FROM rejections ORDER BY 1, 2",
    "SELECT * FROM distinct_people ORDER BY 1, 2",
    "SELECT id, label, undone FROM journal_steps ORDER BY id",
    "SELECT face_id, model, vector FROM embeddings ORDER BY 1, 2",
)

Fill = Callable[..., Library]


def said(library: Library) -> list[object]:
    """Everything that anybody said, and every stored vector."""
    with closing(sqlite3.connect(library.path)) as connection:
        return [connection.execute(query).fetchall() for query in SAID]


@pytest.fixture
def filled(places: Places) -> Iterator[Fill]:
    """Make a library of so many named people with twelve faces each on six days, and of strangers."""
    opened: list[Library] = []

    def fill(people: int = 14, nuisance: float = 1.1, seed: int = 0) -> Library:
        library = Library(places.library)
        opened.append(library)
        album = drawn_album(people=people, nuisance=nuisance, seed=seed, strangers=20)
        vectors = np.concatenate([album.vectors, album.others])
        folder = add_folder(library, places.data.parent)
        names = [f"{number}.jpg" for number in range(len(vectors))]
        photos = start_photos(library, folder, [(name, 1, 1) for name in names])
        days = [*album.days.tolist(), *[0] * len(album.others)]
        scans = [_scan(photos[name], *pair) for name, pair in zip(names, zip(vectors, days, strict=True), strict=True)]
        store_scans(library, scans)
        faces = [row.face for row in face_rows(library)]
        for person in range(people):
            own = [face for face, who in zip(faces, album.people, strict=False) if who == person]
            (made,) = assign_faces(library, Assignments({}, [own])).people
            assert made is not None
            edits.name_person(library, made, f"Person {person}")
        return library

    yield fill
    for library in opened:
        library.close()


def _scan(photo: int, vector: np.ndarray, day: int) -> PhotoScan:
    card = Catalog(Path("nowhere")).default_embedder()
    assert card.space is not None
    # Around the model's mean face, as real ones lie; where faces are compared this is the vector that was drawn.
    stored = vector + np.array(card.space.mean, np.float32)
    face = ScannedFace(Box(0.1, 0.1, 0.2, 0.2), np.zeros((5, 2), np.float32), 0.9, 0.9, stored / np.linalg.norm(stored))
    taken = datetime(2020, 1, 1) + timedelta(days=day)  # noqa: DTZ001 cameras know no time zone
    return PhotoScan(photo, 1, 1, str(photo).encode(), 9, 9, taken, "d", (face,), card.key)
