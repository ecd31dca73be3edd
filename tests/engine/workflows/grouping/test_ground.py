"""What the machine placed stands on what was said: taken back, the library is as if it had never been said."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.library.edits import (
    confirm_faces,
    mark_distinct,
    merge_people,
    move_faces,
    name_person,
    reject_faces,
    split_off,
)
from engine.library.history import redo, undo
from engine.library.queries import face_rows, people_rows
from engine.library.states import Source
from engine.progress import finish
from engine.workflows.grouping.arrival import ALL_UP_TO
from engine.workflows.grouping.ground import looked_at_again

Album = Any
"""The class of the fixture `photos`, in conftest."""

SMALL_AND_LARGE = pytest.mark.parametrize("whole", [ALL_UP_TO, 0], ids=["small", "large"])


def parted(photos: Album) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for face, person in photos.assigned().items():
        if person is not None:
            groups.setdefault(person, set()).add(face)
    return {frozenset(group) for group in groups.values()}


def faces_of(photos: Album, who: int) -> list[int]:
    return [face for face, person in photos.truth.items() if person == who]


def two_people(photos: Album) -> tuple[int, int]:
    """Ada has a name and Grace has none; somebody else stands by."""
    photos.add([[0], [1], [2]] * 6, noise=0.8)
    photos.grow()
    (ada,), (grace,) = photos.people_of(0), photos.people_of(1)
    name_person(photos.library, ada, "Ada")
    return int(ada), int(grace)


def merge_wrongly(photos: Album, ada: int, grace: int) -> None:
    merge_people(photos.library, ada, [grace])


def confirm_wrongly(photos: Album, ada: int, _grace: int) -> None:
    confirm_faces(photos.library, ada, faces_of(photos, 1)[:4])


def move_wrongly(photos: Album, ada: int, _grace: int) -> None:
    move_faces(photos.library, faces_of(photos, 1)[:3], ada)


def split_wrongly(photos: Album, _ada: int, _grace: int) -> None:
    split_off(photos.library, faces_of(photos, 0)[:3])


MISTAKES = pytest.mark.parametrize("mistake", [merge_wrongly, confirm_wrongly, move_wrongly, split_wrongly])


@SMALL_AND_LARGE
@MISTAKES
def test_a_mistake_that_was_undone_leaves_nothing_behind(
    photos: Album, mistake: Callable[[Album, int, int], None], whole: int
) -> None:
    ada, grace = two_people(photos)
    mistake(photos, ada, grace)
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    photos.add([[0], [1], [1], [0], [2]], noise=0.8)
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    undo(photos.library)
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    assert parted(photos) == {frozenset(faces_of(photos, who)) for who in range(3)}
    assert photos.people_of(0) == {ada}
    assert photos.people_of(1) == {grace}
    assert all(row.source == Source.CLUSTER for row in face_rows(photos.library, grace))


@SMALL_AND_LARGE
def test_a_face_that_is_said_to_be_one_with_a_group_stays_with_it(photos: Album, whole: int) -> None:
    """As a child's picture may that is like nothing of the grown woman's: whoever says so is believed."""
    _, grace = two_people(photos)
    alone = faces_of(photos, 2)[0]
    confirm_faces(photos.library, grace, [alone])
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    assert {face for face, person in photos.assigned().items() if person == grace} == {*faces_of(photos, 1), alone}


@SMALL_AND_LARGE
def test_a_rejection_takes_along_what_was_placed_because_of_the_faces(photos: Album, whole: int) -> None:
    ada, grace = two_people(photos)
    wrong = faces_of(photos, 1)
    confirm_faces(photos.library, ada, wrong)
    photos.add([[1]] * 4, noise=0.8)
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    assert set(photos.people_of(1)) == {ada}
    reject_faces(photos.library, ada, wrong)
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    assert ada not in photos.people_of(1)
    assert len(photos.people_of(1)) == 1
    assert photos.people_of(0) == {ada}
    assert grace not in {row.person for row in people_rows(photos.library)} or photos.people_of(1) == {grace}


def test_a_redone_edit_stands_as_it_did(photos: Album) -> None:
    ada, grace = two_people(photos)
    merge_people(photos.library, ada, [grace])
    undo(photos.library)
    finish(looked_at_again(photos.library, photos.card))
    redo(photos.library)
    finish(looked_at_again(photos.library, photos.card))
    assert photos.people_of(0) == photos.people_of(1) == {ada}


def test_two_people_who_are_two_stay_two(photos: Album) -> None:
    ada, grace = two_people(photos)
    mark_distinct(photos.library, ada, grace)
    growth = finish(looked_at_again(photos.library, photos.card))
    assert growth.joined == growth.left == 0


def test_a_name_that_is_taken_back_confirms_nothing_any_more(photos: Album) -> None:
    ada, _ = two_people(photos)
    undo(photos.library)
    finish(looked_at_again(photos.library, photos.card))
    assert photos.people_of(0) == {ada}
    assert {row.source for row in face_rows(photos.library, ada)} == {Source.CLUSTER}
