"""Decoding in processes of their own, which can be ended: what a file does there, it does to nobody else.

Each such process (`apart_process`) decodes one photo after another and ends itself when a photo takes too long or too
much memory, when it has had nothing to do for a while, and when the process that asks is gone.
"""

import json
import os
import signal
import subprocess
import threading
import weakref
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import numpy as np

from engine.errors import PhotoError
from engine.own_process import own_command
from engine.scan.content import PHOTO_MEMORY, PhotoContent, room_of_its_own
from engine.scan.dates import Precision, Taken, TakenFrom
from engine.scan.failures import TIME_OUT
from engine.scan.purpose import Wish
from engine.words import recalled, sentence

OUT_OF_TIME, OUT_OF_MEMORY = 1, 42
"""How a process ends itself: the first is faulthandler's. A system that counts its time sends it a signal instead."""

NOT_STARTED = sentence("The picture could not be read: the process that reads such pictures does not start.")
_BUSY_HINT = sentence("A file may be made so only to keep programs busy.")


class Apart:
    """Processes that decode, started when they are needed. Several threads may ask at once; each has one of its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._owner = os.getpid()
        self._ended = False
        self._finalizer = weakref.finalize(self, _end, self._idle, self._busy)

    def decode(self, photo: bytes | Path, wish: Wish) -> PhotoContent:
        """Decode a file's bytes, or a file that is too large to be held. Raises `PhotoError`, and so after `end`."""
        while True:
            process = self._take()
            try:
                return process.decode(photo, wish)
            except _NotBegunError:  # one that had nothing to do may end just when it is asked
                if process.is_fresh:
                    raise PhotoError(NOT_STARTED) from None
            finally:
                self._put_back(process)

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes that are there."""
        with self._lock:
            return tuple(process.pid for process in (*self._idle, *self._busy))

    def open(self) -> None:
        """Let photos be decoded (again); so it is from the beginning."""
        with self._lock:
            self._ended = False

    def end(self) -> None:
        """End all processes: whoever waits for one gets a `PhotoError`, and so does who asks later, until `open`."""
        with self._lock:
            self._ended = True
            _end(self._idle, self._busy)

    def _take(self) -> "_Process":
        with self._lock:
            if self._owner != os.getpid():  # a fork: the processes are the other one's
                self._idle.clear()
                self._busy.clear()
                self._owner = os.getpid()
            if self._ended:
                raise PhotoError(sentence("Reading was broken off."))
            process = self._idle.pop() if self._idle else _Process()
            self._busy.add(process)
            return process

    def _put_back(self, process: "_Process") -> None:
        with self._lock:
            self._busy.discard(process)
            if process.is_sound and not self._ended:
                self._idle.append(process)
                return
        process.end()


class _NotBegunError(Exception):
    """The process was gone before it began."""


class _Process:
    """One process, and what is said to it: a line of JSON and the file; answers are lines of JSON and the pixels."""

    def __init__(self) -> None:
        try:
            self._child = subprocess.Popen(  # noqa: S603 this very program
                own_command("engine.scan.apart_process", "serve"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Ctrl-C and a closed terminal are for the process that asks: here they would look like a photo's doing.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise PhotoError(NOT_STARTED, sentence("Too many programs may be running.")) from error
        self.is_sound = self.is_fresh = True

    def decode(self, photo: bytes | Path, wish: Wish) -> PhotoContent:
        self.is_sound = False
        begun = False
        try:
            self._ask(photo, wish)
            while answer := self._answer():
                begun = True
                if answer["state"] == "large":
                    with room_of_its_own():
                        self._write(b"g")
                        return self._finished(self._answer())
                if answer["state"] != "begun":
                    return self._finished(answer)
        except (OSError, ValueError):  # it is gone, in the middle of a line perhaps
            pass
        if not begun:
            raise _NotBegunError
        raise self._death()

    def end(self) -> None:
        """End the process, whatever it is doing, and wait for it."""
        self.is_sound = False
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()
        self._child.wait()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._child.pid

    def kill(self) -> None:
        """Have the process end; whoever waits for its answer finds it dead."""
        self._child.kill()

    def _ask(self, photo: bytes | Path, wish: Wish) -> None:
        is_path = isinstance(photo, Path)
        size = 0 if is_path else len(photo)  # type: ignore[arg-type]
        job = {
            "side": wish.side,
            "purpose": wish.purpose,
            "size": size,
            "path": os.fsencode(photo).hex() if is_path else "",
        }
        self._write(json.dumps(job).encode() + b"\n")
        if isinstance(photo, bytes):
            self._write(photo)

    def _write(self, data: bytes) -> None:
        stream = _there(self._child.stdin)
        stream.write(data)
        stream.flush()

    def _answer(self) -> dict[str, Any]:
        line = _there(self._child.stdout).readline()
        answer: dict[str, Any] = json.loads(line) if line else {}
        return answer

    def _finished(self, answer: dict[str, Any]) -> PhotoContent:
        """Return what was decoded. Raises `PhotoError` as the process did, and where it died."""
        if not answer:
            raise self._death()
        if answer["state"] == "failed":
            self.is_sound, self.is_fresh = True, False
            raise PhotoError(recalled(answer["message"]), recalled(answer["hint"]))
        image = np.empty(answer["shape"], np.uint8)
        view, at = image.reshape(-1).data, 0
        stream = _there(self._child.stdout)
        while at < len(view):
            count = stream.readinto(view[at:])  # type: ignore[attr-defined]
            if not count:
                raise self._death()
            at += count
        self.is_sound, self.is_fresh = True, False
        taken = answer["taken"] and _taken(*answer["taken"])
        return PhotoContent(image, answer["width"], answer["height"], taken, recalled(answer["note"]))

    def _death(self) -> PhotoError:
        """Return what is to be said about the photo over which the process ended."""
        code = self._child.wait()
        if code == OUT_OF_TIME or code == -getattr(signal, "SIGXCPU", 0):
            return PhotoError(TIME_OUT, _BUSY_HINT)
        if code == OUT_OF_MEMORY:
            message = sentence(
                "Reading the picture took more than {limit} MB of memory and was stopped.", limit=PHOTO_MEMORY // 10**6
            )
            return PhotoError(message, _BUSY_HINT)
        return PhotoError(sentence("The picture is damaged in a way that brings its decoder down."))


def _taken(at: str, precision: str, source: str) -> Taken:
    return Taken(datetime.fromisoformat(at), Precision(precision), TakenFrom(source))


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError
    return stream


def _end(idle: list[_Process], busy: set[_Process]) -> None:
    for process in busy:
        process.kill()
    while idle:
        idle.pop().end()
