"""Folders that are mostly one person propose that person's name; accepting is one edit that can be undone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library import edits, history
from engine.library.clusters import Assignments, assign_faces
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows, people_names
from engine.library.states import Source
from engine.workflows.learning.albums import accept, propose
from tests.engine.workflows.learning.conftest import said


class Shelf:
    """Albums whose photos show one face each, of a group that the machine made."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library, self.folder = library, folder
        self.folder_id = add_folder(library, folder)
        self.people: dict[str, int] = {}

    def fill(self, **albums: Sequence[str]) -> None:
        """Add albums by name, each the groups on its photos, one photo each."""
        shown = {
            f"{album.replace('__', ' ')}/{place}.jpg": who
            for album, some in albums.items()
            for place, who in enumerate(some)
        }
        photos = start_photos(self.library, self.folder_id, [(name, 1, 1) for name in shown])
        face = ScannedFace(Box(0.1, 0.1, 0.2, 0.2), np.zeros((5, 2), np.float32), 0.9, 0.9, np.ones(4, np.float32) / 2)
        store_scans(
            self.library,
            [PhotoScan(photos[name], 1, 1, name.encode(), 9, 9, None, "d", (face,), "m") for name in shown],
        )
        groups: dict[str, list[int]] = {}
        for row in face_rows(self.library):
            groups.setdefault(shown[row.photo.relative_to(self.folder).as_posix()], []).append(row.face)
        made = assign_faces(self.library, Assignments({}, list(groups.values()))).people
        self.people = {who: person for who, person in zip(groups, made, strict=True) if person is not None}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    (tmp_path / "albums").mkdir()
    with Library(tmp_path / "library.sqlite") as library:
        yield Shelf(library, (tmp_path / "albums").resolve())


def test_a_folder_that_is_mostly_one_person_names_that_person(shelf: Shelf) -> None:
    shelf.fill(Ada_Lovelace=["a"] * 6 + ["b"], Rome=["b", "c", "d", "e"], Grace=["c"] * 3)
    before = said(shelf.library)
    (one,) = propose(shelf.library)
    assert (one.name, one.person, one.shown, one.photos, one.known) == ("Ada Lovelace", shelf.people["a"], 6, 7, False)
    assert said(shelf.library) == before
    accept(shelf.library, [one])
    assert people_names(shelf.library)[shelf.people["a"]] == "Ada Lovelace"
    confirmed = {row.face for row in face_rows(shelf.library) if row.source is Source.USER}
    assert confirmed == set(one.faces)
    assert propose(shelf.library) == []
    history.undo(shelf.library)
    assert said(shelf.library)[:2] == before[:2]
    assert propose(shelf.library) == [one]


def test_a_child_s_holidays_are_not_its_names(shelf: Shelf) -> None:
    shelf.fill(Rome=["a"] * 5, Paris=["a"] * 5)
    assert propose(shelf.library) == []


@pytest.mark.parametrize("folder", ["DCIM", "2019 Summer", "IMG_0001"])
def test_folders_that_are_no_names_propose_nothing(shelf: Shelf, folder: str) -> None:
    shelf.fill(**{folder: ["a"] * 5})
    assert propose(shelf.library) == []


def test_a_name_that_somebody_has_is_not_given_to_another(shelf: Shelf) -> None:
    shelf.fill(Ada=["a"] * 5, other=["b"] * 2)
    edits.name_person(shelf.library, shelf.people["b"], "ada")
    assert propose(shelf.library) == []


def test_two_groups_of_one_folder_s_name_are_left_to_the_user(shelf: Shelf) -> None:
    shelf.fill(Ada=["a"] * 5, ada=["b"] * 5)
    assert propose(shelf.library) == []


def test_who_has_the_name_already_gets_the_other_faces_confirmed(shelf: Shelf) -> None:
    shelf.fill(Ada=["a"] * 5)
    person = shelf.people["a"]
    edits.name_person(shelf.library, person, "Ada")
    assert propose(shelf.library) == []


def test_a_person_who_was_renamed_meanwhile_is_left_alone(shelf: Shelf) -> None:
    shelf.fill(Ada=["a"] * 5)
    found = propose(shelf.library)
    edits.name_person(shelf.library, shelf.people["a"], "Grace")
    before = said(shelf.library)
    with pytest.raises(LibraryError, match="another name"):
        accept(shelf.library, found)
    assert said(shelf.library) == before
