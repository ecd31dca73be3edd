from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import event

from engine.library.edits import confirm_faces, hide_people, ignore_faces, name_person
from engine.library.folders import add_folder
from engine.library.indexing import Problem, mark_missing, store_problems, store_scans
from engine.library.queries import (
    Counts,
    FaceScope,
    FolderSummary,
    PhotoSearch,
    counts,
    face_index,
    face_rows,
    faces_by_id,
    folder_rows,
    people_by_size,
    people_names,
    people_rows,
    photo_face_rows,
    photo_index,
    photo_rows,
    photos_by_id,
    unsorted_face_rows,
)
from engine.library.states import PhotoState, Source


def test_an_empty_library_has_nothing(library) -> None:
    assert photo_rows(library) == face_rows(library) == people_rows(library) == []
    assert counts(library) == Counts({}, 0, 0, 0, 0, 0, 0)


def test_photos_are_sorted_by_path_and_count_their_faces(album) -> None:
    later, earlier = album.start("z.jpg", "a.jpg")
    store_scans(album.library, [album.scan(later, []), replace(album.scan(earlier, []), taken_at=datetime(2001, 2, 3))])  # noqa: DTZ001 a camera's clock has no zone
    rows = photo_rows(album.library)
    assert [(row.id, row.path.name, row.faces) for row in rows] == [(earlier, "a.jpg", 0), (later, "z.jpg", 0)]
    assert rows[0].taken_at == datetime(2001, 2, 3)  # noqa: DTZ001 a camera's clock has no zone


