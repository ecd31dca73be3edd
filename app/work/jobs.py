"""Background work. With `newest_first`, and a deadline at the end, the only file of the window that starts threads.

Every QObject here lives on the GUI thread and belongs to Python alone; a worker knows no job, only a number and a
function that posts. Connect first, then `start()`.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)

Steps = Generator[object, None, object]
Title = str | Callable[[], str]
"""What a job is called, or what says it in the language that is in use by then."""


class Mailbox(QObject):
    """Calls functions on the GUI thread, one after the other, in the order in which any thread posted them.

    What is still waiting when the mailbox goes is never called.
    """

    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], object]) -> None:
        """Have this called soon; may be used in any thread."""
        self._waiting.append(call)
        self._posted.emit()

    def _take(self) -> None:
        self._waiting.popleft()()


class News(StrEnum):
    """What a worker reports."""

    PROGRESS = "progress"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENDED = "ended"


class Control:
    """How the GUI thread reaches a running generator: stop it, hold it, let it go on."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.go = threading.Event()
        self.go.set()


class Job(QObject):
    """A generator that runs on a lane: what it yields is `progress`, what it returns is `done`.

    Exactly one of `done`, `failed` and `cancelled` is emitted, then `ended`.
    """

    progress = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    paused_changed = Signal()
    """`paused` has changed."""

    def __init__(self, lane: "Lane", steps: Steps, title: Title = "") -> None:
        super().__init__()
        self._title = title
        self.steps, self.control, self.promised = steps, Control(), False
        self._lane = lane

    @property
    def title(self) -> str:
        """What the job is called; "" for one that is nothing to look at."""
        return self._title if isinstance(self._title, str) else self._title()

    def start(self) -> "Job":
        """Hand the job to its lane, where it waits for its turn."""
        self._lane.submit(self)
        return self

    def promise(self) -> "Job":
        """Let nothing stop this job: what the user said is written even though the window closes meanwhile."""
        self.promised = True
        return self

    def cancel(self) -> None:
        """Close the generator at its next yield, so that its `finally` blocks run; a promised job goes on."""
        if not self.promised:
            self.control.stop.set()
            self.control.go.set()

    def pause(self) -> None:
        """Wait at the next yield."""
        self.control.go.clear()
        self.paused_changed.emit()

    def resume(self) -> None:
        """Go on after `pause`."""
        self.control.go.set()
        self.paused_changed.emit()

    @property
    def paused(self) -> bool:
        """Whether the job waits, or will at its next yield."""
        return not self.control.go.is_set()

    def tell(self, news: News, value: object) -> None:
        """Emit the signal of this name."""
        if news in (News.CANCELLED, News.ENDED):
            (self.cancelled if news is News.CANCELLED else self.ended).emit()
        else:
            {News.PROGRESS: self.progress, News.DONE: self.done, News.FAILED: self.failed}[news].emit(value)


class Lane(QObject):
    """One thread that runs jobs one after the other."""

    started = Signal(object)
    """A job is handed in, and about to wait for its turn."""

    def __init__(self, name: str, parent: QObject | None = None, at_start: Callable[[], None] = lambda: None) -> None:
        """Name the thread; it calls `at_start` before its first job."""
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"kinfolk-{name}", initializer=at_start)
        self._jobs: dict[int, Job] = {}
        self._promises: list[Future[None]] = []
        self._numbers = count()
        self._mailbox = Mailbox(self)
        self._ended = False

    def job(self, steps: Steps, title: Title = "") -> Job:
        """Return a job that has not started."""
        return Job(self, steps, title)

    def call(self, function: Callable[[], object]) -> Job:
        """Return a job of one step, which has not started: `done` carries what the function returns."""
        return Job(self, _once(function))

    def submit(self, job: Job) -> None:
        """Queue a job; use `Job.start`. Once the lane has ended it is cancelled at once, unless it was promised.

        What comes in the last moment (an answer, a written edit) sets off reads for which nobody waits any more. A
        promise that cannot be kept is a fault: RuntimeError.
        """
        number = next(self._numbers)
        self._jobs[number] = job
        if self._ended and not job.promised:
            for news in (News.CANCELLED, News.ENDED):
                self._post(number, news, None)
            return
        self.started.emit(job)
        future = self._pool.submit(_run, job.steps, job.control, partial(self._post, number))
        self._promises = [one for one in self._promises if not one.done()] + [future] * job.promised

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._jobs)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What runs or waits, in order."""
        return tuple(self._jobs.values())

    @property
    def promising(self) -> bool:
        """Whether a promised job runs or waits; may be asked in any thread."""
        return any(not future.done() for future in self._promises)

    def caught_up(self) -> Callable[[], object]:
        """Return what waits, in the thread of another lane, until all that was handed in so far has ended."""
        passed = threading.Event()
        self.call(passed.set).promise().start()
        return passed.wait

    def cancel(self) -> None:
        """Cancel what was not promised, and take nothing more."""
        self._ended = True
        for job in self._jobs.values():
            job.cancel()

    def shutdown(self) -> None:
        """Cancel what was not promised, and wait for the thread to end."""
        self.cancel()
        self._pool.shutdown(wait=True)

    def _post(self, number: int, news: News, value: object) -> None:
        self._mailbox.post(partial(self._deliver, number, news, value))

    def _deliver(self, number: int, news: News, value: object) -> None:
        job = self._jobs.pop(number) if news is News.ENDED else self._jobs[number]
        job.tell(news, value)


def _once(function: Callable[[], object]) -> Steps:
    yield from ()
    return function()


def _run(steps: Steps, control: Control, post: Callable[[News, object], None]) -> None:
    """Run in a lane's thread: step through to the end and post what happens."""
    try:
        _step_through(steps, control, post)
    except Exception as error:  # noqa: BLE001 the job runner: whatever went wrong reaches the window as a value
        if not control.stop.is_set():  # a read that was broken off at the end is no fault
            log.error("a job failed: %s", type(error).__name__)
        post(News.FAILED, error)
    finally:
        post(News.ENDED, None)


def _step_through(steps: Steps, control: Control, post: Callable[[News, object], None]) -> None:
    while not control.stop.is_set():
        try:
            post(News.PROGRESS, next(steps))
        except StopIteration as stop:
            post(News.DONE, stop.value)
            return
        control.go.wait()
    steps.close()
    post(News.CANCELLED, None)
