"""Strangers who were set aside are set aside again in later photos; what is no face says nothing of others."""

from typing import Any

from engine.library.clusters import ungrouped_faces
from engine.library.edits import ignore_faces, name_person, restore_faces
from engine.library.history import next_steps, undo
from engine.library.queries import ignored_face_rows
from engine.library.states import Aside
from engine.progress import finish
from engine.workflows.grouping.strangers import set_strangers_aside

Album = Any
"""The class of the fixture `photos`, in conftest."""


def faces_of(photos: Album, who: int) -> list[int]:
    return [face for face, person in photos.truth.items() if person == who]


def scanned(photos: Album, people: list[int]) -> int:
    """Add a photo of each, group them, and return how many faces were set aside again."""
    photos.add([[who] for who in people], noise=0.8)
    fresh = ungrouped_faces(photos.library)
    photos.grow()
    return finish(set_strangers_aside(photos.library, photos.card, fresh))


def aside(photos: Album) -> set[int]:
    return {row.face for row in ignored_face_rows(photos.library)}


def album(photos: Album) -> None:
    photos.add([[who] for who in (0, 1, 2, 3)] * 5, noise=0.8)
    photos.grow()


def test_a_stranger_is_set_aside_again(photos: Album) -> None:
    album(photos)
    ignore_faces(photos.library, faces_of(photos, 1))
    assert scanned(photos, [1, 0, 1, 2, 4, 4]) == 2
    assert aside(photos) == set(faces_of(photos, 1))
    assert len(photos.people_of(4)) == 1
    assert next_steps(photos.library).undo == "Set aside 2 strangers again"


def test_one_stranger_of_a_single_face_is_known_again(photos: Album) -> None:
    album(photos)
    photos.add([[7]], noise=0.5)
    photos.grow()
    ignore_faces(photos.library, faces_of(photos, 7))
    photos.add([[7], [8]], noise=0.5)
    fresh = ungrouped_faces(photos.library)
    photos.grow()
    assert finish(set_strangers_aside(photos.library, photos.card, fresh)) == 1
    assert aside(photos) == set(faces_of(photos, 7))


def test_what_is_no_face_says_nothing_of_others(photos: Album) -> None:
    album(photos)
    ignore_faces(photos.library, faces_of(photos, 1), Aside.NO_FACE)
    assert scanned(photos, [1, 1, 0]) == 0


def test_taken_back_they_stay(photos: Album) -> None:
    album(photos)
    ignore_faces(photos.library, faces_of(photos, 1))
    assert scanned(photos, [1, 1]) == 2
    undo(photos.library)
    photos.grow()
    assert len(aside(photos)) == 5
    assert scanned(photos, [0, 2]) == 0
    assert len(aside(photos)) == 5


def test_who_is_somebody_again_is_no_stranger(photos: Album) -> None:
    album(photos)
    ignore_faces(photos.library, faces_of(photos, 1))
    restore_faces(photos.library, faces_of(photos, 1))
    photos.grow()
    assert scanned(photos, [1, 1]) == 0
    assert len(photos.people_of(1)) == 1


def test_nobody_with_a_name_is_set_aside(photos: Album) -> None:
    album(photos)
    (person,) = photos.people_of(1)
    name_person(photos.library, person, "Grace")
    ignore_faces(photos.library, faces_of(photos, 1)[:2])
    assert scanned(photos, [1, 1]) == 0
    assert photos.people_of(1) == {person}
