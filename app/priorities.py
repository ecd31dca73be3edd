"""Who goes first: what the user waits for, before what works on beside."""

import gc
import os
import sys
import threading

SWITCH_SECONDS = 0.0005
"""How long a thread may keep Python to itself while the GUI thread waits for it, as it may have to at every call that
paints something: at Python's own 5 ms, or at 1 ms, a paint beside imports takes several frames."""

NICE = 10
"""What background threads add to their niceness; the threads that they start inherit it."""


def let_the_window_go_first() -> None:
    """Have busy threads make way soon for the one that paints."""
    sys.setswitchinterval(SWITCH_SECONDS)


def work_behind() -> None:
    """Lower the priority of the thread that calls this, where the system can do that for a thread alone."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


def spare_what_is_loaded() -> None:
    """Have Python look no more for garbage among what is there now, which holds up every thread for 50 ms and longer.

    Meant for the moment after large libraries were imported: nearly all that is there then stays to the end.
    """
    gc.freeze()
