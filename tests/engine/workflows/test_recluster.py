"""Grouping after a scan, and grouping anew: what a person said never moves; unnamed people stay themselves."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.geometry import Box
from engine.library import indexing
from engine.library.edits import ignore_faces, merge_people, name_person, reject_faces
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace
from engine.library.library import Library
from engine.library.queries import face_rows, people_rows
from engine.library.states import Source
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.workflows.recluster import Growth, recluster

DIMENSION = 128
PLACES = (Box(0.1, 0.1, 0.2, 0.2), Box(0.6, 0.1, 0.2, 0.2), Box(0.1, 0.6, 0.2, 0.2))


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    return Catalog(tmp_path_factory.mktemp("models")).default_embedder()


@pytest.fixture
def photos(library: Library, tmp_path: Path, card: ModelCard) -> "Album":
    return Album(library, tmp_path, card)


class Album:
    """Photos without files whose faces are drawn from made-up people: a direction each, with noise around it."""

    def __init__(self, library: Library, folder: Path, card: ModelCard) -> None:
        self.library, self.card = library, card
        self.folder_id = add_folder(library, folder)
        self.rng = np.random.default_rng(5)
        self.directions = self.rng.normal(size=(40, DIMENSION)) / np.sqrt(DIMENSION)
        self.count = 0
        self.truth: dict[int, int] = {}

    def face_of(self, person: int, noise: float) -> NDArray[np.float32]:
        vector = self.directions[person] + self.rng.normal(size=DIMENSION) * noise / np.sqrt(DIMENSION)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def add(self, photos: Sequence[Sequence[int]], noise: float = 0.6) -> None:
        """Store photos, each the list of people in it."""
        scans = []
        for people in photos:
            self.count += 1
            name = f"{self.count}.jpg"
            photo = indexing.start_photos(self.library, self.folder_id, [(name, 1, 1)])[name]
            faces = tuple(
                ScannedFace(box, np.zeros((5, 2), np.float32), 0.9, 0.9, self.face_of(person, noise))
                for box, person in zip(PLACES, people, strict=False)
            )
            scans.append(
                PhotoScan(photo, 1, 1, name.encode(), 9, 9, datetime(2020, 1, 1), "d", faces, self.card.name)  # noqa: DTZ001 cameras know no time zone
            )
        known = set(self.truth)
        indexing.store_scans(self.library, scans)
        wanted = [person for people in photos for person in people]
        fresh = [row.face for row in face_rows(self.library) if row.face not in known]
        self.truth |= dict(zip(fresh, wanted, strict=True))

    def grow(self) -> Growth:
        return finish(recluster(self.library, self.card))

    def assigned(self) -> dict[int, int | None]:
        return {row.face: row.person for row in face_rows(self.library)}

    def people_of(self, who: int) -> set[int | None]:
        return {person for face, person in self.assigned().items() if self.truth.get(face) == who}


def test_clusters_become_people_without_names(photos: Album) -> None:
    photos.add([[0, 1], [0, 1], [0, 2], [1, 2], [0], [2]])
    growth = photos.grow()
    assert growth == Growth(joined=0, founded=3, unsorted=0)
    assert all(len(photos.people_of(who)) == 1 for who in range(3))
    assert len(people_rows(photos.library)) == 3
    assert {row.source for row in face_rows(photos.library)} == {Source.CLUSTER}
    assert all(row.name is None for row in people_rows(photos.library))


def test_a_face_like_no_other_waits(photos: Album) -> None:
    photos.add([[0], [0], [0], [7]])
    assert photos.grow() == Growth(joined=0, founded=1, unsorted=1)
    assert photos.people_of(7) == {None}
    assert [row.cluster for row in face_rows(photos.library) if row.person is None] == [None]
    photos.add([[7]])
    assert photos.grow() == Growth(joined=0, founded=1, unsorted=0)


def test_added_photos_grow_people_and_move_nobody(photos: Album) -> None:
    photos.add([[0, 1]] * 4)
    photos.grow()
    before = photos.assigned()
    photos.add([[0, 1], [0, 3], [3]])
    growth = photos.grow()
    assert (growth.joined, growth.founded) == (3, 1)
    after = photos.assigned()
    assert all(after[face] == person for face, person in before.items())
    assert all(len(photos.people_of(who)) == 1 for who in (0, 1, 3))


def test_a_rejected_face_never_comes_back(photos: Album) -> None:
    photos.add([[0]] * 6)
    photos.grow()
    (person,) = photos.people_of(0)
    assert person is not None
    name_person(photos.library, person, "Ada")
    face = min(photos.assigned())
    reject_faces(photos.library, person, [face])
    for _ in range(3):
        photos.add([[0]])
        photos.grow()
        assert photos.assigned()[face] != person
    assert sum(owner == person for owner in photos.assigned().values()) == 8


def test_ignored_faces_are_left_out(photos: Album) -> None:
    photos.add([[0]] * 4)
    first, second, *_ = photos.assigned()
    ignore_faces(photos.library, [first, second])
    assert photos.grow().founded == 1
    assert len(photos.assigned()) == 2


def test_two_faces_of_one_photo_are_two_people(photos: Album) -> None:
    photos.add([[0], [0], [0]])
    photos.grow()
    photos.add([[0, 0]])
    photos.grow()
    (owner,) = {person for face, person in photos.assigned().items() if face <= 3}
    assert sorted(person == owner for face, person in photos.assigned().items() if face > 3) == [False, True]


def test_merged_people_stay_merged(photos: Album) -> None:
    photos.add([[0], [1]] * 4)
    photos.grow()
    (one,), (other,) = photos.people_of(0), photos.people_of(1)
    assert one is not None
    assert other is not None
    merge_people(photos.library, one, [other])
    photos.add([[0], [1]])
    photos.grow()
    assert photos.people_of(0) == photos.people_of(1) == {one}


def test_a_model_without_calibration_says_so(photos: Album) -> None:
    from dataclasses import replace

    with pytest.raises(ModelError, match="similarity"):
        finish(recluster(photos.library, replace(photos.card, calibration=None)))


def test_nothing_to_do_is_nothing(photos: Album) -> None:
    assert photos.grow() == Growth()
