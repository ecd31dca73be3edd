"""How much is settled, and how many answers lead to nine tenths of it."""

from engine.library import edits
from engine.library.library import Library
from engine.library.queries import people_rows, unsorted_face_rows
from engine.workflows.questions.progress import AT_ONCE, Settled, settled
from tests.engine.workflows.conftest import Album


def test_a_library_without_faces_has_nothing_left_to_answer(library: Library) -> None:
    assert settled(library) == Settled(1.0, None)


def test_naming_a_group_settles_it_in_one_answer(photos: Album) -> None:
    photos.add([[0]] * 10 + [[1]] * 8 + [[2]] * 2)
    photos.grow()
    assert settled(photos.library) == Settled(0.0, 2)
    largest = max(people_rows(photos.library), key=lambda row: row.faces)
    edits.name_person(photos.library, largest.person, "Ada")
    assert settled(photos.library) == Settled(0.5, 1)


def test_faces_set_aside_are_settled(photos: Album) -> None:
    photos.add([[number] for number in range(20)])
    assert settled(photos.library).answers_to_90 == 18
    edits.ignore_faces(photos.library, [row.face for row in unsorted_face_rows(photos.library)][:10])
    assert settled(photos.library) == Settled(0.5, 8)


def test_suggestions_of_somebody_are_confirmed_a_screen_at_a_time(photos: Album) -> None:
    photos.add([[0]] * 2)
    photos.grow()
    person = people_rows(photos.library)[0].person
    edits.name_person(photos.library, person, "Ada")
    photos.add([[0]] * (AT_ONCE + 40))
    photos.grow()
    assert people_rows(photos.library)[0].faces == AT_ONCE + 42
    assert settled(photos.library).answers_to_90 == 2
