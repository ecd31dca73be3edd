"""Ctrl-C that ends a workflow where it can be taken up again, and not in the middle of a step."""

import signal
from types import FrameType
from typing import TypeVar

from engine.cli.display import Display
from engine.progress import Workflow

Result = TypeVar("Result")


def run_whole_steps(workflow: Workflow[Result], display: Display) -> Result:
    """Run to the end, showing progress; after Ctrl-C close the workflow at its next report and raise KeyboardInterrupt.

    A second Ctrl-C interrupts at once. Call it from the main thread.
    """
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, ask)
    try:
        with display:
            while True:
                try:
                    display.show(next(workflow))
                except StopIteration as stop:
                    result: Result = stop.value
                    return result
                if asked:
                    workflow.close()
                    raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGINT, before)
