import pytest

from engine.errors import LibraryError
from engine.library.answers import distinct_people
from engine.library.changes import Changes
from engine.library.edits import (
    confirm_faces,
    hide_people,
    ignore_faces,
    mark_distinct,
    name_person,
    set_cover,
    show_people,
)
from engine.library.history import history
from engine.library.queries import people_rows
from engine.library.states import Source


def test_the_first_name_confirms_the_group(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    (person,) = album.group([one, two])
    done = name_person(album.library, person, "  Ada \t Lovelace ")
    assert done.changes == Changes.of(faces=[one, two], people=[person])
    assert people_rows(album.library)[0].name == "Ada Lovelace"
    assert album.person_of(one) == album.person_of(two) == (person, Source.USER)
    assert album.person_of(three) == (None, None)


def test_a_rename_does_not_confirm_suggestions(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"UPDATE faces SET person_id = {person}, source = 'CLUSTER' WHERE id = {two}"
        )
    assert name_person(album.library, person, "Grace").changes == Changes.of(people=[person])
    assert album.person_of(two) == (person, Source.CLUSTER)


def test_an_empty_name_takes_the_name_away_and_keeps_the_rest(album) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    name_person(album.library, person, "   ")
    assert people_rows(album.library)[0].name is None
    assert album.person_of(one) == (person, Source.USER)


def test_the_same_name_is_reported_and_nothing_merged(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second, third = album.group([one], [two], [three])
    name_person(album.library, first, "Zoë Groß")
    name_person(album.library, third, "Zoe")
    done = name_person(album.library, second, "Zoe\u0308 GROSS")
    assert done.same_name == (first,)
    assert len(people_rows(album.library)) == 3


def test_the_same_name_again_is_no_step(album) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    assert not name_person(album.library, person, "Ada").changes
    assert len(history(album.library)) == 1


@pytest.mark.parametrize("name", ["x" * 201, "caf\udce9"])
def test_what_is_no_name_is_refused(album, name: str) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    with pytest.raises(LibraryError, match="name") as caught:
        name_person(album.library, person, name)
    assert caught.value.hint


def test_unknown_people_and_faces_are_named(album) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    with pytest.raises(LibraryError, match="no person 77"):
        name_person(album.library, 77, "Ada")
    with pytest.raises(LibraryError, match="no person 78"):
        mark_distinct(album.library, person, 78)
    with pytest.raises(LibraryError, match="no person 79"):
        hide_people(album.library, [79])
    with pytest.raises(LibraryError, match="no face 80"):
        set_cover(album.library, person, 80)
    assert history(album.library) == []


def test_people_are_marked_distinct_once_in_either_order(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    assert mark_distinct(album.library, second, first) == Changes.of(people=[first, second])
    assert not mark_distinct(album.library, first, second)
    assert distinct_people(album.library).tolist() == [[first, second]]
    with pytest.raises(LibraryError, match="themselves"):
        mark_distinct(album.library, first, first)


def test_hiding_and_showing(album) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    assert hide_people(album.library, [person]) == Changes.of(people=[person])
    assert people_rows(album.library)[0].hidden
    show_people(album.library, [person])
    assert not people_rows(album.library)[0].hidden


def test_several_people_are_hidden_and_shown_in_one_step(album) -> None:
    people = album.group(*([face] for face in album.fill(1, 3)[0]))
    assert hide_people(album.library, people[:2]) == Changes.of(people=people[:2])
    assert {row.person: row.hidden for row in people_rows(album.library)} == dict(
        zip(people, (True, True, False), strict=True)
    )
    assert [step.label for step in history(album.library)] == ["Hide 2 people"]
    show_people(album.library, people[:2])
    assert not any(row.hidden for row in people_rows(album.library))
    with pytest.raises(LibraryError, match="no person 79"):
        hide_people(album.library, [people[0], 79])
    assert not any(row.hidden for row in people_rows(album.library))


def test_a_cover_is_one_of_the_persons_faces(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    (person,) = album.group([one, two])
    assert set_cover(album.library, person, two) == Changes.of(people=[person])
    assert people_rows(album.library)[0].cover == two
    with pytest.raises(LibraryError, match="not one of"):
        set_cover(album.library, person, three)


def test_a_cover_that_left_the_person_is_not_shown(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one, two])
    set_cover(album.library, person, two)
    ignore_faces(album.library, [two])
    assert people_rows(album.library)[0].cover == one


def test_labels_hold_no_names(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    confirm_faces(album.library, person, [two])
    name_person(album.library, person, "")
    labels = [step.label for step in history(album.library)]
    assert labels == ["Name a person", "Confirm 1 face", "Remove a name"]
