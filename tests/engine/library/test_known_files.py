import pytest
from sqlalchemy import select

from engine.library.changes import Changes
from engine.library.indexing import (
    KnownPhoto,
    Problem,
    Touch,
    known_files,
    known_photos,
    mark_found,
    mark_missing,
    missing_by_hash,
    photos_by_size,
    release_started,
    start_photos,
    store_problems,
    store_scans,
    touch_photos,
    unfinished_photos,
    unsettled_photos,
)
from engine.library.queries import photo_rows, problem_photo_rows
from engine.library.sight import is_unusual
from engine.library.states import PhotoState
from engine.library.tables import Photo
from engine.scan.diff import KnownFile


def only(album) -> KnownPhoto:
    (photo,) = known_photos(album.library, album.folder_id)
    return photo


def test_a_photo_is_started_before_it_is_read(album) -> None:
    (photo_id,) = album.start("a.jpg")
    assert only(album) == KnownPhoto(photo_id, "a.jpg", 1000, 50, None, PhotoState.STARTED, None, album.folder_id, None)
    assert [photo.id for photo in unfinished_photos(album.library)] == [photo_id]


def test_a_second_try_is_told_from_the_first(album) -> None:
    (photo_id,) = album.start("a.jpg")
    again = start_photos(album.library, album.folder_id, [("a.jpg", 1000, 50)], PhotoState.SUSPECT)
    assert again == {"a.jpg": photo_id}
    assert [photo.state for photo in unfinished_photos(album.library)] == [PhotoState.SUSPECT]


def test_nothing_to_start(album) -> None:
    assert start_photos(album.library, album.folder_id, []) == {}


def test_starting_again_notes_the_file_and_keeps_the_hash_of_what_was_read(album) -> None:
    (photo_id,) = album.start("a.jpg")
    store_scans(album.library, [album.scan(photo_id, [])])
    start_photos(album.library, album.folder_id, [("a.jpg", 2222, 99)])
    assert (only(album).size, only(album).mtime_ns, only(album).content_hash) == (2222, 99, b"first")
    assert only(album).state == PhotoState.STARTED


def test_a_file_that_goes_while_it_is_read_again_does_not_come_back_as_read(album) -> None:
    (photo_id,) = album.start("a.jpg")
    store_scans(album.library, [album.scan(photo_id, [])])
    start_photos(album.library, album.folder_id, [("a.jpg", 2222, 99)])
    mark_missing(album.library, [photo_id])
    mark_found(album.library, [photo_id])
    assert (only(album).state, only(album).mtime_ns) == (PhotoState.SCANNED, -1)


def test_a_photo_never_read_takes_the_present_size_and_time(album) -> None:
    album.start("a.jpg")
    start_photos(album.library, album.folder_id, [("a.jpg", 2222, 99)])
    assert (only(album).size, only(album).mtime_ns) == (2222, 99)


def test_a_cancelled_first_reading_is_new(album) -> None:
    (photo_id,) = album.start("a.jpg")
    assert release_started(album.library, [photo_id]) == Changes.of(photos=[photo_id])
    assert (only(album).state, only(album).mtime_ns) == (PhotoState.NEW, 50)


def test_a_cancelled_second_reading_is_as_before_but_due(album) -> None:
    (photo_id,) = album.start("a.jpg")
    store_scans(album.library, [album.scan(photo_id, [])])
    start_photos(album.library, album.folder_id, [("a.jpg", 1000, 50)])
    release_started(album.library, [photo_id])
    assert (only(album).state, only(album).mtime_ns, only(album).content_hash) == (PhotoState.SCANNED, -1, b"first")


def test_a_cancelled_reading_of_a_suspect_leaves_it_as_it_was_found(album) -> None:
    (photo_id,) = album.start("a.jpg")
    start_photos(album.library, album.folder_id, [("a.jpg", 1000, 50)], PhotoState.SUSPECT)
    release_started(album.library, [photo_id])
    assert (only(album).state, only(album).mtime_ns) == (PhotoState.STARTED, 50)


def test_releasing_leaves_finished_photos_alone(album) -> None:
    (photo_id,) = album.start("a.jpg")
    store_scans(album.library, [album.scan(photo_id, [])])
    assert release_started(album.library, [photo_id]) == Changes()
    assert only(album).mtime_ns == 50


