"""The process that decodes photos for another one: what `apart` starts. Nothing else imports this."""

import faulthandler
import json
import math
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import cv2
import numpy as np
from PIL import Image as Pillow

from engine.errors import PhotoError
from engine.memory import give_back, give_back_at_once
from engine.scan.apart import OUT_OF_MEMORY
from engine.scan.content import LARGE_MEMORY, PHOTO_MEMORY, PhotoContent, pass_large_through
from engine.scan.decoder_errors import damaged
from engine.scan.failures import THE_FILE, unreadable
from engine.scan.formats import HEAD, is_tiff
from engine.scan.packages import HEIF
from engine.scan.purpose import Purpose, Wish
from engine.scan.readers import decode_here, decode_large_tiff
from engine.words import stored

SECONDS, LARGE_SECONDS = 25, 60
"""How much of a processor's time a photo may take, and a large one, so that a busy machine condemns none. The slowest
honest ones that were met took 5 seconds (a JPEG 2000 of 24 megapixels) and 10 (a PNG of 121)."""

WAITS = 8
"""It ends after so many times as long on the clock, whatever it is doing, also where the system counts no such time."""

IDLE_SECONDS = 15.0
LOOK_EVERY = 0.05
SLACK = 40_000_000
"""Bytes that a decoder may take beyond what its header made expect, and the little that stays from photo to photo."""

_STATM = Path("/proc/self/statm")
"""Where Linux says how many pages a process occupies: resident the second number, its data the sixth."""


class _Watch(threading.Thread):
    """Ends the process when it takes too much memory, has nothing to do, or nobody is there any more who asks.

    Time is watched by the system, and by faulthandler, neither of which needs a turn of Python's.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._parent = os.getppid()
        self._since = time.monotonic()
        self._limit = 0
        self._lock = threading.Lock()
        self.start()

    def run(self) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            # No photo begins or ends meanwhile: it would be held to the limit, or the idleness, of what was before it.
            with self._lock:
                if self._limit and _resident() > self._limit:
                    os._exit(OUT_OF_MEMORY)
                if os.getppid() != self._parent or time.monotonic() - self._since > IDLE_SECONDS:
                    os._exit(0)

    def begin(self, memory: int, seconds: int) -> None:
        """Let a photo have so many bytes beside what is taken now, and so many seconds."""
        with self._lock:
            self._since, self._limit = math.inf, _resident() + memory
        _limit_data(memory)
        _limit_time(seconds)
        faulthandler.dump_traceback_later(WAITS * seconds, exit=True)

    def wait(self) -> None:
        """Note that a photo waits for its turn, however long: it takes nothing then, and is not idle."""
        faulthandler.cancel_dump_traceback_later()
        with self._lock:
            self._since, self._limit = math.inf, 0

    def done(self) -> None:
        """Note that there is nothing to do."""
        faulthandler.cancel_dump_traceback_later()
        with self._lock:
            self._since, self._limit = time.monotonic(), 0


def serve() -> None:
    """Decode what stdin asks for, until it is closed."""
    give_back_at_once()
    cv2.setNumThreads(1)
    _set_decoders()
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 a device; libraries may print, and stdout is the answers'
        os.dup2(nowhere.fileno(), 1)
    watch = _Watch()
    pass_large_through(_Room(watch, asked, answers).held)
    while line := asked.readline():
        job = json.loads(line)
        data = asked.read(job["size"])
        watch.begin(2 * LARGE_MEMORY + SLACK, SECONDS)
        _put(answers, {"state": "begun"})
        _serve_one(job, data, answers)
        watch.done()
        del data
        give_back()


def _serve_one(job: dict[str, Any], data: bytes, answers: IO[bytes]) -> None:
    try:
        content = _decoded(job, data)
    except PhotoError as error:
        _put(answers, {"state": "failed", "message": stored(error.message), "hint": stored(error.hint)})
        return
    except MemoryError as error:
        failure = damaged("", error)
        _put(answers, {"state": "failed", "message": stored(failure.message), "hint": stored(failure.hint)})
        return
    _put(answers, _spoken(content))
    answers.write(np.ascontiguousarray(content.image).data)
    answers.flush()


def _decoded(job: dict[str, Any], data: bytes) -> PhotoContent:
    wish = Wish(job["side"], Purpose(job["purpose"]))
    if not job["path"]:
        return decode_here(data, wish)
    path = Path(os.fsdecode(bytes.fromhex(job["path"])))
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if is_tiff(head):
                return decode_large_tiff(path, wish)
            return decode_here(head + file.read(), wish)
    except OSError as error:
        raise PhotoError(unreadable(THE_FILE, error)) from error


def _spoken(content: PhotoContent) -> dict[str, Any]:
    taken = content.taken
    return {
        "state": "done",
        "shape": content.image.shape,
        "width": content.width,
        "height": content.height,
        "taken": taken and [taken.at.isoformat(), taken.precision, taken.source],
        "note": stored(content.note),
    }


class _Room:
    """The room for one large picture, which the process that asks gives; what is large inside it has it already."""

    def __init__(self, watch: _Watch, asked: IO[bytes], answers: IO[bytes]) -> None:
        self._watch, self._asked, self._answers = watch, asked, answers
        self._is_held = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the room, and be large in it."""
        if self._is_held:
            yield
            return
        self._watch.wait()
        _put(self._answers, {"state": "large"})
        self._asked.read(1)
        self._watch.begin(PHOTO_MEMORY + SLACK, LARGE_SECONDS)
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False


def _put(answers: IO[bytes], message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


def _set_decoders() -> None:
    """Have decoders that would start threads start none (photos are decoded side by side), nor refuse by size."""
    from PIL import AvifImagePlugin

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Pillow.MAX_IMAGE_PIXELS = None  # what a picture takes is reckoned for each format, and held to
    with suppress(PhotoError):  # not installed, or it does not work here
        HEIF.load().options.DECODE_THREADS = 1


def _resident() -> int:
    """Return the bytes of memory that this process occupies now (Linux) or at most so far; 0 where nobody says."""
    if _STATM.exists():
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if os.name == "nt":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit_time(seconds: int) -> None:
    """Have the system end the process after so many seconds of a processor's time more, where it does (not Windows)."""
    if os.name == "nt":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _limit_data(more: int) -> None:
    """Have the system refuse more memory than that beside what is taken now, where it does (Linux)."""
    if not _STATM.exists():
        return
    import resource

    pages = int(_STATM.read_text(encoding="ascii").split()[5])
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
