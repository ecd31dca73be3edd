"""Runs a workflow beside the main thread, so that Ctrl-C is answered at once whatever the workflow is doing."""

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

from engine.cli import INTERRUPTED
from engine.cli.display import Display
from engine.cli.output import say
from engine.progress import Progress, Workflow

Result = TypeVar("Result")


class End(Enum):
    """Why no more reports come: the workflow has ended, or the user has pressed Ctrl-C."""

    OVER = "over"
    INTERRUPTED = "interrupted"


Reports = queue.SimpleQueue[Progress | End]

PATIENCE = 0.5
"""Seconds that an interrupted workflow has to put everything away; SQLite keeps the library whole if it does not."""

LAST_PATIENCE = 0.3
"""Seconds for what has to be noted about a workflow that is left behind."""


def run_workflow(workflow: Workflow[Result], display: Display, leave: Callable[[], object] | None = None) -> Result:
    """Run to the end, showing progress, and return the summary; raises what the workflow raised.

    On Ctrl-C the workflow is closed and KeyboardInterrupt raised. One that is still busy after PATIENCE seconds is left
    behind with the process, after `leave` has noted what nobody else will note. One more Ctrl-C changes nothing.
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
        if report is End.INTERRUPTED:
            _await_or_go(outcome, pool, leave)
            raise KeyboardInterrupt
    return outcome.result()


@contextmanager
def _interrupts(reports: Reports) -> Iterator[None]:
    """Let Ctrl-C arrive as a report: a KeyboardInterrupt could come a second time while the first is being answered."""

    def note(_number: int, _frame: FrameType | None) -> None:
        reports.put(End.INTERRUPTED)

    # Where somebody else has taken the signal (`nohup`, a program that embeds this one), it stays theirs.
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not ours or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _await_or_go(outcome: Future[Result], pool: ThreadPoolExecutor, leave: Callable[[], object] | None) -> None:
    """Wait for a workflow that is to stop, PATIENCE seconds; one that does not ends with the process."""
    if not wait([outcome], PATIENCE).not_done:
        return
    if leave is not None:
        wait([pool.submit(leave)], LAST_PATIENCE)
    say("Interrupted.")
    os._exit(INTERRUPTED)


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
