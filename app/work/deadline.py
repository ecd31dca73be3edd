"""A moment at which something happens although the GUI thread waits for others by then."""

import threading
from collections.abc import Callable

AGAIN_S = 0.5


class Deadline:
    """Calls a function in a thread of its own after some seconds, and again every half second, until it is cancelled.

    The one thread of the window beside those of `jobs`: it must not wait for what it is to end.
    """

    def __init__(self, seconds: float, act: Callable[[], object]) -> None:
        self._cancelled = threading.Event()
        thread = threading.Thread(target=self._wait, args=(seconds, act), name="deadline", daemon=True)
        thread.start()

    def cancel(self) -> None:
        """Call it no more."""
        self._cancelled.set()

    def _wait(self, seconds: float, act: Callable[[], object]) -> None:
        while not self._cancelled.wait(seconds):
            act()
            seconds = AGAIN_S
