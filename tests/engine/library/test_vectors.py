from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library.answers import (
    Postponed,
    distinct_people,
    hidden_people_ids,
    named_people_ids,
    postponed,
    rejections,
)
from engine.library.clusters import store_clusters
from engine.library.edits import (
    confirm_faces,
    hide_people,
    ignore_faces,
    mark_distinct,
    name_person,
    postpone_question,
    reject_faces,
)
from engine.library.indexing import store_scans
from engine.library.states import SOURCE_CODES, Source
from engine.library.vectors import LeftOut, face_vectors, loaded_face_vectors
from tests.engine.library.conftest import Album


def test_every_array_lines_up_with_the_faces(album) -> None:
    (one, two), (three, four) = album.fill(2, 2)
    first, second = album.group([one, two], [three])
    confirm_faces(album.library, first, [one])
    ignore_faces(album.library, [four])
    store_clusters(album.library, np.array([one, two, three]), np.array([7, 7, -1]))
    faces = face_vectors(album.library, "sface")
    assert faces.face_ids.tolist() == [one, two, three, four]
    assert faces.photo_ids[0] == faces.photo_ids[1] != faces.photo_ids[2] == faces.photo_ids[3]
    assert faces.person_ids.tolist() == [first, first, second, -1]
    assert faces.cluster_ids.tolist() == [7, 7, -1, -1]
    assert faces.sources.tolist() == [SOURCE_CODES[one] for one in (Source.USER, Source.CLUSTER, Source.CLUSTER, None)]
    assert faces.ignored.tolist() == [False, False, False, True]
    assert np.isnan(faces.taken_at).all()
    np.testing.assert_allclose(np.linalg.norm(faces.vectors, axis=1), 1, atol=1e-6)
    kinds = (faces.face_ids, faces.sources, faces.ignored, faces.quality, faces.taken_at, faces.vectors)
    assert [array.dtype for array in kinds] == [np.int64, np.int8, np.bool_, np.float32, np.float64, np.float32]


def test_the_length_that_a_vector_had_is_kept_with_it(album) -> None:
    (photo,) = album.start("photo.jpg")
    scan = album.scan(photo, album.places(3))
    lengths = (12.5, None, 6.0)
    faces = tuple(replace(face, length=length) for face, length in zip(scan.faces, lengths, strict=True))
    store_scans(album.library, [replace(scan, faces=faces)])
    np.testing.assert_array_equal(face_vectors(album.library, "sface").lengths, [12.5, np.nan, 6.0])
    store_scans(album.library, [scan])
    assert np.isnan(face_vectors(album.library, "sface").lengths).all()


def test_faces_without_a_vector_are_left_out_wherever_their_vectors_lie_in_the_file(album) -> None:
    faces = sorted(face for photo in album.fill(3, 2) for face in photo)
    stored = dict(zip(faces, face_vectors(album.library, "sface").vectors, strict=True))
    with album.library.write() as transaction:
        some = tuple(faces[1:4])
        move = "UPDATE embeddings SET rowid = 1000 - face_id WHERE face_id IN (?, ?, ?)"
        transaction.connection.exec_driver_sql(move, some)
        transaction.connection.exec_driver_sql("DELETE FROM embeddings WHERE face_id IN (?, ?)", (faces[0], faces[4]))
    found = face_vectors(album.library, "sface")
    assert found.face_ids.tolist() == [*some, faces[5]]
    np.testing.assert_array_equal(found.vectors, np.stack([stored[face] for face in found.face_ids.tolist()]))
    assert len(face_vectors(album.library, "another").face_ids) == 0


