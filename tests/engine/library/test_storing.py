from dataclasses import replace
from datetime import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.geometry import Box
from engine.library.answers import rejections
from engine.library.changes import Changes
from engine.library.edits import confirm_faces, ignore_faces, name_person, reject_faces, set_cover
from engine.library.history import history
from engine.library.indexing import Likeness, known_photos, store_scans
from engine.library.indexing.face_matching import SAME_FACE_IOU, match_faces
from engine.library.queries import face_rows, ignored_face_rows, photo_rows, waiting_face_rows
from engine.library.states import PhotoState, Source
from engine.library.vectors import face_vectors

ALIKE = Likeness(sure=0.9, likely=0.7, possible=0.2)
PLACES = [Box(0.1, 0.2, 0.08, 0.1), Box(0.3, 0.2, 0.08, 0.1), Box(0.5, 0.2, 0.08, 0.1)]
NUDGED = [Box(place.left + 0.01, place.top, place.width, place.height) for place in PLACES]


def test_a_scan_is_stored_whole(album) -> None:
    (photo_id,) = album.start("a.jpg")
    taken = datetime(2019, 5, 4, 13, 14, 15)  # noqa: DTZ001 a camera's clock has no zone
    scan = replace(album.scan(photo_id, PLACES[:2]), taken_at=taken)
    changes = store_scans(album.library, [scan])
    (row,) = photo_rows(album.library)
    assert (row.path, row.state, row.problem) == (album.root / "a.jpg", PhotoState.SCANNED, None)
    assert (row.width, row.height, row.taken_at, row.faces) == (400, 300, taken, 2)
    (photo,) = known_photos(album.library, album.folder_id)
    assert (photo.content_hash, photo.detector) == (b"first", "yunet")
    faces = face_rows(album.library)
    assert [face.box for face in faces] == PLACES[:2]
    assert [(face.score, face.quality, face.person, face.cluster) for face in faces] == [(0.9, 0.5, None, None)] * 2
    assert changes == Changes.of(photos=[photo_id], faces=[face.face for face in faces])
    stored = face_vectors(album.library, "sface")
    np.testing.assert_array_equal(stored.vectors, [face.embedding for face in scan.faces])


def test_a_face_found_again_keeps_its_id_and_answers(album) -> None:
    first, second, third = album.fill(1, 3)[0]
    (person,) = album.group([first, second])
    confirm_faces(album.library, person, [first])
    reject_faces(album.library, person, [second])
    ignore_faces(album.library, [third])
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    moved = [Box(0.01, 0.2, 0.08, 0.1), Box(0.11, 0.2, 0.08, 0.1), Box(0.21, 0.21, 0.08, 0.1)]
    store_scans(album.library, [album.scan(photo_id, moved, b"second")], likeness=ALIKE)
    assert [row.face for row in face_rows(album.library)] == [first, second]
    assert [row.face for row in ignored_face_rows(album.library)] == [third]
    assert face_rows(album.library)[0].box == moved[0]
    assert album.person_of(first) == (person, Source.USER)
    assert rejections(album.library).tolist() == [[second, person]]


def test_a_face_that_is_gone_goes_unless_somebody_said_something(album) -> None:
    silent, confirmed, rejected, ignored, cover = album.fill(1, 5)[0]
    (person,) = album.group([silent, confirmed, cover])
    confirm_faces(album.library, person, [confirmed])
    reject_faces(album.library, person, [rejected])
    ignore_faces(album.library, [ignored])
    set_cover(album.library, person, cover)
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    changes = store_scans(album.library, [album.scan(photo_id, [Box(0.8, 0.8, 0.1, 0.1)])])
    kept = {row.face for row in face_rows(album.library)} | {row.face for row in ignored_face_rows(album.library)}
    (new,) = kept - {confirmed, rejected, ignored, cover}
    assert new > cover
    assert changes.faces == {silent, confirmed, rejected, ignored, cover, new}
    assert person in changes.people


def test_a_face_id_is_never_given_twice(album) -> None:
    ids = album.fill(1, 2)[0]
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    store_scans(album.library, [album.scan(photo_id, [])])
    store_scans(album.library, [album.scan(photo_id, PLACES)])
    assert min(row.face for row in face_rows(album.library)) > max(ids)


def test_models_live_side_by_side_until_the_content_changes(album) -> None:
    (photo_id,) = album.start("a.jpg")
    scan = album.scan(photo_id, PLACES)
    store_scans(album.library, [scan])
    store_scans(album.library, [replace(scan, model="other")])
    assert len(face_vectors(album.library, "sface").face_ids) == len(face_vectors(album.library, "other").face_ids) == 3
    store_scans(album.library, [replace(album.scan(photo_id, NUDGED, b"second"), model="other")])
    assert len(face_vectors(album.library, "sface").face_ids) == 0
    assert len(face_vectors(album.library, "other").face_ids) == 3


