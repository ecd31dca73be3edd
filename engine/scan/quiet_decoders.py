"""What decoders say about odd files is kept off the terminal: a photo's own result says what matters."""

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_DECODERS = r"(PIL|pillow_heif|pi_heif)\."


def quiet_decoders() -> None:
    """Ignore the warnings and log messages of Pillow and its plugins, in every thread and from now on.

    `warnings.catch_warnings` may not be used for it: it swaps a list that all threads share. A filter that stays is
    safe, but others replace the list (pytest does before each test), so every decode looks whether it is still there.
    """
    for category in (UserWarning, RuntimeWarning):
        if not any(_is_ours(entry, category) for entry in warnings.filters):
            warnings.filterwarnings("ignore", category=category, module=_DECODERS)
    logging.getLogger("PIL").setLevel(logging.CRITICAL)


def _is_ours(entry: tuple[object, ...], category: type[Warning]) -> bool:
    return entry[2] is category and getattr(entry[3], "pattern", None) == _DECODERS


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Drop what C libraries print to the process's standard error; Python's `sys.stderr` goes on where it went.

    libtiff, and the libjpeg inside LibRaw, print a line for each oddity of a damaged file and offer Python no switch.
    This changes the whole process, so it belongs around a whole command, on the main thread, and never around a single
    photo. Whatever kept the old `sys.stderr` object (a log handler, say) is silent meanwhile.
    """
    python = sys.stderr
    if python is None or not _writes_to_two(python):
        yield
        return
    python.flush()
    kept = os.dup(2)
    with os.fdopen(kept, "w", buffering=1, encoding=python.encoding, errors=python.errors) as stream:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        sys.stderr = stream
        try:
            yield
        finally:
            stream.flush()
            sys.stderr = python
            os.dup2(kept, 2)


def _writes_to_two(stream: TextIO) -> bool:
    try:
        return stream.fileno() == 2
    except (OSError, ValueError):  # a stream in memory, or closed
        return False
