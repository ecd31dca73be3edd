"""It does not matter in which order photos come, nor what was said and taken back in between."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.clustering.constraints import Constraints
from engine.clustering.metrics import score
from engine.library.edits import merge_people, name_person, reject_faces
from engine.library.history import undo
from engine.library.queries import face_rows
from engine.library.states import Source
from engine.library.vectors import FaceVectors
from engine.progress import finish
from engine.workflows.grouping.arrival import BESIDE_FROM, grouped_again
from engine.workflows.grouping.recluster import Stand, recluster
from engine.workflows.questions.proposals import offered_faces

Album = Any
"""The class of the fixture `photos`, in conftest."""


def parted(photos: Album) -> set[frozenset[int]]:
    """Return the groups of faces, whoever they are."""
    groups: dict[int, set[int]] = {}
    for face, person in photos.assigned().items():
        if person is not None:
            groups.setdefault(person, set()).add(face)
    return {frozenset(group) for group in groups.values()}


def of_everybody(photos: Album, who: list[int]) -> list[set[int]]:
    return [photos.people_of(one) - {None} for one in who]


def test_a_named_person_does_not_swallow_those_who_come_later(photos: Album) -> None:
    photos.add([[0]] * 8, noise=0.9)
    photos.grow()
    (person,) = photos.people_of(0)
    name_person(photos.library, person, "Ada")
    photos.add([[1 + number % 12] for number in range(60)] + [[20 + number] for number in range(12)], noise=0.9)
    photos.grow()
    placed = [row for row in face_rows(photos.library, person) if row.source == Source.CLUSTER]
    assert [row for row in placed if photos.truth[row.face] != 0] == []
    assert all(len(people) == 1 for people in of_everybody(photos, list(range(1, 13))))


def test_who_is_only_somewhat_like_a_named_person_is_suggested(photos: Album) -> None:
    photos.add([[0]] * 8, noise=0.6)
    photos.grow()
    (person,) = photos.people_of(0)
    hers = photos.directions[0] / np.linalg.norm(photos.directions[0])
    alike = photos.card.space.calibration.similarity_at(math.exp(-5))
    for who in (1, 2):
        other = photos.directions[who] - hers * (photos.directions[who] @ hers)
        photos.directions[who] = alike * hers + math.sqrt(1 - alike**2) * other / np.linalg.norm(other)
    photos.add([[1]], noise=0)
    photos.grow()
    assert photos.people_of(1) == {person}
    reject_faces(photos.library, person, [max(photos.truth)])
    name_person(photos.library, person, "Ada")
    photos.add([[2]], noise=0)
    photos.grow()
    assert photos.people_of(2) == {None}
    offered = offered_faces(photos.library, photos.card)
    assert (offered.face_ids.tolist(), offered.people.tolist()) == ([max(photos.truth)], [person])


def test_photos_one_by_one_come_to_what_all_at_once_comes_to(photos: Album) -> None:
    people = np.random.default_rng(2).integers(0, 7, 40).tolist()
    for person in people:
        photos.add([[person]], noise=1.1)
        finish(recluster(photos.library, photos.card, Stand.PROVISIONAL if person % 2 else Stand.FINAL))
    photos.grow()
    staged = parted(photos)
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE faces SET person_id = NULL, source = NULL, cluster_id = NULL")
    photos.grow()
    assert parted(photos) == staged


def test_an_undone_mistake_leaves_nothing_behind(photos: Album) -> None:
    photos.add([[0], [1]] * 6, noise=0.9)
    photos.grow()
    without = parted(photos)
    (one,), (other,) = photos.people_of(0), photos.people_of(1)
    merge_people(photos.library, one, [other])
    photos.add([[1]] * 3, noise=0.9)
    photos.grow()
    assert photos.people_of(0) == photos.people_of(1)
    undo(photos.library)
    finish(recluster(photos.library, photos.card))
    assert photos.people_of(0).isdisjoint(photos.people_of(1))
    assert len(photos.people_of(1)) == 1
    assert {frozenset(group & set(range(1, 13))) for group in parted(photos)} == without


def test_a_refusal_takes_back_what_was_placed_because_of_the_face(photos: Album) -> None:
    photos.add([[0]] * 6, noise=0.6)
    photos.grow()
    (person,) = photos.people_of(0)
    name_person(photos.library, person, "Ada")
    # Somebody says of a stranger's face that it is hers, and the stranger's others follow.
    photos.add([[1]], noise=0.6)
    photos.grow()
    (wrong,) = [face for face, who in photos.truth.items() if who == 1]
    with photos.library.edit("Confirm") as edit:
        edit.connection.exec_driver_sql(f"UPDATE faces SET person_id = {person}, source = 'USER' WHERE id = {wrong}")
    photos.add([[1]] * 4, noise=0.6)
    photos.grow()
    reject_faces(photos.library, person, [wrong])
    finish(recluster(photos.library, photos.card))
    assert person not in photos.people_of(1)
    assert photos.people_of(0) == {person}
    assert finish(recluster(photos.library, photos.card)).founded == 0


def columns(vectors: Any, people: Any, quality: Any) -> FaceVectors:
    count = len(vectors)
    rows, none = np.arange(count), np.full(count, -1)
    return FaceVectors(
        rows, rows, people, none, np.zeros(count, np.int8), np.zeros(count, bool), quality, none * np.nan, vectors
    )


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000))
def test_a_large_library_looks_only_at_what_new_faces_touch(photos: Album, seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = np.repeat(np.arange(30), 12)
    vectors = np.stack([photos.face_of(person, 1.0) for person in people.tolist()])
    calibration = photos.card.space.calibration
    photos.card.space.place(vectors)
    fresh = np.zeros(len(people), bool)
    fresh[rng.choice(36, 5, replace=False)] = True
    faces = columns(vectors, np.where(fresh, -1, people), np.ones(len(people), np.float32))
    said = Constraints(np.full(len(people), -1), photos=faces.photo_ids)
    found = finish(grouped_again(faces, fresh, said, calibration, whole=100))
    everything = finish(grouped_again(faces, fresh, said, calibration, whole=1000))
    assert len(found.rows) < len(people) / 2
    assert set(found.rows.tolist()) >= set(np.flatnonzero(people == people[np.flatnonzero(fresh)[0]]).tolist())
    at = np.searchsorted(everything.rows, found.rows)
    assert score(everything.labels[at], found.labels).pairwise.f > 0.98


@pytest.mark.parametrize("whole", [0, 10**6])
def test_looking_at_a_large_library_can_be_given_up_all_the_time(photos: Album, whole: int) -> None:
    rng = np.random.default_rng(1)
    people = np.arange(BESIDE_FROM + 700) % 40
    vectors = rng.normal(size=(40, 128))[people] + rng.normal(size=(len(people), 128)) / 4
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    fresh = np.arange(len(people)) >= BESIDE_FROM
    faces = columns(vectors, np.where(fresh, -1, people), np.ones(len(people), np.float32))
    said = Constraints.none(len(people))
    looking = grouped_again(faces, fresh, said, photos.card.space.calibration, whole)
    blocks = 0 if whole else 11  # of new faces among people, and then of those people among themselves
    assert all(next(looking).stage == "cluster" for _ in range(blocks + 1))
    looking.close()
    found = finish(grouped_again(faces, fresh, said, photos.card.space.calibration, whole))
    assert len(found.rows) == len(people)
    assert score(people, found.labels).pairwise.f > 0.98


@pytest.mark.parametrize("seed", range(3))
def test_real_faces_come_in_any_order_with_names_in_between(photos: Album, reals: tuple[Any, Any], seed: int) -> None:
    vectors, people = reals
    rng = np.random.default_rng(seed)
    order = iter(rng.permutation(len(people)).tolist())
    came: list[int] = []

    def next_face(_person: int, _noise: float) -> Any:
        came.append(next(order))
        return vectors[came[-1]]

    photos.face_of = next_face
    named: dict[int, int] = {}
    while len(came) < len(people):
        photos.add([[0]] * min(int(rng.integers(1, 40)), len(people) - len(came)))
        finish(recluster(photos.library, photos.card, Stand(rng.choice([stand.value for stand in Stand]))))
        truth = dict(zip(sorted(photos.assigned()), people[came].tolist(), strict=True))
        groups: dict[int, list[int]] = {}
        for face, person in photos.assigned().items():
            if person is not None and person not in named:
                groups.setdefault(person, []).append(truth[face])
        pure = [person for person, theirs in groups.items() if len(set(theirs)) == 1 and len(theirs) > 2]
        if pure:
            person = int(rng.choice(pure))
            named[person] = groups[person][0]
            name_person(photos.library, person, f"Person {person}")
    photos.grow()
    rows = sorted(face_rows(photos.library), key=lambda row: row.face)
    wrong = [row for row in rows if row.person in named and truth[row.face] != named[row.person]]
    assert wrong == []
    found = score(people[came], np.array([-1 if row.person is None else row.person for row in rows]))
    assert found.pairwise.precision > 0.99
    assert found.bcubed.f > 0.9
