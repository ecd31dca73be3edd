"""Stages that overlap: each has threads of its own, and bounded channels between them keep memory bounded.

The only place in the engine that starts threads. They are started and joined inside `overlap`.
"""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the pipeline.

    `work` takes a batch (a list of 1 to `batch` items, whatever is waiting) and returns as many results, in order. It
    runs in `threads` threads at once. `waiting` bounds how many items may wait in front of the stage. One may
    wait for `least` items (at most `waiting`, and half of what may be under way) while more are to come.
    """

    name: str
    work: Callable[[list[Any]], list[Any]]
    threads: int
    waiting: int
    batch: int = 1
    least: int = 1


class Channel:
    """A bounded queue that can be closed: what was put can still be taken, then `take` returns an empty list."""

    def __init__(self, capacity: int, writers: int) -> None:
        self._items: deque[Any] = deque()
        self._capacity = capacity
        self._writers = writers
        self._broken = False
        self._changed = threading.Condition()

    def put(self, item: object) -> None:
        """Wait for room and append; does nothing when the pipeline has been broken off."""
        with self._changed:
            self._changed.wait_for(lambda: self._broken or len(self._items) < self._capacity)
            if not self._broken:
                self._items.append(item)
                self._changed.notify_all()

    def take(self, most: int, timeout: float | None = None, least: int = 1) -> list[Any]:
        """Wait for `least` items and return up to `most`: fewer if closed or after `timeout` s, none if broken off."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._items) >= least or self._writers == 0 or self._broken, timeout)
            if self._broken:
                return []
            taken = [self._items.popleft() for _ in range(min(most, len(self._items)))]
            self._changed.notify_all()
            return taken

    def leave(self) -> None:
        """Say that one writer will put nothing more."""
        with self._changed:
            self._writers -= 1
            self._changed.notify_all()

    def break_off(self) -> None:
        """Wake everybody and let nothing more through."""
        with self._changed:
            self._broken = True
            self._items.clear()
            self._changed.notify_all()


def overlap(
    items: Iterable[Any],
    stages: Sequence[Stage],
    *,
    ahead: int,
    patience: float = 0.2,
    broken_off: Callable[[], object] | None = None,
) -> Generator[Any, None, None]:
    """Send `items` through all stages and yield the results as they come, in no particular order.

    At most `ahead` items are taken from `items` before their results were yielded, so a source may do what has to be
    done just before an item is worked on. None is yielded when nothing came for `patience` seconds, so that the caller
    can report and cancel. An exception in a stage ends the pipeline and is raised here. Closing the generator breaks
    the pipeline off: work under way is finished, nothing new begins, and every thread is joined; `broken_off` is called
    before, for whoever can cut that work short.
    """
    writers = [1, *(stage.threads for stage in stages)]
    waiting = [ahead, *(stage.waiting for stage in stages[1:]), ahead]
    channels = [Channel(*sizes) for sizes in zip(waiting, writers, strict=True)]
    with ThreadPoolExecutor(sum(stage.threads for stage in stages), thread_name_prefix="pipeline") as pool:
        workers = [
            pool.submit(_serve, stage, min(stage.least, max(1, ahead // 2)), inbox, outbox)
            for stage, (inbox, outbox) in zip(stages, pairwise(channels), strict=True)
            for _ in range(stage.threads)
        ]
        try:
            yield from _exchange(iter(items), channels, workers, ahead, patience)
        except GeneratorExit:
            _break_off(channels)
            if broken_off is not None:
                broken_off()
            raise
        finally:
            _break_off(channels)


def _break_off(channels: Sequence[Channel]) -> None:
    for channel in channels:
        channel.break_off()


def _exchange(
    source: Iterator[Any], channels: Sequence[Channel], workers: Sequence[Future[None]], ahead: int, patience: float
) -> Iterator[Any]:
    """Feed the first channel and yield from the last one, in the caller's thread."""
    under_way, is_open = 0, True
    while True:
        for item in islice(source, ahead - under_way):
            channels[0].put(item)
            under_way += 1
        if is_open and under_way < ahead:  # nothing more comes: no stage waits for it
            is_open = False
            channels[0].leave()
        if under_way == 0:
            return
        finished = channels[-1].take(ahead, patience)
        if not finished:
            for worker in workers:
                if worker.done():
                    worker.result()
            yield None
        under_way -= len(finished)
        yield from finished


def _serve(stage: Stage, least: int, inbox: Channel, outbox: Channel) -> None:
    """Run in a thread: batches from the inbox through the stage's work into the outbox."""
    try:
        while batch := inbox.take(stage.batch, least=least):
            for result in stage.work(batch):
                outbox.put(result)
    finally:
        outbox.leave()
