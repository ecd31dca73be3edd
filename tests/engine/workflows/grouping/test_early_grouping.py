"""People appear while photos are read, what is said of them then stays, and the end is as good as without."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.library.edits import mark_distinct, name_person, reject_faces
from engine.library.queries import counts, face_rows, people_rows
from engine.library.states import Source
from engine.progress import Progress, Workflow, finish
from engine.workflows.grouping.early_grouping import FIRST, GROWTH, READING, Schedule, grouped_meanwhile
from engine.workflows.grouping.recluster import Growth, Stand, recluster

Album = Any
"""The class of the fixture `photos`, in conftest."""

PEOPLE = 12


def for_now(photos: Album) -> Growth:
    return finish(recluster(photos.library, photos.card, Stand.PROVISIONAL))


def parted(photos: Album) -> set[frozenset[int]]:
    """Return the groups of faces, whoever they are."""
    groups: dict[int, set[int]] = {}
    for face, person in photos.assigned().items():
        if person is not None:
            groups.setdefault(person, set()).add(face)
    return {frozenset(group) for group in groups.values()}


def reading(photos: Album, closed: list[bool], batches: int = 12) -> Workflow[str]:
    """Store ten photos of three people at a time and report as the scan does."""
    try:
        for batch in range(batches):
            photos.add([[(number + step) % PEOPLE for step in range(3)] for number in range(10)], noise=0.9)
            yield Progress("scan", 10 * (batch + 1), 10 * batches, figures={"faces": counts(photos.library).faces})
        return "read"
    finally:
        closed.append(True)


def test_people_appear_before_the_end(photos: Album) -> None:
    closed: list[bool] = []
    seen: dict[int, int] = {}
    workflow = grouped_meanwhile(reading(photos, closed), photos.library, photos.card)
    reports = []
    for report in workflow:
        reports.append(report)
        seen[report.done] = len(people_rows(photos.library))
    assert closed == [True]
    assert list(dict.fromkeys(report.done for report in reports)) == list(range(10, 121, 10))
    assert {(report.stage, report.total) for report in reports} == {("scan", 120)}
    assert seen[60] == 0
    assert seen[80] == PEOPLE
    photos.grow()
    assert all(len(photos.people_of(who)) == 1 for who in range(PEOPLE))


def test_closing_groups_nothing_more_and_the_next_scan_does(photos: Album) -> None:
    closed: list[bool] = []
    workflow = grouped_meanwhile(reading(photos, closed), photos.library, photos.card)
    while next(workflow).done < 60:
        pass
    workflow.close()
    assert closed == [True]
    assert people_rows(photos.library) == []
    photos.grow()
    assert len(people_rows(photos.library)) == PEOPLE


def test_the_summary_of_reading_is_returned(photos: Album) -> None:
    assert finish(grouped_meanwhile(reading(photos, [], 2), photos.library, photos.card)) == "read"


def test_an_error_of_reading_comes_through(photos: Album) -> None:
    def failing() -> Workflow[None]:
        yield Progress("scan", 1, 2, figures={"faces": 5})
        raise OSError("the disk is gone")

    workflow = grouped_meanwhile(failing(), photos.library, photos.card)
    next(workflow)
    with pytest.raises(OSError, match="disk"):
        next(workflow)


@pytest.mark.parametrize("noise", [0.9, 1.3])
def test_the_end_is_that_of_one_grouping(photos: Album, noise: float) -> None:
    for first in range(4):
        photos.add([[(first + number) % 9, (first + number + 1) % 9] for number in range(6)], noise=noise)
        for_now(photos)
    photos.add([[number % 9] for number in range(9)], noise=noise)
    photos.grow()
    staged = parted(photos)
    # Everything taken apart and grouped in one go, on the same faces.
    people = [row.person for row in people_rows(photos.library)]
    assert len(people) == len(staged)
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE faces SET person_id = NULL, source = NULL, cluster_id = NULL")
    photos.grow()
    assert parted(photos) == staged


def test_people_stay_themselves(photos: Album) -> None:
    photos.add([[0, 1], [0, 1], [0, 2], [1, 2], [2]])
    for_now(photos)
    before = photos.assigned()
    assert len(set(before.values())) == 3
    assert {row.cluster for row in face_rows(photos.library)} == {None}
    for _ in range(3):
        photos.add([[0, 1], [2, 3], [3]])
        for_now(photos)
    photos.grow()
    after = photos.assigned()
    assert all(after[face] == person for face, person in before.items())
    assert len(people_rows(photos.library)) == 4
    assert all(row.cluster is not None for row in face_rows(photos.library))


def test_who_was_spoken_of_meanwhile_stays_as_it_is(photos: Album) -> None:
    photos.add([[0, 1], [0, 1], [0, 2], [1, 2], [2], [3], [3]])
    for_now(photos)
    (named,), (rejected,), (one,), (other,) = (photos.people_of(who) for who in range(4))
    assert None not in (named, rejected, one, other)
    name_person(photos.library, named, "Ada")
    stray = next(face for face, person in photos.assigned().items() if person == rejected)
    reject_faces(photos.library, rejected, [stray])
    mark_distinct(photos.library, one, other)
    before = photos.assigned()
    for_now(photos)
    photos.add([[0], [1], [2], [3]] * 3)
    for_now(photos)
    photos.grow()
    after = photos.assigned()
    assert all(after[face] == person for face, person in before.items() if face != stray)
    assert after[stray] != rejected
    assert [len(photos.people_of(who) - {after[stray]}) for who in range(4)] == [1, 1, 1, 1]
    assert {row.source for row in face_rows(photos.library, named)} == {Source.USER, Source.CLUSTER}


def test_what_a_finished_scan_found_stays_itself(photos: Album) -> None:
    photos.add([[0, 1], [0, 1], [0], [1]])
    photos.grow()
    before = photos.assigned()
    photos.add([[0], [4], [4]])
    for_now(photos)
    photos.add([[4], [0]])
    photos.grow()
    after = photos.assigned()
    assert all(after[face] == person for face, person in before.items())
    assert [len(photos.people_of(who)) for who in (0, 1, 4)] == [1, 1, 1]


def test_people_who_turn_out_to_be_one_leave_nobody_empty(photos: Album) -> None:
    photos.add([[0], [0], [1], [1]], noise=0.3)
    for_now(photos)
    people = {row.person for row in people_rows(photos.library)}
    assert len(people) == 2
    # Taken for two so far; now there are faces that make the one the nearest of the other.
    with photos.library.write() as transaction:
        vectors = transaction.connection.exec_driver_sql("SELECT vector FROM embeddings WHERE face_id = 1").scalar_one()
        transaction.connection.exec_driver_sql("UPDATE embeddings SET vector = ?", (vectors,))
    photos.grow()
    assert {row.person for row in people_rows(photos.library)} < people
    with photos.library.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 1


def test_a_model_without_calibration_is_not_used_meanwhile(photos: Album) -> None:
    closed: list[bool] = []
    card = replace(photos.card, calibration=None, space=None)
    assert finish(grouped_meanwhile(reading(photos, closed), photos.library, card)) == "read"
    assert people_rows(photos.library) == []


@given(known=st.integers(0, 10**6), speed=st.floats(1, 1000), cost=st.floats(1e-7, 1e-2))
def test_grouping_costs_a_bounded_share(known: int, speed: float, cost: float) -> None:
    """Whatever the speed (faces a second) and the cost of grouping (seconds a face)."""
    schedule, clock, spent, sizes = Schedule(known, 0.0), 0.0, 0.0, []
    for found in range(0, 100_000, 50):
        clock += 50 / speed
        if schedule.due(found, clock):
            took = cost * (known + found)
            schedule.done(found, clock, clock + took)
            clock += took
            spent += took
            sizes.append(known + found)
    last = schedule.took
    assert spent - last <= (clock + READING * last) / READING
    assert not sizes or sizes[0] - known >= FIRST
    assert all(later - earlier >= GROWTH * later for earlier, later in pairwise(sizes))
