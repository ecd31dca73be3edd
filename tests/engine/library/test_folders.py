import os
from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library.edits import name_person
from engine.library.folders import add_folder, folders
from engine.library.indexing import known_photos
from engine.library.library import Library
from engine.library.queries import people_rows, photo_rows


def test_a_folder_is_added_once_by_its_real_path(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    first = add_folder(library, tmp_path / "a")
    assert add_folder(library, tmp_path / "link") == first
    assert add_folder(library, tmp_path / "a" / ".." / "a") == first
    assert [row.path for row in folders(library)] == [(tmp_path / "a").resolve()]


def test_what_is_no_folder_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "absent"):
        with pytest.raises(LibraryError, match="no folder"):
            add_folder(library, path)


def test_a_folder_inside_a_known_one_is_that_one(album) -> None:
    (album.root / "sub" / "deep").mkdir(parents=True)
    assert add_folder(album.library, album.root / "sub" / "deep") == album.folder_id
    assert len(folders(album.library)) == 1


def test_a_folder_that_only_begins_alike_is_another(album) -> None:
    twin = album.root.with_name(album.root.name + "2")
    twin.mkdir()
    assert add_folder(album.library, twin) != album.folder_id


def test_a_parent_takes_photos_and_answers_over(album) -> None:
    faces = album.fill(2, 2)
    (person,) = album.group([faces[0][0], faces[1][0]])
    name_person(album.library, person, "Ada")
    album.start(os.fsdecode(b"caf\xe9.jpg"))
    before = {photo.id: photo.relpath for photo in known_photos(album.library, album.folder_id)}
    beside = album.root.with_name("beside")
    beside.mkdir()
    add_folder(album.library, beside)

    parent = add_folder(album.library, album.root.parent)

    assert [(row.id, row.path) for row in folders(album.library)] == [(parent, album.root.parent)]
    after = {photo.id: photo.relpath for photo in known_photos(album.library, parent)}
    assert after == {photo_id: f"pictures/{relpath}" for photo_id, relpath in before.items()}
    assert {row.path.parent for row in photo_rows(album.library)} == {album.root}
    assert [(row.name, row.faces) for row in people_rows(album.library)] == [("Ada", 2)]
