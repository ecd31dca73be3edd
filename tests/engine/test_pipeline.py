"""Stages overlap, stay bounded, stop when closed and hand errors on."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.pipeline import Stage, overlap


def each(function: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda batch: [function(item) for item in batch]


def results_of(items: Any, stages: list[Stage], ahead: int = 8) -> list[Any]:
    return [result for result in overlap(items, stages, ahead=ahead) if result is not None]


@settings(max_examples=25)
@given(
    count=st.integers(0, 60),
    threads=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    waiting=st.integers(1, 5),
    batch=st.integers(1, 7),
    least=st.integers(1, 7),
    ahead=st.integers(1, 20),
)
def test_every_item_comes_out_once(
    count: int, threads: list[int], waiting: int, batch: int, least: int, ahead: int
) -> None:
    stages = [Stage("add", each(lambda number: number + 1), number, waiting, batch) for number in threads]
    stages[-1] = replace(stages[-1], least=min(least, batch, waiting))
    assert sorted(results_of(range(count), stages, ahead)) == [number + len(threads) for number in range(count)]


def test_no_more_than_ahead_items_are_taken_before_their_results_are_out() -> None:
    taken, given_back, most = 0, 0, 0

    def source() -> Iterator[int]:
        nonlocal taken, most
        for number in range(100):
            taken += 1
            most = max(most, taken - given_back)
            yield number

    for result in overlap(source(), [Stage("same", list, 3, 2)], ahead=5):
        given_back += result is not None
    assert given_back == 100
    assert most <= 6  # five under way, and the one that is being handed over


def test_stages_overlap() -> None:
    """Both stages must be at work at once for either to get past the barrier."""
    meeting = threading.Barrier(2, timeout=120)
    stages = [
        Stage("first", each(lambda number: number or meeting.wait()), 1, 4),
        Stage("second", each(lambda number: number if number != 1 else meeting.wait()), 1, 4),
    ]
    assert len(results_of([1, 0], stages)) == 2


def test_a_batch_holds_what_is_waiting() -> None:
    sizes: list[int] = []
    gate = threading.Event()

    def note(batch: list[int]) -> list[int]:
        gate.wait(10)
        sizes.append(len(batch))
        return batch

    def open_at_the_end(number: int) -> int:
        if number == 9:
            gate.set()
        return number

    assert len(results_of(range(10), [Stage("a", each(open_at_the_end), 1, 10), Stage("b", note, 1, 10, 4)], 10)) == 10
    assert max(sizes) > 1
    assert max(sizes) <= 4


def test_a_stage_may_wait_until_its_batch_is_full() -> None:
    sizes: list[int] = []

    def note(batch: list[int]) -> list[int]:
        sizes.append(len(batch))
        return batch

    stages = [Stage("a", list, 2, 4), Stage("b", note, 2, 8, batch=4, least=4)]

    assert len(results_of(range(10), stages, 16)) == 10
    assert sorted(sizes) == [2, 4, 4]


def test_an_error_reaches_the_caller_and_ends_every_thread() -> None:
    before = threading.active_count()

    def fail(number: int) -> int:
        return 1 // (number - 7)

    with pytest.raises(ZeroDivisionError):
        results_of(range(50), [Stage("fail", each(fail), 2, 4), Stage("same", list, 2, 4)])
    assert threading.active_count() == before


def test_closing_joins_every_thread_and_begins_nothing_new() -> None:
    before = threading.active_count()
    begun: list[int] = []
    flow = overlap(range(1000), [Stage("note", each(lambda number: begun.append(number) or number), 2, 4)], ahead=6)
    next(flow)
    flow.close()
    assert threading.active_count() == before
    assert len(begun) < 20


def test_the_caller_is_asked_when_nothing_comes() -> None:
    gate = threading.Event()
    flow = overlap([1], [Stage("wait", each(lambda number: gate.wait(10) and number), 1, 1)], ahead=1, patience=0.01)
    assert next(flow) is None
    gate.set()
    assert [result for result in flow if result is not None] == [1]
