"""Memory that is used again, and given back."""

import gc
import sys

import pytest

from engine.memory import give_back_at_once, used_again

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told")

PHOTO = 9_000_000
"""Bytes of a decoded photo of 12 megapixels at half size."""


def fresh_pages() -> int:
    """Return how many pages the system has to clear for ten photos, one after another."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        bytearray(b"\1") * PHOTO
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_memory_of_one_photo_is_taken_by_the_next_while_many_are_read() -> None:
    give_back_at_once()
    before = fresh_pages()
    with used_again():
        during = fresh_pages()
    after = fresh_pages()

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
