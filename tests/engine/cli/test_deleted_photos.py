"""`kinfolk forget-photos`: a look first, then what is gone is forgotten for good."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.library import edits
from engine.library.folders import add_folder
from engine.library.indexing import mark_missing
from engine.library.library import Library
from engine.library.queries import people_rows, photo_rows
from tests.engine.library.conftest import Album

Kinfolk = Callable[..., Any]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with three photos of Ada, of which one that shows Grace, too, is gone."""
    data, root = tmp_path / "data", tmp_path / "photos"
    data.mkdir()
    root.mkdir()
    with Library(data / "library.sqlite") as library:
        album = Album(library, root, add_folder(library, root))
        faces = album.fill(3, 2)
        ada, grace = album.group([each[0] for each in faces], [faces[2][1]])
        edits.name_person(library, ada, "Ada")
        edits.name_person(library, grace, "Grace")
        mark_missing(library, [photo_rows(library)[2].id])
    return root


def names(tmp_path: Path) -> list[str | None]:
    with Library(tmp_path / "data" / "library.sqlite") as library:
        return [row.name for row in people_rows(library)]


def test_a_look_says_what_would_go_and_changes_nothing(kinfolk: Kinfolk, photos: Path) -> None:
    told = {"folder": str(photos), "photos": 1, "faces": 2, "people": 1, "forgotten": False}
    for _ in range(2):
        ran = kinfolk("forget-photos", "--json")
        assert ran.json == [told]
        assert "cannot be undone" in ran.err
    assert str(photos) in kinfolk("forget-photos").out


def test_what_was_deleted_is_forgotten_for_good(kinfolk: Kinfolk, photos: Path, tmp_path: Path) -> None:
    assert kinfolk("forget-photos", photos, "--deleted", "--json").json[0]["forgotten"] is True
    assert names(tmp_path) == ["Ada"]
    ran = kinfolk("forget-photos", "--json")
    assert ran.json == []
    assert "No photos are missing." in ran.err
    assert len(kinfolk("photos", "--json").json) == 2


def test_another_folder_is_named_as_unknown(kinfolk: Kinfolk, photos: Path, tmp_path: Path) -> None:
    ran = kinfolk("forget-photos", tmp_path, "--deleted")
    assert ran.code == 2
    assert "is not a folder of the library" in ran.err
    assert len(kinfolk("forget-photos", "--json").json) == 1
