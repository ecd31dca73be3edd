"""Grouping after a scan: what a person said never moves; new faces join people or found new ones."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from engine.errors import ModelError
from engine.library.clusters import is_all_grouped
from engine.library.edits import ignore_faces, merge_people, name_person, reject_faces
from engine.library.queries import face_rows, people_rows
from engine.library.states import Source
from engine.library.tables import Person
from engine.progress import finish
from engine.workflows.grouping.recluster import Growth, recluster
from engine.workflows.questions.suggestions import suggestions

Album = Any
"""The class of the fixture `photos`, in conftest."""


def test_clusters_become_people_without_names(photos: Album) -> None:
    photos.add([[0, 1], [0, 1], [0, 2], [1, 2], [0], [2]])
    growth = photos.grow()
    assert growth == Growth(joined=0, founded=3, unsorted=0)
    assert all(len(photos.people_of(who)) == 1 for who in range(3))
    assert len(people_rows(photos.library)) == 3
    assert {row.source for row in face_rows(photos.library)} == {Source.CLUSTER}
    assert all(row.name is None for row in people_rows(photos.library))


def test_a_face_like_no_other_waits(photos: Album) -> None:
    photos.add([[0], [0], [0], [7]])
    assert photos.grow() == Growth(joined=0, founded=1, unsorted=1)
    assert photos.people_of(7) == {None}
    clusters = [row.cluster for row in face_rows(photos.library)]
    assert len(set(clusters)) == 2
    assert None not in clusters
    photos.add([[7]])
    assert photos.grow() == Growth(joined=0, founded=1, unsorted=0)


def test_what_is_no_face_by_the_length_of_its_vector_founds_nobody_and_is_not_asked_about(photos: Album) -> None:
    photos.add([[0], [0], [0]])
    photos.add([[7], [7], [7]], length=6.0)
    assert photos.grow() == Growth(joined=0, founded=1, unsorted=3)
    photos.add([[7], [7], [8], [8]], length=12.0)
    assert photos.grow().founded == 2


def test_what_is_like_somebody_is_asked_about_unless_it_is_no_face(photos: Album) -> None:
    photos.add([[0], [0], [0], [0]])
    photos.grow()
    (ada,) = photos.people_of(0)
    name_person(photos.library, ada, "Ada")
    for length, asked in ((12.0, 1), (None, 2), (6.0, 2)):
        photos.add([[0]], noise=1.4, length=length)
        assert len(suggestions(photos.library, photos.card).questions) == asked


def test_a_large_library_is_looked_at_only_when_something_waits(photos: Album) -> None:
    photos.add([[0], [0], [0], [7]])
    assert not is_all_grouped(photos.library, photos.card.key, beyond=3)
    photos.grow()
    assert is_all_grouped(photos.library, photos.card.key, beyond=3)
    assert not is_all_grouped(photos.library, photos.card.key, beyond=4)
    assert finish(recluster(photos.library, photos.card, whole=3)) == Growth()
    photos.add([[0]])
    assert not is_all_grouped(photos.library, photos.card.key, beyond=3)
    assert finish(recluster(photos.library, photos.card, whole=3)).joined == 1


def test_added_photos_grow_people_and_move_nobody(photos: Album) -> None:
    photos.add([[0, 1]] * 4)
    photos.grow()
    before = photos.assigned()
    photos.add([[0, 1], [0, 3], [3]])
    growth = photos.grow()
    assert (growth.joined, growth.founded) == (3, 1)
    after = photos.assigned()
    assert all(after[face] == person for face, person in before.items())
    assert all(len(photos.people_of(who)) == 1 for who in (0, 1, 3))


def test_a_rejected_face_never_comes_back(photos: Album) -> None:
    photos.add([[0]] * 6)
    photos.grow()
    (person,) = photos.people_of(0)
    assert person is not None
    name_person(photos.library, person, "Ada")
    face = min(photos.assigned())
    reject_faces(photos.library, person, [face])
    for _ in range(3):
        photos.add([[0]])
        photos.grow()
        assert photos.assigned()[face] != person
    assert sum(owner == person for owner in photos.assigned().values()) == 8


def test_ignored_faces_are_left_out(photos: Album) -> None:
    photos.add([[0]] * 4)
    first, second, *_ = photos.assigned()
    ignore_faces(photos.library, [first, second])
    assert photos.grow().founded == 1
    assert len(photos.assigned()) == 2


def test_two_faces_of_one_photo_are_two_people_unless_much_speaks_for_one(photos: Album) -> None:
    photos.add([[0]] * 6, noise=0.9)
    photos.add([[0, 1], [1, 0], [1]], noise=0.9)
    photos.grow()
    assert photos.people_of(0).isdisjoint(photos.people_of(1))
    # A collage: both faces are plainly the same.
    photos.add([[0, 0]], noise=0.3)
    photos.grow()
    assert len(photos.people_of(0)) == 1


def test_merged_people_stay_merged(photos: Album) -> None:
    photos.add([[0], [1]] * 4)
    photos.grow()
    (one,), (other,) = photos.people_of(0), photos.people_of(1)
    assert one is not None
    assert other is not None
    merge_people(photos.library, one, [other])
    photos.add([[0], [1]])
    photos.grow()
    assert photos.people_of(0) == photos.people_of(1) == {one}


def test_a_model_without_calibration_says_so(photos: Album) -> None:
    with pytest.raises(ModelError, match="similarity"):
        finish(recluster(photos.library, replace(photos.card, calibration=None, space=None)))


def test_nothing_to_do_is_nothing(photos: Album) -> None:
    assert photos.grow() == Growth()


@pytest.mark.parametrize(("born", "joined"), [("1990", 2), ("2020-06", 2), ("2020-12-24", 2), ("2031", 0), ("soon", 2)])
def test_nobody_is_in_a_photo_from_before_his_birth(photos: Album, born: str, joined: int) -> None:
    photos.add([[0]] * 4)
    photos.grow()
    [person] = photos.people_of(0)
    name_person(photos.library, person, "Ada")
    with photos.library.write() as transaction:
        transaction.connection.execute(update(Person).where(Person.id == person).values(birth_date=born))
    photos.add([[0]] * 2)
    photos.grow()
    assert sum(who == person for who in photos.assigned().values()) == 4 + joined
