"""Photos whose files are gone: who lives only in them is out of sight, is kept, comes back, or is forgotten."""

from dataclasses import replace

import pytest

from engine.library.answers import rejections
from engine.library.changes import Changes
from engine.library.edits import confirm_faces, mark_distinct, merge_people, name_person, reject_faces, split_off
from engine.library.history import go_to, history, redo, undo
from engine.library.indexing import (
    Problem,
    mark_found,
    mark_missing,
    note_copies,
    share_faces,
    start_photos,
    store_problems,
    store_scans,
)
from engine.library.missing import MissingHoldings, forget_missing, forget_unread, missing_holdings
from engine.library.queries import (
    FaceScope,
    counts,
    face_index,
    face_rows,
    people_names,
    people_rows,
    photo_rows,
    unsorted_face_rows,
)
from engine.library.vectors import face_vectors
from engine.words import sentence
from tests.engine.library.conftest import MODEL


@pytest.fixture
def gone(album) -> list[int]:
    """Three photos of two faces: the first faces are Ada, the second one of the last photo is Bob; two are deleted."""
    photos = album.fill(3, 2)
    ada = split_off(album.library, [faces[0] for faces in photos], "Ada").person_id
    bob = split_off(album.library, [photos[2][1]], "Bob").person_id
    reject_faces(album.library, ada, [photos[2][1]])
    rows = photo_rows(album.library)
    mark_missing(album.library, [rows[1].id, rows[2].id])
    return [ada, bob]


def test_who_lives_only_in_missing_photos_is_out_of_sight(album, gone: list[int]) -> None:
    library, (ada, _) = album.library, gone
    assert [(row.person, row.faces, row.photos) for row in people_rows(library)] == [(ada, 1, 1)]
    tally = counts(library)
    assert (tally.people, tally.named_people, tally.faces, tally.unsorted) == (1, 1, 2, 1)
    assert len(unsorted_face_rows(library)) == 1
    assert len(face_index(library, FaceScope.everything())) == len(face_rows(library)) == 2
    assert len(face_vectors(library, MODEL).face_ids) == 2


def test_and_is_kept_and_comes_back_with_the_photos(album, gone: list[int]) -> None:
    library, (ada, bob) = album.library, gone
    assert people_names(library) == {ada: "Ada", bob: "Bob"}
    mark_found(library, [row.id for row in photo_rows(library)])
    assert {row.person: (row.faces, row.confirmed) for row in people_rows(library)} == {ada: (3, 3), bob: (1, 1)}
    assert [pair[1] for pair in rejections(library).tolist()] == [ada]


def test_naming_a_group_confirms_no_face_that_nobody_can_see(album) -> None:
    photos = album.fill(2, 1)
    (person,) = album.group([faces[0] for faces in photos])
    mark_missing(album.library, [photo_rows(album.library)[1].id])
    name_person(album.library, person, "Ada")
    mark_found(album.library, [photo_rows(album.library)[1].id])
    (row,) = people_rows(album.library)
    assert (row.faces, row.confirmed) == (2, 1)


def test_a_cover_that_is_gone_makes_way(album, gone: list[int]) -> None:
    ada, _ = gone
    (row,) = people_rows(album.library, only=[ada])
    assert row.cover == face_rows(album.library, ada)[0].face


def test_what_is_forgotten_is_said_before(album, gone: list[int]) -> None:
    library, (ada, _) = album.library, gone
    assert missing_holdings(library, album.folder_id) == MissingHoldings(photos=2, faces=4, people=1)
    forget_missing(library, album.folder_id)
    assert missing_holdings(library, album.folder_id) == MissingHoldings(0, 0, 0)
    assert people_names(library) == {ada: "Ada"}
    assert len(photo_rows(library)) == 1
    assert rejections(library).tolist() == []
    assert len(face_vectors(library, MODEL).face_ids) == 2


def test_what_is_forgotten_does_not_come_back_by_undo(album, gone: list[int]) -> None:
    library, (ada, _) = album.library, gone
    forget_missing(library, album.folder_id)
    go_to(library, 0)
    assert people_names(library) == {}
    while any(step.undone for step in history(library)):
        redo(library)
    assert people_names(library) == {ada: "Ada"}
    (row,) = people_rows(library)
    assert (row.faces, row.confirmed) == (1, 1)


def test_the_answers_about_a_deleted_copy_stay_with_the_file_that_is_there(album) -> None:
    library = album.library
    photos = album.start("a.jpg", "b.jpg")
    scan = album.scan(photos[0], album.places(1))
    store_scans(library, [scan, replace(scan, photo_id=photos[1])])
    note_copies(library)
    share_faces(library)
    ada = split_off(library, [face_rows(library)[0].face], "Ada").person_id
    mark_missing(library, [photos[0]])
    note_copies(library)
    share_faces(library)
    forget_missing(library, album.folder_id)
    (row,) = people_rows(library)
    assert (row.person, row.faces, row.confirmed) == (ada, 1, 1)
    undo(library)
    assert people_names(library) == {}


def test_people_who_were_told_apart_go_too(album, gone: list[int]) -> None:
    library, (ada, bob) = album.library, gone
    mark_distinct(library, ada, bob)
    forget_missing(library, album.folder_id)
    assert people_names(library) == {ada: "Ada"}


def test_whoever_is_merged_into_somebody_in_sight_stays(album, gone: list[int]) -> None:
    library, (ada, bob) = album.library, gone
    merge_people(library, ada, [bob])
    assert missing_holdings(library, album.folder_id).people == 0
    confirm_faces(library, ada, [unsorted_face_rows(library)[0].face])
    forget_missing(library, album.folder_id)
    (row,) = people_rows(library)
    assert row.faces == 2


def test_only_what_was_never_read_is_forgotten_by_itself(album) -> None:
    library = album.library
    album.fill(1, 1)
    (read,) = photo_rows(library)
    ids = start_photos(library, album.folder_id, [(name, 10, 1) for name in ("new.jpg", "broken.jpg")])
    store_problems(library, [Problem(ids["broken.jpg"], sentence("It is damaged."), 10, 1, b"h")])
    everybody = [read.id, *ids.values()]
    mark_missing(library, everybody)
    assert forget_unread(library, everybody) == Changes.of(photos=[ids["new.jpg"], ids["broken.jpg"]])
    assert [row.id for row in photo_rows(library)] == [read.id]
