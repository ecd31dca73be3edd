"""What goes for good goes wholly, and nothing else does."""

from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library import edits, history
from engine.library.changes import Changes
from engine.library.examining import examine_file
from engine.library.folders import add_folder, folders
from engine.library.indexing import known_photos, start_photos, store_scans
from engine.library.queries import counts, face_rows, people_rows
from engine.library.removal import Holdings, delete_face_data, delete_folder, folder_holdings
from engine.library.states import PhotoState
from tests.engine.library.conftest import Album


def named(album: Album) -> tuple[list[list[int]], int]:
    """Two photos of two faces each; the first of each is somebody with a name."""
    faces = album.fill(2, 2)
    (person,) = album.group([photo[0] for photo in faces])
    edits.name_person(album.library, person, "Ada Lovelace")
    return faces, person


def test_a_folder_goes_with_its_photos_and_faces(album: Album, tmp_path: Path) -> None:
    faces, person = named(album)
    other_root = tmp_path / "other"
    other_root.mkdir()
    other = add_folder(album.library, other_root)
    photo = start_photos(album.library, other, [("kept.jpg", 1, 1)])["kept.jpg"]
    store_scans(album.library, [album.scan(photo, album.places(1), b"kept")])
    assert folder_holdings(album.library, album.folder_id) == Holdings(2, 4, 2)
    heard: list[Changes] = []
    album.library.subscribe(heard.append)
    changes = delete_folder(album.library, album.folder_id)
    assert [row.id for row in folders(album.library)] == [other]
    assert [row.photo_id for row in face_rows(album.library)] == [photo]
    assert changes.faces == {face for photo_faces in faces for face in photo_faces}
    assert changes.people == {person}
    assert heard == [changes]
    assert [row.name for row in people_rows(album.library)] == ["Ada Lovelace"]


def test_undo_after_a_folder_is_gone_takes_back_what_is_left(album: Album) -> None:
    named(album)
    delete_folder(album.library, album.folder_id)
    history.undo(album.library)
    assert people_rows(album.library) == []
    assert examine_file(album.library.path).problems == ()


def test_a_folder_that_is_not_there_is_refused(album: Album) -> None:
    with pytest.raises(LibraryError, match="no folder 77"):
        delete_folder(album.library, 77)


def test_what_is_known_of_faces_is_deleted_and_photos_are_as_if_never_read(album: Album) -> None:
    faces, person = named(album)
    edits.reject_faces(album.library, person, [faces[0][1]])
    changes = delete_face_data(album.library)
    now = counts(album.library)
    assert (now.faces, now.people, now.ignored) == (0, 0, 0)
    assert now.photos == {PhotoState.NEW: 2}
    assert history.history(album.library) == []
    assert all(photo.content_hash is None for photo in known_photos(album.library, album.folder_id))
    assert changes.faces == {face for photo_faces in faces for face in photo_faces}
    assert person in changes.people
