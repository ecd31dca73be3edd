"""The plan of a regrouping: whatever the labels, confirmed faces stay and unnamed people stay themselves."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.library.states import SOURCE_CODES, Source
from engine.library.vectors import FaceVectors
from engine.workflows.grouping.regrouping_plan import confirmed_apart, plan_regrouping

USER, CLUSTER, NONE = SOURCE_CODES[Source.USER], SOURCE_CODES[Source.CLUSTER], SOURCE_CODES[None]


def faces_of(people: list[int], confirmed: list[bool], vectors: NDArray[np.float32] | None = None) -> FaceVectors:
    count = len(people)
    sources = [
        USER if said else CLUSTER if person >= 0 else NONE for person, said in zip(people, confirmed, strict=True)
    ]
    return FaceVectors(
        face_ids=np.arange(100, 100 + count),
        photo_ids=np.arange(count),
        person_ids=np.array(people, np.int64),
        cluster_ids=np.full(count, -1),
        sources=np.array(sources, np.int8),
        ignored=np.zeros(count, bool),
        quality=np.ones(count, np.float32),
        taken_at=np.full(count, np.nan),
        vectors=np.zeros((count, 2), np.float32) if vectors is None else vectors,
    )


def test_the_same_groups_change_nothing() -> None:
    plan = plan_regrouping(faces_of([7, 7, 9, 9, -1], [False] * 5), np.array([1, 1, 0, 0, -1]))
    assert (plan.people_created, plan.people_joined, plan.people_split, plan.faces_moved) == (0, 0, 0, 0)
    assert plan.assignments.moves == {}


def test_a_join_goes_to_the_larger_and_a_split_leaves_the_larger_part() -> None:
    plan = plan_regrouping(faces_of([7, 7, 7, 9, 9, 5, 5, 5], [False] * 8), np.array([0, 0, 0, 0, 0, 1, 1, 2]))
    assert (plan.people_created, plan.people_joined, plan.people_split, plan.faces_moved) == (1, 1, 1, 3)
    assert plan.assignments.moves == {103: 7, 104: 7}
    assert plan.assignments.groups == [[107]]


def test_a_confirmed_face_pulls_its_cluster_and_never_moves() -> None:
    plan = plan_regrouping(faces_of([7, -1, -1, 9], [True, False, False, False]), np.array([0, 0, -1, -1]))
    assert plan.assignments.moves == {101: 7, 103: None}
    assert plan.faces_unsorted == 1
    assert plan.confirmed_touched == 0


def test_a_named_person_without_confirmed_faces_in_a_cluster_is_not_taken_by_it() -> None:
    """Person 7 has confirmed faces elsewhere, so a cluster of faces that only looked like 7 is somebody else."""
    plan = plan_regrouping(faces_of([7, 7, 7], [True, False, False]), np.array([0, 1, 1]))
    assert plan.assignments.groups == [[101, 102]]


def test_clusters_with_several_confirmed_people_are_divided() -> None:
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9], [0, 1]], np.float32)
    faces = faces_of([7, -1, 9, -1, 7], [True, False, True, False, True], vectors)
    labels = confirmed_apart(faces, np.zeros(5, np.int64))
    plan = plan_regrouping(faces, labels)
    assert plan.assignments.moves == {101: 7, 103: 9}
    assert plan.confirmed_touched == 0


@given(
    st.lists(st.tuples(st.integers(-1, 4), st.booleans(), st.integers(-1, 5)), max_size=40),
    st.integers(0, 2**32 - 1),
)
def test_confirmed_faces_never_move(rows: list[tuple[int, bool, int]], seed: int) -> None:
    people = [person for person, _, _ in rows]
    said = [known and person >= 0 for person, known, _ in rows]
    vectors = np.random.default_rng(seed).normal(size=(len(rows), 8)).astype(np.float32)
    faces = faces_of(people, said, vectors)
    labels = confirmed_apart(faces, np.array([label for _, _, label in rows], np.int64))
    plan = plan_regrouping(faces, labels)
    assert plan.confirmed_touched == 0
    confirmed = {int(face) for face, known in zip(faces.face_ids, said, strict=True) if known}
    grouped = {face for group in plan.assignments.groups for face in group}
    assert not confirmed & (set(plan.assignments.moves) | grouped)
    assert plan.faces_moved == len(plan.assignments.moves) + len(grouped)
    assert all(plan.assignments.groups)