def test_ignored_faces_and_hidden_people_can_be_left_out(album) -> None:
    (one, two), (three, four) = album.fill(2, 2)
    first, _ = album.group([one], [two])
    ignore_faces(album.library, [three])
    hide_people(album.library, [first])
    left = {
        (): [one, two, three, four],
        (LeftOut.IGNORED,): [one, two, four],
        (LeftOut.HIDDEN,): [two, three, four],
        (LeftOut.IGNORED, LeftOut.HIDDEN): [two, four],
    }
    everything = face_vectors(album.library, "sface")
    for leaving_out, expected in left.items():
        faces = face_vectors(album.library, "sface", leaving_out)
        assert faces.face_ids.tolist() == expected
        np.testing.assert_array_equal(faces.vectors, everything.vectors[np.isin(everything.face_ids, expected)])


def test_times_are_seconds_on_the_cameras_clock(album) -> None:
    (photo_id,) = album.start("a.jpg")
    taken = datetime(1970, 1, 2, 0, 0, 1, 500000)  # noqa: DTZ001 a camera's clock has no zone
    store_scans(album.library, [replace(album.scan(photo_id, [Box(0.1, 0.1, 0.2, 0.2)]), taken_at=taken)])
    assert face_vectors(album.library, "sface").taken_at.tolist() == [86401.5]


def test_a_model_without_embeddings_gives_empty_arrays(album) -> None:
    album.fill(1, 1)
    nothing = face_vectors(album.library, "other")
    assert nothing.face_ids.shape == (0,)
    assert nothing.vectors.shape[0] == 0


def test_vectors_of_two_lengths_are_an_error(album) -> None:
    (one, _) = album.fill(1, 2)[0]
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE embeddings SET vector = zeroblob(64) WHERE face_id = {one}")
    with pytest.raises(LibraryError, match="differ in length"):
        face_vectors(album.library, "sface")


def test_answers_are_pairs_of_ids(album) -> None:
    faces = album.fill(2, 2)
    one, two = album.group(*faces)
    assert rejections(album.library).shape == distinct_people(album.library).shape == (0, 2)
    reject_faces(album.library, one, [faces[1][0]])
    mark_distinct(album.library, two, one)
    mark_distinct(album.library, one, two)
    name_person(album.library, two, "Ada")
    hide_people(album.library, [one])
    assert rejections(album.library).tolist() == [[faces[1][0], one]]
    assert distinct_people(album.library).tolist() == [[one, two]]
    assert named_people_ids(album.library).tolist() == [two]
    assert hidden_people_ids(album.library).tolist() == [one]


def test_a_postponed_question_waits_until_its_time(album) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    postpone_question(album.library, "same person", 3, 4, now + timedelta(days=1))
    postpone_question(album.library, "same person", 3, 4, now + timedelta(days=30))
    assert postponed(album.library, now) == [Postponed("same person", 3, 4, now + timedelta(days=30))]
    assert postponed(album.library, now + timedelta(days=31)) == []


def many_faces(album: Album, count: int) -> None:
    """Make so many faces of the library's first one, each with its vector."""
    with album.library.write() as transaction:
        for table, own in (("faces", "id"), ("embeddings", "face_id")):
            columns = [row[1] for row in transaction.connection.exec_driver_sql(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns)
            values = ", ".join("number" if name == own else f'"{name}"' for name in columns)
            transaction.connection.exec_driver_sql(
                f"WITH RECURSIVE numbers(number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM numbers "
                f"WHERE number < ?) INSERT INTO {table}({names}) SELECT {values} FROM {table}, numbers "
                f"WHERE {table}.{own} = 1",
                (count,),
            )


def test_many_vectors_are_read_in_steps_and_given_up_at_each(album: Album) -> None:
    album.fill(1, 1)
    many_faces(album, 50_000)
    steps = loaded_face_vectors(album.library, "sface")
    reports = 0
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            faces = stop.value
            break
        reports += 1
    assert reports >= 2 * 50_000 / 20_000
    whole = face_vectors(album.library, "sface")
    assert len(faces.face_ids) == 50_000
    np.testing.assert_array_equal(faces.vectors, whole.vectors)
    for given_up in range(1, reports + 1):
        steps = loaded_face_vectors(album.library, "sface")
        for _ in range(given_up):
            next(steps)
        steps.close()
        # Nobody reads any more: the file can be written anew.
        album.library.compact()
