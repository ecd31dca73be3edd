"""Who is unnamed around a photo."""

from pathlib import Path

import numpy as np
import pytest

from app.pages.unsorted.strangers_menu import read_strangers
from engine.geometry import Box
from engine.library.edits import confirm_faces, split_off
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import photo_face_rows


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.sqlite") as opened:
        yield opened


def add_photo(library: Library, folder: int, relpath: str) -> tuple[int, list[int]]:
    """Store a photo with two faces; return it and them."""
    photo = start_photos(library, folder, [(relpath, 1, 1)])[relpath]
    faces = tuple(
        ScannedFace(Box(0.1 + 0.4 * place, 0.1, 0.2, 0.2), np.zeros((5, 2), np.float32), 0.9, 0.9, np.eye(8)[0])
        for place in range(2)
    )
    store_scans(library, [PhotoScan(photo, 1, 1, relpath.encode(), 9, 9, None, "d", faces, "sface")])
    return photo, [row.face for row in photo_face_rows(library, photo)]


def test_photo_event_and_folder(library, tmp_path):
    (tmp_path / "all" / "trip" / "beach").mkdir(parents=True)
    folder = add_folder(library, tmp_path / "all")
    here, one = add_photo(library, folder, "trip/1.jpg")
    _, two = add_photo(library, folder, "trip/2.jpg")
    _, three = add_photo(library, folder, "trip/beach/3.jpg")
    add_photo(library, folder, "trip two/4.jpg")
    ada = split_off(library, one[:1], "Ada").person_id
    confirm_faces(library, ada, two[:1])
    found = read_strangers(library, here)
    assert found.photo == one[1:]
    assert found.event == sorted([*one[1:], *two[1:]])
    assert found.folder == sorted([*one[1:], *two[1:], *three])
    assert found.name == "trip"


def test_a_photo_at_the_top_of_its_folder(library, tmp_path):
    (tmp_path / "all" / "trip").mkdir(parents=True)
    folder = add_folder(library, tmp_path / "all")
    here, one = add_photo(library, folder, "1.jpg")
    _, two = add_photo(library, folder, "trip/2.jpg")
    assert read_strangers(library, here).folder == sorted([*one, *two])


def test_a_photo_that_is_gone_has_no_strangers(library):
    found = read_strangers(library, 5)
    assert found.photo == found.event == found.folder == []
