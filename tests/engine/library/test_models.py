import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from engine.library.history import undo
from engine.library.indexing import store_scans
from engine.library.library import Library
from engine.library.models import (
    FaceVector,
    embedder_name,
    forget_vectors,
    lacking_count,
    photos_to_embed,
    store_vectors,
    use_embedder,
    vector_counts,
)
from engine.library.queries import face_rows
from engine.library.schema import APPLICATION_ID
from engine.library.vector_keys import SFACE
from engine.library.vectors import face_vectors

NEW = "mine@0123456789ab"


def test_faces_that_lack_a_vector_come_with_what_is_needed(album) -> None:
    photo, other = album.start("a.jpg", "b.jpg")
    store_scans(album.library, [album.scan(photo, album.places(2)), album.scan(other, album.places(1))])
    assert lacking_count(album.library, "sface") == 0
    assert not photos_to_embed(album.library, "sface")
    waiting = photos_to_embed(album.library, NEW)
    assert [one.path.name for one in waiting] == ["a.jpg", "b.jpg"]
    assert [len(one.faces) for one in waiting] == [2, 1]
    assert waiting[0].faces[0].landmarks.shape == (5, 2)
    assert waiting[0].content_hash == b"first"
    assert lacking_count(album.library, NEW) == 3


def test_vectors_of_two_models_lie_side_by_side_until_one_is_forgotten(album) -> None:
    (photo,) = album.start("a.jpg")
    store_scans(album.library, [album.scan(photo, album.places(2))])
    first, second = (row.face for row in face_rows(album.library))
    ones = np.full(16, 0.25, np.float32)
    stored = [FaceVector(first, b"first", ones), FaceVector(second, b"other", ones), FaceVector(999, b"first", ones)]
    changes = store_vectors(album.library, NEW, stored)
    assert changes.faces == {first}, "neither a face that is gone nor one of another content"
    assert vector_counts(album.library) == {"sface": 2, NEW: 1}
    np.testing.assert_allclose(face_vectors(album.library, NEW).vectors, ones[None])
    assert forget_vectors(album.library, "min") == 0
    assert forget_vectors(album.library, "mine") == 1
    assert vector_counts(album.library) == {"sface": 2}


def test_the_model_in_use_is_the_library_s_and_no_step_of_the_history(album) -> None:
    assert embedder_name(album.library) is None
    use_embedder(album.library, "mine")
    use_embedder(album.library, "other")
    assert embedder_name(album.library) == "other"
    assert not undo(album.library).steps


def test_a_library_of_the_first_version_keeps_its_vectors_and_its_model(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    released = Path(__file__).with_name("schema_version1.sql").read_text(encoding="utf-8").splitlines()
    with closing(sqlite3.connect(path)) as connection:
        for statement in sorted(filter(None, released), key=lambda sql: not sql.startswith("CREATE TABLE")):
            connection.execute(statement)
        connection.execute("INSERT INTO journal_state(id, step_id, revision) VALUES (1, NULL, 7)")
        connection.execute("INSERT INTO folders VALUES (1, '/photos', 0)")
        connection.execute(
            "INSERT INTO photos(id, folder_id, relpath, size, mtime_ns, state) VALUES (1, 1, 'a', 1, 1, 'SCANNED')"
        )
        for face in (1, 2, 3):
            connection.execute(
                "INSERT INTO faces(id, photo_id, left, top, width, height, landmarks, score, quality) "
                "VALUES (?, 1, 0, 0, 1, 1, zeroblob(40), 1, 1)",
                (face,),
            )
            connection.execute("INSERT INTO embeddings VALUES (?, 'sface_2021dec', zeroblob(8))", (face,))
        connection.execute("INSERT INTO embeddings VALUES (1, 'mine', zeroblob(8))")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with Library(path) as library:
        assert library.backup is not None
        assert vector_counts(library) == {SFACE[1]: 3, "mine": 1}
        assert embedder_name(library) == SFACE[0]
