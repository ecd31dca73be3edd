"""Reads that are repeated while the library changes."""

import threading

from app.work.reading import Reading
from tests.app.conftest import PLENTY_MS


def test_news_during_a_read_is_read_after_it(context, qtbot):
    shown: list[int] = []
    gate = threading.Event()
    reading = Reading(context.reads, context, shown.append, context.fail)
    reading.begin(lambda: gate.wait(10) and 1)
    for number in range(2, 50):
        reading.refresh(lambda number=number: number)
    assert shown == []
    gate.set()
    qtbot.waitUntil(lambda: shown == [1, 49], timeout=PLENTY_MS)


def test_something_else_makes_the_read_under_way_void(context, qtbot):
    shown: list[str] = []
    gate = threading.Event()
    reading = Reading(context.reads, context, shown.append, context.fail)
    reading.begin(lambda: gate.wait(10) and "old")
    reading.refresh(lambda: "old again")
    reading.begin(lambda: "new")
    gate.set()
    qtbot.waitUntil(lambda: bool(shown), timeout=PLENTY_MS)
    assert shown == ["new"]


def test_a_failed_read_is_told_and_the_next_one_works(context, qtbot):
    shown: list[int] = []
    failures: list[object] = []
    reading = Reading(context.reads, context, shown.append, failures.append)
    reading.begin(lambda: 1 // 0)
    qtbot.waitUntil(lambda: bool(failures), timeout=PLENTY_MS)
    assert isinstance(failures[0], ZeroDivisionError)
    reading.refresh(lambda: 5)
    qtbot.waitUntil(lambda: shown == [5], timeout=PLENTY_MS)
