import pytest

from engine.errors import LibraryError
from engine.library.answers import distinct_people, rejections
from engine.library.changes import Changes
from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import confirm_faces, mark_distinct, merge_people, name_person, reject_faces, set_cover
from engine.library.history import history
from engine.library.queries import people_rows
from engine.library.states import Source


def test_an_unnamed_group_is_confirmed_by_the_merge(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    named, group = album.group([one], [two, three])
    name_person(album.library, named, "Ada")
    assert merge_people(album.library, named, [group]) == Changes.of(faces=[two, three], people=[named, group])
    assert {album.person_of(face) for face in (one, two, three)} == {(named, Source.USER)}
    assert [row.person for row in people_rows(album.library)] == [named]


def test_suggestions_of_a_named_person_stay_suggestions(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second = album.group([one], [two])
    name_person(album.library, first, "Ada")
    name_person(album.library, second, "Grace")
    assign_faces(album.library, Assignments({three: second}))
    merge_people(album.library, first, [second])
    assert album.person_of(two) == (first, Source.USER)
    assert album.person_of(three) == (first, Source.CLUSTER)
    assert people_rows(album.library)[0].name == "Ada"


def test_two_groups_without_names_are_held_together(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    merge_people(album.library, first, [second])
    assert album.person_of(one) == album.person_of(two) == (first, Source.USER)
    assert people_rows(album.library)[0].name is None


def test_name_and_cover_are_taken_where_there_is_none(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second, third = album.group([one], [two], [three])
    name_person(album.library, third, "Ada")
    set_cover(album.library, third, three)
    merge_people(album.library, first, [second, third])
    (row,) = people_rows(album.library)
    assert (row.person, row.name, row.cover, row.faces) == (first, "Ada", three, 3)
    assert history(album.library)[-1].label == "Merge 3 people"


def test_rejections_go_along(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second = album.group([one], [two])
    reject_faces(album.library, second, [three])
    merge_people(album.library, first, [second])
    assert rejections(album.library).tolist() == [[three, first]]


def test_a_confirmed_face_outweighs_an_older_rejection(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    name_person(album.library, first, "Ada")
    name_person(album.library, second, "Grace")
    reject_faces(album.library, second, [one])
    reject_faces(album.library, first, [two])
    merge_people(album.library, first, [second])
    assert {album.person_of(face) for face in (one, two)} == {(first, Source.USER)}
    assert rejections(album.library).tolist() == []


def test_a_suggested_face_that_was_refused_as_either_goes_to_unsorted(album) -> None:
    one, two, three, four = album.fill(1, 4)[0]
    first, second = album.group([one, two], [three, four])
    reject_faces(album.library, second, [two])
    reject_faces(album.library, first, [four])
    merge_people(album.library, first, [second])
    assert album.person_of(two) == album.person_of(four) == (None, None)
    assert album.person_of(one) == album.person_of(three) == (first, Source.USER)
    assert rejections(album.library).tolist() == [[two, first], [four, first]]


def test_distinct_people_said_otherwise_and_third_ones_stay(album) -> None:
    faces = album.fill(1, 4)[0]
    one, two, three, four = album.group(*([face] for face in faces))
    mark_distinct(album.library, two, four)
    mark_distinct(album.library, one, three)
    mark_distinct(album.library, three, four)
    merge_people(album.library, four, [two])
    assert distinct_people(album.library).tolist() == [[one, three], [three, four]]
    merge_people(album.library, one, [four])
    assert distinct_people(album.library).tolist() == [[one, three]]


def test_a_merge_needs_others_who_exist(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    with pytest.raises(LibraryError, match="no person 99"):
        merge_people(album.library, first, [second, 99])
    for others in ([], [first], [second, first]):
        with pytest.raises(LibraryError, match="other people"):
            merge_people(album.library, first, others)
    confirm_faces(album.library, second, [two])
    assert len(people_rows(album.library)) == 2
