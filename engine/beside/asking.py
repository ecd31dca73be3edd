"""The side that asks: starts the process, hands it the work, and passes on what it reports."""

import subprocess
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.beside.frames import Arrays, Words, putting, take
from engine.errors import KinfolkError, UsageError
from engine.own_process import own_command
from engine.progress import Progress
from engine.words import recalled, sentence, system_reason


class BesideError(Exception):
    """The work met a fault of the program; the text says which and where."""


@dataclass(frozen=True, slots=True)
class Report(Progress):
    """A report with what is there so far."""

    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the work."""

    words: Words
    arrays: dict[str, NDArray[Any]]


def run_beside(task: str, words: Words, arrays: Arrays) -> Generator[Report, None, Answer]:
    """Run a task of `serving.TASKS` in a process of its own, with less claim on the cores than this one.

    Yields at least five times a second, also while the task itself reports nothing: closing the generator ends the
    process at once. Raises KinfolkError as the task did, and where the process ended without an answer (it was killed,
    or there was not enough memory); BesideError for a fault of the program.
    """
    child = _start()
    try:
        last = Report(task, 0)
        with suppress(OSError):  # it has ended: the answer that is missing says so
            for _ in putting(_there(child.stdin), {"task": task, **words}, arrays):
                yield last
        del arrays  # what is large is there only as often as it must be
        while message := take(_there(child.stdout)):
            said, given = message
            if said["kind"] == "done":
                return Answer(said["words"], given)
            if said["kind"] == "broke":
                raise BesideError(f"{said['error']} in the process beside\n{said['where']}")
            if said["kind"] == "failed":
                raise (UsageError if said["usage"] else KinfolkError)(recalled(said["message"]), recalled(said["hint"]))
            if said["kind"] == "report":
                last = Report(said["stage"], said["done"], said["total"], arrays=given)
                yield last
            else:
                yield Report(last.stage, last.done, last.total)
        raise KinfolkError(
            sentence("The process that was to do this ended before it was done."),
            sentence("There may be too little memory: close other programs and try again."),
        )
    finally:
        _end(child)


def _start() -> "subprocess.Popen[bytes]":
    lower = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    try:
        return subprocess.Popen(  # noqa: S603 this very program
            own_command("engine.beside.serving", "serve"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | lower,
        )
    except OSError as error:
        message = sentence("No process could be started for this: {reason}.", reason=system_reason(error))
        raise KinfolkError(message, sentence("Too many programs may be running.")) from error


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    child.wait()


def _there(stream: Any) -> Any:
    """Return a pipe that was asked for, which is therefore there."""
    assert stream is not None
    return stream


def as_floats(array: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return an array as it is passed on: float32, its rows one after the other."""
    return np.ascontiguousarray(array, np.float32)
