import pytest

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library.changes import Changes
from engine.library.edits import draw_face
from engine.library.history import redo, undo
from engine.library.indexing import store_scans
from engine.library.queries import face_rows, ignored_face_rows, photo_rows
from engine.library.vectors import face_vectors

DRAWN = Box(0.7, 0.7, 0.1, 0.1)


def test_a_drawn_face_is_a_face_and_survives_scans(album) -> None:
    album.fill(1, 1)
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    (face,) = album.scan(photo_id, [DRAWN]).faces
    done = draw_face(album.library, photo_id, face, "sface")
    assert done.changes == Changes.of(photos=[photo_id], faces=[done.face_id])
    assert done.face_id in face_vectors(album.library, "sface").face_ids
    store_scans(album.library, [album.scan(photo_id, [])])
    assert [(row.face, row.box) for row in face_rows(album.library)] == [(done.face_id, DRAWN)]


def test_a_drawn_face_taken_back_is_ignored(album) -> None:
    album.fill(1, 1)
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    (face,) = album.scan(photo_id, [DRAWN]).faces
    drawn = draw_face(album.library, photo_id, face, "sface").face_id
    undo(album.library)
    assert [row.face for row in ignored_face_rows(album.library)] == [drawn]
    redo(album.library)
    assert drawn in {row.face for row in face_rows(album.library)}


def test_a_face_is_drawn_in_a_photo(album) -> None:
    (photo_id,) = album.start("a.jpg")
    (face,) = album.scan(photo_id, [DRAWN]).faces
    with pytest.raises(LibraryError, match="no photo 99"):
        draw_face(album.library, 99, face, "sface")
