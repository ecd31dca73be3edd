"""Runs a workflow beside the main thread, so that Ctrl-C is answered at once whatever the workflow is doing."""

import os
import queue
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from engine.cli.display import Display
from engine.cli.output import INTERRUPTED, say
from engine.progress import Progress, Workflow

Result = TypeVar("Result")
Reports = queue.SimpleQueue[Progress | None]

PATIENCE = 0.7
"""Seconds that an interrupted workflow has to put everything away; SQLite keeps the library whole if it does not."""


def run_workflow(workflow: Workflow[Result], display: Display) -> Result:
    """Run to the end, showing progress, and return the summary; raises what the workflow raised.

    On Ctrl-C the workflow is closed; one that is still busy after PATIENCE seconds is left behind with the process.
    """
    reports: Reports = queue.SimpleQueue()
    stopping = threading.Event()
    pool = ThreadPoolExecutor(1, thread_name_prefix="workflow")
    outcome = pool.submit(_step_through, workflow, reports, stopping)
    try:
        with display:
            while (report := reports.get()) is not None:
                display.show(report)
    except KeyboardInterrupt:
        stopping.set()
        if wait([outcome], PATIENCE).not_done:
            say("Interrupted.")
            os._exit(INTERRUPTED)
        raise
    finally:
        pool.shutdown()
    return outcome.result()


def _step_through(workflow: Workflow[Result], reports: Reports, stopping: threading.Event) -> Result:
    """Put every report into `reports`, None at the end; raises KeyboardInterrupt when it was stopped."""
    try:
        while not stopping.is_set():
            reports.put(next(workflow))
        workflow.close()
        raise KeyboardInterrupt
    except StopIteration as stop:
        result: Result = stop.value
        return result
    finally:
        reports.put(None)
