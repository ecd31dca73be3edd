"""Lanes: every job ends once, in order, on the GUI thread; nothing is left over."""

import random
import threading
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.work.jobs import Lane
from app.work.loading import Loader
from app.work.newest_first import NewestFirst
from tests.app.conftest import PLENTY_MS


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.shutdown()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kinfolk-test")]


def counting(count: int, log: list[str]) -> Generator[int, None, int]:
    try:
        yield from range(count)
    finally:
        log.append("closed")
    return count


def test_progress_and_result_arrive_on_the_gui_thread(qtbot: QtBot, lane: Lane) -> None:
    threads: list[bool] = []
    job = lane.job(counting(50, []))
    job.progress.connect(lambda _: threads.append(threading.current_thread() is threading.main_thread()))
    with qtbot.waitSignal(job.done, timeout=PLENTY_MS) as done:
        job.start()
    assert done.args == [50]
    assert threads == [True] * 50


def test_a_cancelled_job_closes_its_generator(qtbot: QtBot, lane: Lane) -> None:
    log: list[str] = []
    job = lane.job(counting(10**9, log))
    job.progress.connect(lambda number: number >= 20 and job.cancel())
    with qtbot.waitSignal(job.cancelled, timeout=PLENTY_MS):
        job.start()
    assert log == ["closed"]


def test_an_exception_is_a_value(qtbot: QtBot, lane: Lane) -> None:
    def breaking() -> Generator[int, None, None]:
        yield 1
        raise OSError("disk")

    job = lane.job(breaking())
    with qtbot.waitSignal(job.failed, timeout=PLENTY_MS) as failed:
        job.start()
    assert isinstance(failed.args[0], OSError)


def test_a_paused_job_waits_and_goes_on(qtbot: QtBot, lane: Lane) -> None:
    seen: list[int] = []
    job = lane.job(counting(400, []))
    job.progress.connect(seen.append)
    job.pause()
    job.start()
    assert job.paused
    qtbot.waitUntil(lambda: seen == [0], timeout=PLENTY_MS)
    with qtbot.waitSignal(job.done, timeout=PLENTY_MS):
        job.resume()
    assert len(seen) == 400


def test_a_paused_job_can_be_cancelled(qtbot: QtBot, lane: Lane) -> None:
    job = lane.job(counting(10**9, []))
    job.pause()
    job.start()
    with qtbot.waitSignal(job.cancelled, timeout=PLENTY_MS):
        job.cancel()


def test_every_job_ends_exactly_once(qtbot: QtBot, lane: Lane) -> None:
    ends: list[str] = []
    drawn = random.Random(3)
    for number in range(300):
        job = lane.job(counting(drawn.randint(1, 8), []))
        job.done.connect(lambda _: ends.append("done"))
        job.cancelled.connect(lambda: ends.append("cancelled"))
        job.start()
        if number % 3 == 0:
            job.cancel()
    qtbot.waitUntil(lambda: len(ends) == 300, timeout=PLENTY_MS)
    assert ends.count("cancelled") <= 100
    qtbot.waitUntil(lambda: not lane.busy, timeout=PLENTY_MS)


def test_only_the_latest_answer_counts(qtbot: QtBot, lane: Lane) -> None:
    answers: list[object] = []
    loader = Loader(lane, lane, answers.append, answers.append)
    for number in range(20):
        loader.load(lambda number=number: number)
    qtbot.waitUntil(lambda: not lane.busy, timeout=PLENTY_MS)
    qtbot.waitUntil(lambda: bool(answers), timeout=PLENTY_MS)
    assert answers == [19]
    assert not loader.busy


def test_the_newest_request_comes_first_and_the_oldest_are_forgotten(qtbot: QtBot, qapp: QApplication) -> None:
    begun, gate = threading.Event(), threading.Event()
    lane = NewestFirst("test", 1, waiting=3)
    results: list[tuple[object, object]] = []
    lane.ready.connect(lambda key, result: results.append((key, result)))
    lane.want("first", lambda: begun.set() or gate.wait(10))
    qtbot.waitUntil(begun.is_set, timeout=PLENTY_MS)
    for key in "abcde":
        lane.want(key, key.upper)
    gate.set()
    qtbot.waitUntil(lambda: len(results) == 4, timeout=PLENTY_MS)
    assert results == [("first", True), ("e", "E"), ("d", "D"), ("c", "C")]
    lane.shutdown()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kinfolk-test")]


def test_what_was_promised_is_done_before_a_lane_ends(qtbot: QtBot, qapp: QApplication) -> None:
    lane, gate, done = Lane("test"), threading.Event(), []
    lane.call(lambda: gate.wait(10)).start()
    lane.call(lambda: done.append("kept")).promise().start()
    lane.call(lambda: done.append("dropped")).start()
    threading.Timer(0.05, gate.set).start()
    lane.shutdown()
    assert done == ["kept"]


def test_one_lane_waits_for_what_another_was_given_before(qtbot: QtBot, lane: Lane) -> None:
    other, gate, done = Lane("test-other"), threading.Event(), []
    lane.call(lambda: gate.wait(10)).start()
    lane.call(lambda: done.append("edit")).start()
    until = lane.caught_up()
    job = other.call(lambda: (until(), done.append("erase")))
    with qtbot.waitSignal(job.done, timeout=PLENTY_MS):
        job.start()
        gate.set()
    assert done == ["edit", "erase"]
    other.shutdown()


def test_what_comes_after_the_end_is_cancelled_but_a_promise_is_a_fault(qtbot: QtBot, qapp: QApplication) -> None:
    lane, done = Lane("test"), list[str]()
    lane.shutdown()
    job = lane.call(lambda: done.append("read"))
    with qtbot.waitSignals([job.cancelled, job.ended], timeout=PLENTY_MS):
        job.start()
    assert not lane.busy
    with pytest.raises(RuntimeError):
        lane.call(lambda: done.append("written")).promise().start()
    assert done == []
