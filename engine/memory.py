"""Giving memory back to the system."""

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LARGE = 4 << 20
"""Bytes from which a block has pages of its own."""

_M_MMAP_THRESHOLD = -3


def give_back_at_once() -> None:
    """Have the C library return blocks of `LARGE` bytes to the system when they are freed, where it can (glibc).

    It raises that limit by itself to 32 MB and keeps what is smaller: the vectors of a large library and decoded photos
    would then count for a window as long as it is open, and photos that a scan has read beside what it groups next.
    """
    set_option = _of_libc("mallopt")
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Have the C library return what it keeps of freed memory, where it can (glibc); a few milliseconds.

    After many photos have been decoded in several threads that is more than a hundred megabytes.
    """
    trim = _of_libc("malloc_trim")
    if trim is not None:
        trim(0)


@contextmanager
def many_rows() -> Iterator[None]:
    """Search for no garbage while a great many rows are read: that takes half of the time and finds none."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _of_libc(name: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
