"""Giving memory back to the system."""

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.cores import usable_cores

LARGE = 4 << 20
"""Bytes from which a block has pages of its own."""

KEPT = 32 << 20
"""The same while photos are read: the most that glibc takes, and more than 40 megapixels at half size."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8


def give_back_at_once() -> None:
    """Have the C library return blocks of `LARGE` bytes to the system when they are freed, where it can (glibc).

    It raises that limit by itself to 32 MB and keeps what is smaller: the vectors of a large library and decoded photos
    would then count for a window as long as it is open, and photos that a scan has read beside what it groups next.
    """
    _keep_below(LARGE)


@contextmanager
def used_again() -> Iterator[None]:
    """Have the memory that one photo took taken by the next, while many are read, and give it back at the end.

    The system clears fresh memory page by page: a photo of 12 megapixels takes 25 MB of it on its way from file to
    crops, which was a tenth of a scan's time. And the search for garbage passes over what was loaded before.
    """
    _keep_below(KEPT)
    # Each arena keeps memory of its own, and threads of different stages may as well share one.
    _set_option(_M_ARENA_MAX, 2 * usable_cores())
    freezes = not gc.get_freeze_count()  # the window's objects are frozen already, and stay so
    if freezes:
        gc.freeze()
    try:
        yield
    finally:
        if freezes:
            gc.unfreeze()
        give_back_at_once()
        give_back()


def _keep_below(size: int) -> None:
    """Have freed blocks kept that are smaller, and twice as much at the end of an arena."""
    _set_option(_M_MMAP_THRESHOLD, size)
    _set_option(_M_TRIM_THRESHOLD, 2 * size)


def _set_option(option: int, value: int) -> None:
    set_option = _of_libc("mallopt")
    if set_option is not None:
        set_option(option, value)


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
