"""Background work. The only file of the window that starts threads.

Every QObject here lives on the GUI thread; a worker touches nothing of Qt but `emit()`. Connect first, then `start()`.
"""

import logging
import threading
from collections.abc import Callable, Generator, Hashable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

Steps = Generator[object, None, object]


class Job(QObject):
    """A generator that runs on a lane: what it yields is `progress`, what it returns is `done`.

    Exactly one of `done`, `failed` and `cancelled` is emitted, then `ended`, then the job deletes itself.
    """

    progress = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    turned = Signal()
    """`paused` has changed."""
    ended = Signal()

    def __init__(self, lane: "Lane", steps: Steps, title: str = "") -> None:
        super().__init__(lane)
        self.title = title
        self._lane = lane
        self._steps = steps
        self._stop = threading.Event()
        self._go = threading.Event()
        self._go.set()
        self.ended.connect(self.deleteLater)

    def start(self) -> "Job":
        """Hand the job to its lane, where it waits for its turn."""
        self._lane.submit(self)
        return self

    def cancel(self) -> None:
        """Close the generator at its next yield, so that its `finally` blocks run."""
        self._stop.set()
        self._go.set()

    def pause(self) -> None:
        """Wait at the next yield."""
        self._go.clear()
        self.turned.emit()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._go.set()
        self.turned.emit()

    @property
    def paused(self) -> bool:
        """Whether the job waits, or will at its next yield."""
        return not self._go.is_set()

    def run(self) -> None:
        """Step through to the end; called by the lane's thread."""
        try:
            self._step_through()
        except Exception as error:  # noqa: BLE001 the job runner: whatever went wrong reaches the window as a value
            log.error("a job failed: %s", type(error).__name__)
            self.failed.emit(error)
        finally:
            self.ended.emit()

    def _step_through(self) -> None:
        while not self._stop.is_set():
            try:
                self.progress.emit(next(self._steps))
            except StopIteration as stop:
                self.done.emit(stop.value)
                return
            self._go.wait()
        self._steps.close()
        self.cancelled.emit()


class Lane(QObject):
    """One thread that runs jobs one after the other."""

    started = Signal(object)
    """A job was handed in; the job bar listens."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"kinfolk-{name}")
        self._jobs: set[Job] = set()

    def job(self, steps: Steps, title: str = "") -> Job:
        """Return a job that has not started."""
        return Job(self, steps, title)

    def call(self, function: Callable[[], object]) -> Job:
        """Return a job of one step, which has not started: `done` carries what the function returns."""
        return Job(self, _once(function))

    def submit(self, job: Job) -> None:
        """Queue a job; use `Job.start`."""
        self._jobs.add(job)
        job.ended.connect(lambda: self._jobs.discard(job))
        self.started.emit(job)
        self._pool.submit(job.run)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._jobs)

    def shutdown(self) -> None:
        """Cancel everything and wait for the thread to end."""
        for job in self._jobs:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _once(function: Callable[[], object]) -> Steps:
    yield from ()
    return function()


class NewestFirst(QObject):
    """A few threads that always take the request made last; for what is wanted only while it can be seen.

    `ready` carries the key and the result, or the exception instead. At most `waiting` requests wait; beyond that the
    oldest are forgotten, to be asked for again when they are looked at again.
    """

    ready = Signal(object, object)

    def __init__(self, name: str, threads: int, waiting: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"kinfolk-{name}")
        self._wanted: dict[Hashable, Callable[[], object]] = {}
        self._working: set[Hashable] = set()
        self._waiting = waiting
        self._changing = threading.Lock()
        self._closed = False

    def want(self, key: Hashable, work: Callable[[], object]) -> None:
        """Ask for something; asked again, it becomes the newest."""
        with self._changing:
            if key in self._working or self._closed:
                return
            known = self._wanted.pop(key, None) is not None
            self._wanted[key] = work
            if len(self._wanted) > self._waiting:
                del self._wanted[next(iter(self._wanted))]
        if not known:
            self._pool.submit(self._take)

    def shutdown(self) -> None:
        """Forget what waits and wait for the threads to end."""
        with self._changing:
            self._closed = True
            self._wanted.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _take(self) -> None:
        """Run in a thread: do the newest request, if any is left."""
        with self._changing:
            if not self._wanted:
                return
            key, work = self._wanted.popitem()
            self._working.add(key)
        result: object
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 the job runner: the receiver shows what could not be made
            result = error
        with self._changing:
            self._working.discard(key)
        if not self._closed:
            self.ready.emit(key, result)