def test_a_problem_keeps_faces_and_is_listed(album) -> None:
    faces = album.fill(1, 2)[0]
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    changes = store_problems(album.library, [Problem(photo_id, "cut short", 7, 8, None)])
    assert changes == Changes.of(photos=[photo_id], faces=faces)
    (row,) = problem_photo_rows(album.library)
    assert (row.state, row.problem, row.faces) == (PhotoState.BROKEN, "cut short", len(faces))
    assert (only(album).size, only(album).mtime_ns, only(album).content_hash) == (7, 8, None)


def test_a_reading_that_succeeds_clears_the_problem(album) -> None:
    (photo_id,) = album.start("a.jpg")
    store_problems(album.library, [Problem(photo_id, "cut short", 7, 8, None)])
    store_scans(album.library, [album.scan(photo_id, [])])
    assert (only(album).state, only(album).problem) == (PhotoState.SCANNED, None)
    assert problem_photo_rows(album.library) == []


@pytest.mark.parametrize("outcome", [PhotoState.NEW, PhotoState.SCANNED, PhotoState.BROKEN])
def test_a_missing_photo_comes_back_as_what_it_was(album, outcome: PhotoState) -> None:
    (photo_id,) = album.start("a.jpg")
    if outcome == PhotoState.SCANNED:
        store_scans(album.library, [album.scan(photo_id, [])])
    if outcome == PhotoState.BROKEN:
        store_scans(album.library, [album.scan(photo_id, [])])
        store_problems(album.library, [Problem(photo_id, "cut short", 7, 8, b"x")])
    mark_missing(album.library, [photo_id])
    assert only(album).state == PhotoState.MISSING
    mark_found(album.library, [photo_id])
    assert only(album).state == outcome


def test_missing_and_back_names_the_faces_and_people_that_show_it(album) -> None:
    faces = album.fill(1, 2)[0]
    (person,) = album.group(faces)
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    touched = Changes.of(photos=[photo_id], faces=faces, people=[person])
    assert mark_missing(album.library, [photo_id]) == touched
    assert mark_missing(album.library, [photo_id]) == Changes()
    assert mark_found(album.library, [photo_id]) == touched


def test_touching_changes_size_and_time_alone(album) -> None:
    (photo_id,) = album.start("a.jpg")
    store_scans(album.library, [album.scan(photo_id, [])])
    start_photos(album.library, album.folder_id, [("a.jpg", 1000, 77)])
    touch_photos(album.library, [Touch(photo_id, 1000, 77)])
    assert (only(album).state, only(album).mtime_ns, only(album).content_hash) == (PhotoState.SCANNED, 77, b"first")


def test_photos_are_found_by_size_and_missing_ones_by_content(album) -> None:
    one, two = album.start("a.jpg", "b.jpg")
    store_scans(album.library, [album.scan(one, [], b"one"), album.scan(two, [], b"two")])
    assert [photo.id for photo in photos_by_size(album.library, [1000, 5])[1000]] == [one, two]
    assert photos_by_size(album.library, [5]) == {}
    assert missing_by_hash(album.library) == {}
    mark_missing(album.library, [two])
    found = missing_by_hash(album.library)
    assert {key: [photo.id for photo in photos] for key, photos in found.items()} == {b"two": [two]}


def test_what_was_read_well_is_settled_unless_its_file_changed(album) -> None:
    read, broken, gone, begun = album.start("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    store_scans(album.library, [album.scan(read, []), album.scan(gone, [])])
    store_problems(album.library, [Problem(broken, "It is damaged.", 1000, 50, b"broken")])
    mark_missing(album.library, [gone])
    assert KnownFile(read, "a.jpg", 1000, 50) in known_files(album.library, [album.folder_id])[album.folder_id]
    assert unsettled_photos(album.library, [album.folder_id], []).keys() == {broken, gone, begun}
    assert unsettled_photos(album.library, [album.folder_id], [read])[read].content_hash == b"first"
    assert unsettled_photos(album.library, [album.folder_id + 1], [read]) == {}


def test_photos_in_an_unusual_state_are_found_by_their_index(album) -> None:
    with album.library.read() as connection:
        query = select(Photo.id).where(is_unusual(PhotoState.MISSING))
        words = query.compile(connection, compile_kwargs={"render_postcompile": True})
        values = tuple(words.params[name] for name in words.positiontup or ())
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values).all()
    assert "photos_unfinished" in str(plan)
