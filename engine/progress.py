"""What a workflow yields while it runs."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Progress:
    """One report. The yield that carries it is also the place where the caller may cancel.

    `stage` is a stable word ("walk", "scan", "cluster", "fetch"), `total` is None while unknown, `figures` holds
    counts worth showing, such as faces found or problems.
    """

    stage: str
    done: int
    total: int | None = None
    text: str = ""
    figures: dict[str, int] = field(default_factory=dict)


Workflow = Generator[Progress, None, Result]
"""A generator of `Progress` that returns a summary; closing it cancels the work and runs its `finally` blocks."""


def finish(workflow: Workflow[Result]) -> Result:
    """Run a workflow to its end without looking at its progress and return its summary."""
    while True:
        try:
            next(workflow)
        except StopIteration as stop:
            result: Result = stop.value
            return result
