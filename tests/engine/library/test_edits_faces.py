import pytest

from engine.errors import LibraryError
from engine.library.answers import rejections
from engine.library.changes import Changes
from engine.library.edits import (
    confirm_faces,
    ignore_faces,
    move_faces,
    name_person,
    reject_faces,
    restore_faces,
    split_off,
)
from engine.library.history import history
from engine.library.queries import counts, ignored_face_rows, people_rows, photo_rows
from engine.library.states import Source


def test_yes_confirms_and_forgets_an_earlier_no(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    reject_faces(album.library, person, [two])
    assert confirm_faces(album.library, person, [two]) == Changes.of(faces=[one, two], people=[person])
    assert album.person_of(two) == (person, Source.USER)
    assert rejections(album.library).tolist() == []


@pytest.mark.parametrize("give", [confirm_faces, lambda library, person, faces: move_faces(library, faces, person)])
def test_a_group_that_a_face_joins_is_confirmed_with_it(album, give) -> None:
    one, two, three = album.fill(1, 3)[0]
    (person,) = album.group([one, two])
    give(album.library, person, [three])
    assert {album.person_of(face) for face in (one, two, three)} == {(person, Source.USER)}


def test_a_yes_to_a_face_says_nothing_of_others_that_are_there(album) -> None:
    one, two, three, four = album.fill(1, 4)[0]
    (person,) = album.group([one, two])
    for face in (one, three):
        confirm_faces(album.library, person, [face])
        assert album.person_of(two) == (person, Source.CLUSTER)
    (named,) = album.group([four])
    name_person(album.library, named, "Ada")
    confirm_faces(album.library, named, [one])
    assert album.person_of(two) == (person, Source.CLUSTER)


def test_no_is_remembered_and_the_face_leaves(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    person, other = album.group([one, two], [three])
    confirm_faces(album.library, person, [one])
    changes = reject_faces(album.library, person, [one, two, three])
    assert changes == Changes.of(faces=[one, two, three], people=[person])
    assert album.person_of(one) == album.person_of(two) == (None, None)
    assert album.person_of(three) == (other, Source.CLUSTER)
    assert rejections(album.library).tolist() == [[one, person], [two, person], [three, person]]
    assert not reject_faces(album.library, person, [one])


def test_moving_confirms_with_the_other(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    changes = move_faces(album.library, [one], second)
    assert changes == Changes.of(faces=[one, two], people=[first, second])
    assert album.person_of(one) == (second, Source.USER)


def test_splitting_off_makes_a_person_and_rejects_the_old(album) -> None:
    one, two, three, four = album.fill(1, 4)[0]
    old, other = album.group([one, two], [three])
    done = split_off(album.library, [two, three, four], "Ada")
    new = done.person_id
    assert done.changes == Changes.of(faces=[two, three, four], people=[old, other, new])
    assert {album.person_of(face) for face in (two, three, four)} == {(new, Source.USER)}
    assert rejections(album.library).tolist() == [[two, old], [three, other]]
    assert [(row.person, row.name, row.faces) for row in people_rows(album.library)] == [
        (new, "Ada", 3),
        (old, None, 1),
    ]


def test_ignored_faces_belong_to_nobody_and_come_back_unsorted(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one, two])
    name_person(album.library, person, "Ada")
    ignore_faces(album.library, [one])
    assert [row.face for row in ignored_face_rows(album.library)] == [one]
    assert (counts(album.library).ignored, counts(album.library).faces) == (1, 1)
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    assert restore_faces(album.library, [one, two]) == Changes.of(photos=[photo_id], faces=[one])
    assert album.person_of(one) == (None, None)
    assert album.person_of(two) == (person, Source.USER)


def test_confirming_an_ignored_face_takes_it_back(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    ignore_faces(album.library, [two])
    confirm_faces(album.library, person, [two])
    assert album.person_of(two) == (person, Source.USER)
    assert ignored_face_rows(album.library) == []


def test_unknown_ids_are_named_and_nothing_is_done(album) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    for edit in (confirm_faces, reject_faces):
        with pytest.raises(LibraryError, match="no face 55"):
            edit(album.library, person, [one, 55])
        with pytest.raises(LibraryError, match="no person 66"):
            edit(album.library, 66, [one])
    with pytest.raises(LibraryError, match="no face 55"):
        split_off(album.library, [one, 55])
    with pytest.raises(LibraryError, match="no face 55"):
        ignore_faces(album.library, [55])
    with pytest.raises(LibraryError, match="no person 66"):
        move_faces(album.library, [one], 66)
    assert album.person_of(one) == (person, Source.CLUSTER)
    assert history(album.library) == []


def test_more_faces_than_sqlite_takes_parameters(album) -> None:
    faces = [face for photo in album.fill(400, 9) for face in photo]
    (person,) = album.group(faces[:1])
    many = faces * 12
    assert len(many) > 40_000
    assert confirm_faces(album.library, person, many).faces == set(faces)
