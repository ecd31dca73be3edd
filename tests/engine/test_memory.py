"""Memory that is used again, and given back."""

import gc
import subprocess
import sys

import pytest

from engine.memory import used_again

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told")

PHOTO = 9_000_000
"""Bytes of a decoded photo of 12 megapixels at half size."""


FRESH_PAGES = f"""
import resource
from engine.memory import give_back_at_once, used_again

def fresh_pages():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        bytearray(b"\\1") * {PHOTO}
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

give_back_at_once()
before = fresh_pages()
with used_again():
    during = fresh_pages()
print(before, during, fresh_pages())
"""
"""Says how many pages the system has to clear for ten photos, one after another, before, during and after."""


def test_memory_of_one_photo_is_taken_by_the_next_while_many_are_read() -> None:
    # In a process of its own: what others have left free here may hold a photo.
    run = subprocess.run([sys.executable, "-c", FRESH_PAGES], capture_output=True, text=True, check=True)
    before, during, after = map(int, run.stdout.split())
    assert during * 4 < min(before, after)


def test_what_was_loaded_is_no_garbage_while_photos_are_read() -> None:
    gc.unfreeze()
    with used_again():
        assert gc.get_freeze_count() > 1000
    assert gc.get_freeze_count() == 0


def test_what_the_window_has_frozen_stays_so() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    try:
        with used_again():
            pass
        assert gc.get_freeze_count() == frozen
    finally:
        gc.unfreeze()
