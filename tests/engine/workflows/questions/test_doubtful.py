"""People who look like two are found; one person is not doubted, nor is what the user said."""

from dataclasses import replace

import numpy as np

from engine.library import edits
from engine.library.queries import face_rows, people_rows
from engine.workflows.questions.doubtful import doubtful_people
from tests.engine.workflows.conftest import Album


def merged(photos: Album) -> int:
    """Give the people of two groups of faces, and a third person of one, to the library; return who is two."""
    photos.add([[0]] * 12 + [[1]] * 5 + [[2]] * 9)
    photos.grow()
    (first,), (second,) = photos.people_of(0), photos.people_of(1)
    assert first is not None
    assert second is not None
    wrong = [row.face for row in face_rows(photos.library, second)]
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET person_id = {first} WHERE person_id = {second}")
    assert wrong
    return first


def test_the_smaller_part_of_somebody_who_is_two_is_found(photos: Album) -> None:
    person = merged(photos)
    (doubt,) = doubtful_people(photos.library, photos.card)
    assert doubt.person == person
    assert {photos.truth[face] for face in doubt.part_face_ids} == {1}
    assert len(doubt.part_face_ids) == 5


def test_what_somebody_confirmed_is_not_doubted(photos: Album) -> None:
    merged(photos)
    (doubt,) = doubtful_people(photos.library, photos.card)
    edits.confirm_faces(photos.library, doubt.person, doubt.part_face_ids)
    assert doubtful_people(photos.library, photos.card) == []


def test_after_the_split_nobody_is_doubted(photos: Album) -> None:
    merged(photos)
    (doubt,) = doubtful_people(photos.library, photos.card)
    edits.split_off(photos.library, doubt.part_face_ids)
    assert len(people_rows(photos.library)) == 3
    assert doubtful_people(photos.library, photos.card) == []


def test_hidden_people_are_left_alone(photos: Album) -> None:
    edits.hide_people(photos.library, [merged(photos)])
    assert doubtful_people(photos.library, photos.card) == []


def sisters(photos: Album) -> int:
    """Name two who are alike as one, and add further photos of both; return who they are."""
    one, other = photos.directions[:2]
    photos.directions[1] = 0.35 * one + np.sqrt(1 - 0.35**2) * other
    person = merged(photos)
    edits.name_person(photos.library, person, "Two Sisters")
    photos.add([[0]] * 3 + [[1]] * 3)
    photos.grow()
    return person


def test_two_sisters_who_were_named_as_one_are_doubted_once(photos: Album) -> None:
    person = sisters(photos)
    (doubt,) = doubtful_people(photos.library, photos.card)
    assert {photos.truth[face] for face in doubt.part_face_ids} == {1}
    edits.confirm_faces(photos.library, person, doubt.part_face_ids)
    assert doubtful_people(photos.library, photos.card) == []


def test_they_are_not_where_a_model_knows_nothing_of_children(photos: Album) -> None:
    sisters(photos)
    assert photos.card.space is not None
    unknowing = replace(photos.card, space=replace(photos.card.space, childlike=None))
    assert doubtful_people(photos.library, unknowing) == []
