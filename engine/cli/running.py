"""Runs a workflow beside the main thread, so that Ctrl-C is answered at once whatever the workflow is doing.

The end of a session (SIGTERM) and a terminal that closes (SIGHUP) are answered in the same way.
"""

import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from enum import Enum
from types import FrameType
from typing import TypeVar

from engine.cli.display import Display
from engine.cli.output import say
from engine.progress import Progress, Workflow
from engine.words import sentence

Result = TypeVar("Result")

INTERRUPTED = sentence("Interrupted.")


class End(Enum):
    """No more reports come: the workflow has ended."""

    OVER = "over"


Reports = queue.SimpleQueue[Progress | End | signal.Signals]
"""A signal says that the user, or the system, wants the command to end."""

Handler = Callable[[int, FrameType | None], object] | signal.Handlers

ENDINGS: dict[signal.Signals, Handler] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
"""The signals that end a workflow, with what handles them where nobody has taken them."""
if hasattr(signal, "SIGHUP"):
    ENDINGS[signal.SIGHUP] = signal.SIG_DFL

PATIENCE, LAST_PATIENCE = 0.5, 0.3
"""Seconds that an interrupted workflow has to put everything away, and then for what has to be noted of one that is
left behind. SQLite keeps the library whole if that is not enough."""

NOBODY_WAITS = 4.0
"""So many times as long where the system ends the command and nobody sits before it."""


def run_workflow(workflow: Workflow[Result], display: Display, leave: Callable[[], object] | None = None) -> Result:
    """Run to the end, showing progress, and return the summary; raises what the workflow raised.

    On Ctrl-C, SIGTERM and SIGHUP the workflow is closed and KeyboardInterrupt raised. One that is still busy after
    PATIENCE seconds is left behind with the process, after `leave` has noted what nobody else will note. One more
    signal changes nothing.
    """
    reports: Reports = queue.SimpleQueue()
    stopping = threading.Event()
    with ThreadPoolExecutor(2, thread_name_prefix="workflow") as pool, _interrupts(reports):
        outcome = pool.submit(_step_through, workflow, reports, stopping)
        try:
            with display:
                while isinstance(report := reports.get(), Progress):
                    display.show(report)
        finally:
            stopping.set()
        if isinstance(report, signal.Signals):
            _await_or_go(outcome, pool, leave, report)
            raise KeyboardInterrupt(report)
    return outcome.result()


@contextmanager
def _interrupts(reports: Reports) -> Iterator[None]:
    """Let signals arrive as reports: an exception could come a second time while the first is being answered."""

    def note(number: int, _frame: FrameType | None) -> None:
        reports.put(signal.Signals(number))

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Where somebody else has taken a signal (`nohup`, a program that embeds this one), it stays theirs.
    ours = [number for number, usual in ENDINGS.items() if signal.getsignal(number) is usual]
    for number in ours:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, ENDINGS[number])


def _await_or_go(
    outcome: Future[Result], pool: ThreadPoolExecutor, leave: Callable[[], object] | None, why: signal.Signals
) -> None:
    """Wait for a workflow that is to stop, PATIENCE seconds; one that does not ends with the process."""
    longer = 1.0 if why is signal.SIGINT else NOBODY_WAITS
    if not wait([outcome], PATIENCE * longer).not_done:
        return
    if leave is not None:
        wait([pool.submit(leave)], LAST_PATIENCE * longer)
    say(INTERRUPTED)
    os._exit(128 + why)


def _step_through(workflow: Workflow[Result], reports: Reports, stopping: threading.Event) -> Result:
    """Put every report into `reports`, OVER at the end; raises KeyboardInterrupt when it was stopped."""
    try:
        while not stopping.is_set():
            reports.put(next(workflow))
        workflow.close()
        raise KeyboardInterrupt
    except StopIteration as stop:
        result: Result = stop.value
        return result
    finally:
        reports.put(End.OVER)
