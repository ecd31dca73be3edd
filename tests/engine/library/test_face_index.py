from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from engine.library.edits import confirm_faces, ignore_faces, name_person
from engine.library.indexing import store_scans
from engine.library.queries import FaceScope, face_index, face_rows, faces_by_id
from engine.library.states import SOURCE_CODES, Source

LATE, EARLY = datetime(2020, 5, 1, 12), datetime(1965, 5, 1, 12)  # noqa: DTZ001 a camera's clock has no zone


@pytest.fixture
def dated(album):
    """Three photos with two faces each: undated, late, early (before 1970); returns their faces photo by photo."""
    ids = album.start("undated.jpg", "late.jpg", "early.jpg")
    times = (None, LATE, EARLY)
    scans = [replace(album.scan(one, album.places(2)), taken_at=at) for one, at in zip(ids, times, strict=True)]
    store_scans(album.library, scans)
    rows = face_rows(album.library)
    return [[row.face for row in rows if row.photo_id == one] for one in ids]


def test_faces_are_sorted_by_time_and_undated_ones_come_last(album, dated) -> None:
    undated, late, early = dated
    index = face_index(album.library, FaceScope.everything())
    assert index.face_ids.tolist() == [*early, *late, *undated]
    assert index.photo_ids.tolist() == [3, 3, 2, 2, 1, 1]
    assert np.isnan(index.taken_at).tolist() == [False] * 4 + [True] * 2
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001
    assert index.taken_at[:4].tolist() == [(at - epoch).total_seconds() for at in (EARLY, EARLY, LATE, LATE)]


def test_each_face_says_whose_it_is_and_who_said_so(album, dated) -> None:
    undated, late, early = dated
    first, second = album.group([early[0], late[0]], undated)
    confirm_faces(album.library, first, [early[0]])
    with album.library.write() as transaction:
        run = transaction.connection.exec_driver_sql
        run(f"UPDATE faces SET quality = 0.75, cluster_id = 7 WHERE id = {late[1]}")
        run(f"UPDATE faces SET source = 'METADATA' WHERE id = {undated[1]}")
    index = face_index(album.library, FaceScope.everything())
    assert len(index) == 6
    assert index.person_ids.tolist() == [first, -1, first, -1, second, second]
    sources = [Source.USER, None, Source.CLUSTER, None, Source.CLUSTER, Source.METADATA]
    assert index.sources.tolist() == [SOURCE_CODES[source] for source in sources]
    assert index.quality.tolist() == [0.5, 0.5, 0.5, 0.75, 0.5, 0.5]
    assert index.cluster_ids.tolist() == [-1, -1, -1, 7, -1, -1]


def test_a_scope_holds_its_faces_alone(album, dated) -> None:
    undated, late, early = dated
    first, second = album.group([early[0], late[0]], undated)
    ignore_faces(album.library, [late[0], late[1]])
    scopes = {
        FaceScope.person(first): [early[0]],
        FaceScope.person(second): undated,
        FaceScope.person(99): [],
        FaceScope.unsorted(): [early[1]],
        FaceScope.ignored(): late,
        FaceScope.everything(): [*early, *undated],
    }
    assert {scope: face_index(album.library, scope).face_ids.tolist() for scope in scopes} == scopes


def test_the_arrays_have_their_types_even_without_faces(album) -> None:
    index = face_index(album.library, FaceScope.everything())
    types = [getattr(index, name).dtype for name in index.__slots__]
    assert types == [np.int64, np.int64, np.int64, np.int8, np.float32, np.float64, np.int8, np.int64]
    assert len(index) == 0


def test_faces_are_found_by_their_ids(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    rows = {row.face: row for row in face_rows(album.library)}
    assert faces_by_id(album.library, [two, one, 99]) == rows
    ignore_faces(album.library, [two])
    assert faces_by_id(album.library, [two])[two].ignored
    assert faces_by_id(album.library, []) == {}