def test_faces_say_whose_they_are(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    first, second = face_rows(album.library)
    assert (first.face, first.person, first.name, first.source) == (one, person, "Ada", Source.USER)
    assert (second.face, second.person, second.name, second.source) == (two, None, None, None)
    assert (first.photo, first.photo_width, first.photo_height) == (album.root / "photo0.jpg", 400, 300)
    assert face_rows(album.library, person) == [first]
    assert unsorted_face_rows(album.library) == [second]
    assert face_rows(album.library, 99) == []


def test_everybody_is_known_by_size_the_largest_first(album) -> None:
    faces = album.fill(3, 3)
    one, few, many = album.group([faces[0][0]], [faces[0][1], faces[1][0]], [faces[0][2], faces[1][1], faces[1][2]])
    name_person(album.library, few, "Ada")
    hide_people(album.library, [one])
    known = people_by_size(album.library)
    assert [(each.person, each.name, each.hidden) for each in known] == [
        (many, None, False),
        (few, "Ada", False),
        (one, None, True),
    ]


def test_ignored_faces_are_seen_in_their_photo_alone(album) -> None:
    one, two = album.fill(1, 2)[0]
    ignore_faces(album.library, [one])
    assert [row.face for row in face_rows(album.library)] == [two]
    assert [row.face for row in unsorted_face_rows(album.library)] == [two]
    photo = face_rows(album.library)[0].photo_id
    assert [(row.face, row.ignored) for row in photo_face_rows(album.library, photo)] == [(one, True), (two, False)]
    assert photo_rows(album.library)[0].faces == 1


def test_named_people_come_first_by_name_then_the_largest(album) -> None:
    faces = [face for photo in album.fill(4, 3) for face in photo]
    small, large, second, first = album.group(faces[:1], faces[1:5], faces[5:7], faces[7:10])
    name_person(album.library, second, "zoë")
    name_person(album.library, first, "Ada")
    assert [row.person for row in people_rows(album.library)] == [first, second, large, small]
    row = people_rows(album.library)[2]
    assert (row.faces, row.photos, row.confirmed, row.hidden) == (4, 2, 0, False)
    confirm_faces(album.library, large, faces[1:3])
    hide_people(album.library, [large])
    row = people_rows(album.library)[2]
    assert (row.confirmed, row.hidden) == (2, True)


def test_the_cover_is_the_best_face(album) -> None:
    ids = album.fill(1, 3)[0]
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET quality = 0.9 WHERE id = {ids[1]}")
    album.group(ids)
    assert people_rows(album.library)[0].cover == ids[1]


def test_a_confirmed_face_is_a_better_cover_than_any_suggestion(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET quality = 1 WHERE id = {two}")
    (person,) = album.group([one, two, three])
    assert people_rows(album.library)[0].cover == two
    confirm_faces(album.library, person, [three])
    assert people_rows(album.library)[0].cover == three


def test_some_people_alone(album) -> None:
    faces = album.fill(1, 4)[0]
    small, large, named = album.group(faces[:1], faces[1:3], faces[3:])
    name_person(album.library, named, "Ada")
    rows = {row.person: row for row in people_rows(album.library)}
    assert people_rows(album.library, [small, large, 99]) == [rows[large], rows[small]]
    assert people_rows(album.library, only=[named]) == [rows[named]]
    assert people_rows(album.library, []) == []
    confirm_faces(album.library, large, faces[1:2])
    assert people_rows(album.library, [large])[0].suggested == 1


def test_names_of_people(album) -> None:
    one, two, three = album.group(*([face] for face in album.fill(1, 3)[0]))
    name_person(album.library, two, "zoë")
    name_person(album.library, three, "Ada")
    assert people_names(album.library) == {two: "zoë", three: "Ada"}
    assert one not in people_names(album.library)


def test_folders_count_their_photos(album, tmp_path) -> None:
    gone, broken, _ = album.start("gone.jpg", "broken.jpg", "fresh.jpg")
    mark_missing(album.library, [gone])
    store_problems(album.library, [Problem(broken, "cut short", 1, 1, None)])
    (tmp_path / "empty").mkdir()
    empty = add_folder(album.library, tmp_path / "empty")
    assert folder_rows(album.library) == [
        FolderSummary(empty, (tmp_path / "empty").resolve(), photos=0, missing=0, broken=0, unread=0),
        FolderSummary(album.folder_id, album.root, photos=3, missing=1, broken=1, unread=1),
    ]


def test_people_without_faces_or_name_are_not_shown(album) -> None:
    one, two = album.fill(1, 2)[0]
    named, _ = album.group([one], [two])
    name_person(album.library, named, "Ada")
    ignore_faces(album.library, [one, two])
    assert [(row.person, row.faces, row.photos, row.cover) for row in people_rows(album.library)] == [
        (named, 0, 0, None)
    ]


def test_everything_is_counted(album) -> None:
    faces = [face for photo in album.fill(2, 3) for face in photo]
    gone, broken, fresh = album.start("gone.jpg", "broken.jpg", "fresh.jpg")
    mark_missing(album.library, [gone])
    store_problems(album.library, [Problem(broken, "cut short", 1, 1, None)])
    named, _ = album.group(faces[:2], faces[2:3])
    name_person(album.library, named, "Ada")
    ignore_faces(album.library, faces[5:])
    states = {PhotoState.SCANNED: 2, PhotoState.MISSING: 1, PhotoState.BROKEN: 1, PhotoState.STARTED: 1}
    assert counts(album.library) == Counts(states, faces=5, people=2, named_people=1, unsorted=2, ignored=1, problems=1)
    assert fresh


@pytest.mark.parametrize(
    ("listing", "queries"),
    [
        (photo_rows, 1),
        (face_rows, 1),
        (people_rows, 1),
        (lambda library: people_rows(library, range(100)), 1),
        (lambda library: faces_by_id(library, range(100)), 1),
        (lambda library: photos_by_id(library, range(100)), 1),
        (lambda library: face_index(library, FaceScope.everything()), 1),
        # Photos, their faces, whose these are, and who has a name.
        (lambda library: photo_index(library, PhotoSearch(exactly=True)), 4),
    ],
)
def test_a_listing_is_as_many_queries_however_long(album, listing, queries) -> None:
    faces = [face for photo in album.fill(5, 4) for face in photo]
    album.group(*([face] for face in faces))
    seen: list[str] = []
    with album.library.read() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert len(listing(album.library)) >= 5
    assert len([statement for statement in seen if statement != "BEGIN"]) == queries
