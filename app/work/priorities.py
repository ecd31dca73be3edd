"""Who goes first: what the user waits for, before what works on beside."""

import gc
import os
import sys
import threading
from dataclasses import replace

from engine.settings import Settings

SWITCH_SECONDS = 0.0005
"""How long a thread may keep Python to itself while the GUI thread waits for it, as it may have to at every call that
paints something: at Python's own 5 ms, or at 1 ms, a paint beside imports takes several frames."""

NICE = 10
"""What threads for long work add to their niceness; the threads that they start inherit it."""

SOON = 5
"""What threads add whose answer somebody waits for. At full priority they would hold up the window itself: two of them
deep in SQLite take both cores, and a nicer thread that has Python just then never comes to give it back."""


def let_the_window_go_first() -> None:
    """Have busy threads make way soon for the one that paints."""
    sys.setswitchinterval(SWITCH_SECONDS)


def work_behind() -> None:
    """Let the window and what it waits for go before the thread that calls this, where the system can do that."""
    _add_niceness(NICE)


def work_soon() -> None:
    """Let the window go before the thread that calls this, but that one before long work."""
    _add_niceness(SOON)


def beside_the_window(settings: Settings) -> Settings:
    """Return the settings for a scan beside the window: half the threads a stage, where the user did not say how many.

    A scan's three stages keep all cores busy with that, too. Twice as many read hardly more photos a second, but take
    a fifth more memory, and the window waits longer for its turn.
    """
    return settings if settings.threads else replace(settings, threads=max(1, settings.workers // 2))


def _add_niceness(niceness: int) -> None:
    if sys.platform == "linux":  # elsewhere the priority is the whole process's
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


def spare_what_is_loaded() -> None:
    """Have Python look no more for garbage among what is there now, which holds up every thread for 50 ms and longer.

    Meant for the moment after large libraries were imported: nearly all that is there then stays to the end.
    """
    gc.freeze()


def spare_nothing() -> None:
    """Have Python look for garbage among everything again: much of what was spared is about to go."""
    gc.unfreeze()


def spare_what_is_left() -> None:
    """Look once through everything, and spare what is still there."""
    gc.collect()
    gc.freeze()