def test_another_person_in_the_same_place_of_a_changed_photo_is_another_face(album) -> None:
    said, silent, alike = album.fill(1, 3)[0]
    (person,) = album.group([said, silent, alike])
    confirm_faces(album.library, person, [said])
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    scan = album.scan(photo_id, album.places(3), b"second")
    opposite = [replace(face, embedding=-face.embedding) for face in scan.faces[:2]]
    store_scans(album.library, [replace(scan, faces=(*opposite, scan.faces[2]))], likeness=ALIKE)
    rows = {row.face: row for row in face_rows(album.library)}
    assert silent not in rows
    assert said not in rows
    assert [(row.face, row.person, row.source) for row in waiting_face_rows(album.library)] == [
        (said, person, Source.USER)
    ]
    assert rows[alike].person == person
    new = set(rows) - {alike}
    assert len(new) == 2
    assert {rows[face].person for face in new} == {None}


def test_without_new_content_the_place_decides(album) -> None:
    faces = album.fill(1, 2)[0]
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    scan = album.scan(photo_id, album.places(2))
    opposite = tuple(replace(face, embedding=-face.embedding) for face in scan.faces)
    store_scans(album.library, [replace(scan, faces=opposite)], likeness=ALIKE)
    assert [row.face for row in face_rows(album.library)] == faces


def test_of_a_changed_photo_a_face_without_a_vector_waits(album) -> None:
    said, silent = album.fill(1, 2)[0]
    (person,) = album.group([said, silent])
    confirm_faces(album.library, person, [said])
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    other_model = replace(album.scan(photo_id, album.places(2), b"second"), model="other")
    store_scans(album.library, [other_model], likeness=ALIKE)
    assert [row.face for row in waiting_face_rows(album.library)] == [said]
    store_scans(album.library, [album.scan(photo_id, [])], likeness=ALIKE)
    (row,) = face_rows(album.library)
    assert (row.face, row.person, row.source, row.box) == (said, person, Source.USER, album.places(1)[0])


def test_a_photo_that_left_the_library_is_left_out(album) -> None:
    (photo_id,) = album.start("a.jpg")
    changes = store_scans(album.library, [album.scan(999, PLACES), album.scan(photo_id, PLACES)])
    assert changes.photos == {photo_id}
    assert len(face_rows(album.library)) == 3


def test_nothing_to_store(album) -> None:
    assert store_scans(album.library, []) == Changes()


def test_many_faces_get_their_own_vectors(album) -> None:
    """Ids come back in the order of the rows although they are inserted in bulk."""
    ids = album.start(*(f"{number}.jpg" for number in range(40)))
    scans = [album.scan(photo_id, [Box(0.001 * n, 0.1, 0.0005, 0.1) for n in range(50)]) for photo_id in ids]
    store_scans(album.library, scans)
    stored = face_vectors(album.library, "sface")
    assert len(stored.face_ids) == 2000
    np.testing.assert_array_equal(stored.vectors, [face.embedding for scan in scans for face in scan.faces])
    assert stored.photo_ids.tolist() == [photo_id for photo_id in ids for _ in range(50)]


def test_a_scan_is_not_an_edit(album) -> None:
    (face,) = album.fill(1, 1)[0]
    (person,) = album.group([face])
    name_person(album.library, person, "Ada")
    album.fill(3, 2)
    assert len(history(album.library)) == 1


def test_the_best_overlap_wins() -> None:
    old = [Box(0.0, 0.0, 1.0, 1.0), Box(0.3, 0.0, 1.0, 1.0)]
    new = [Box(0.2, 0.0, 1.0, 1.0), Box(0.05, 0.0, 1.0, 1.0)]
    assert match_faces(old, new) == {1: 0, 0: 1}


def test_little_overlap_is_another_face() -> None:
    assert match_faces([Box(0.0, 0.0, 1.0, 1.0)], [Box(0.6, 0.0, 1.0, 1.0)]) == {}
    assert match_faces([], [Box(0.0, 0.0, 1.0, 1.0)]) == match_faces([Box(0.0, 0.0, 1.0, 1.0)], []) == {}


boxes = st.lists(
    st.builds(Box, st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.5), st.floats(0.01, 0.5)), max_size=8
)


@given(boxes, boxes)
def test_pairs_are_one_to_one_and_no_choice_of_pairs_overlaps_more(old: list[Box], new: list[Box]) -> None:
    pairs = match_faces(old, new)
    assert len(set(pairs.values())) == len(pairs)
    for fresh, stored in pairs.items():
        assert new[fresh].iou(old[stored]) >= SAME_FACE_IOU - 1e-9
    overlap = [[one.iou(other) for other in old] for one in new]
    in_sum = sum(overlap[fresh][stored] for fresh, stored in pairs.items())
    greedy, rows, columns = 0.0, set(range(len(new))), set(range(len(old)))
    while rows and columns:
        best, row, column = max((overlap[row][column], row, column) for row in rows for column in columns)
        if best < SAME_FACE_IOU:
            break
        greedy += best
        rows.discard(row)
        columns.discard(column)
    assert in_sum >= greedy - 1e-9
