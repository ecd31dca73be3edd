"""Grouping after a scan: what a person said never moves; new faces join people or found new ones."""

from dataclasses import replace
from typing import Any

import pytest

from engine.errors import ModelError
from engine.library.edits import ignore_faces, merge_people, name_person, reject_faces
from engine.library.queries import face_rows, people_rows
from engine.library.states import Source
from engine.progress import finish
from engine.workflows.grouping.recluster import Growth, recluster

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
