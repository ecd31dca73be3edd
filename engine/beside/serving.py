"""The process itself: what `asking` starts. Nothing else imports this.

It ends when its work is done, and when nobody is there any more who asks.
"""

import os
import sys
import threading
import time
import traceback
from importlib import import_module
from typing import IO, Any

from engine.beside.frames import Arrays, Words, put, take
from engine.beside.tasks import TASKS
from engine.errors import KinfolkError, UsageError
from engine.words import sentence, stored

ALIVE_EVERY = 0.2
"""Seconds between two signs of life: also how soon the side that asks can give the work up."""

NICE = 10


class _Voice:
    """Writes whole messages, from whichever thread; where nobody listens any more, the process ends."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._lock = stream, threading.Lock()

    def say(self, words: Words, arrays: Arrays | None = None) -> None:
        """Write one message."""
        try:
            with self._lock:
                put(self._stream, words, arrays or {})
        except OSError:
            os._exit(0)

    def live(self) -> None:
        """Say again and again that the process lives; a task may be deep in a library for minutes."""
        while True:
            time.sleep(ALIVE_EVERY)
            self.say({"kind": "alive"})


def serve() -> None:
    """Do what stdin asks for and answer on stdout."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    voice = _Voice(os.fdopen(os.dup(1), "wb"))
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 a device; libraries may print, and stdout is the answers'
        os.dup2(nowhere.fileno(), 1)
    asked = take(sys.stdin.buffer)
    if asked is None:
        return
    threading.Thread(target=voice.live, daemon=True).start()
    words, arrays = asked
    try:
        _work(voice, words, arrays)
    except KinfolkError as error:
        voice.say(_failed(error.message, error.hint, usage=isinstance(error, UsageError)))
    except MemoryError:
        voice.say(
            _failed(
                sentence("There was not enough memory for this."),
                sentence("Close other programs and try again."),
                usage=False,
            )
        )
    except Exception as error:  # noqa: BLE001 the outermost place of this process: the other one reports the fault
        # Without the error's own words, which may name files and people.
        where = "".join(traceback.format_tb(error.__traceback__))
        voice.say({"kind": "broke", "error": type(error).__name__, "where": where})


def _work(voice: _Voice, words: Words, arrays: dict[str, Any]) -> None:
    module, _, name = TASKS[words.pop("task")].partition(":")
    steps = getattr(import_module(module), name)(words, arrays)
    while True:
        try:
            report = next(steps)
        except StopIteration as stop:
            answer = stop.value
            voice.say({"kind": "done", "words": answer.words}, answer.arrays)
            return
        said = {"kind": "report", "stage": report.stage, "done": report.done, "total": report.total}
        voice.say(said, getattr(report, "arrays", {}))


def _failed(message: str, hint: str, *, usage: bool) -> Words:
    return {"kind": "failed", "message": stored(message), "hint": stored(hint), "usage": usage}
