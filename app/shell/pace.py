"""How fast work goes and how long it still takes; the time it is paused does not count."""

import time
from collections.abc import Callable

from engine.progress import Progress

SETTLED_SECONDS = 3.0
"""How long a stage must run before its speed is worth saying."""


class Pace:
    """Of one job, anew with each of its stages. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage = ""
        self._since, self._first, self._done = 0.0, 0, 0
        self._paused_at: float | None = None

    def note(self, progress: Progress) -> None:
        """Take a report."""
        if progress.stage != self._stage:
            self._stage, self._since, self._first = progress.stage, self._clock(), progress.done
        self._done = progress.done

    def pause(self) -> None:
        """Stop the clock."""
        if self._paused_at is None:
            self._paused_at = self._clock()

    def resume(self) -> None:
        """Let the clock run on."""
        if self._paused_at is not None:
            self._since += self._clock() - self._paused_at
            self._paused_at = None

    @property
    def speed(self) -> float | None:
        """How many a second since the stage began, None while that cannot be said."""
        seconds = (self._paused_at or self._clock()) - self._since
        done = self._done - self._first
        return done / seconds if done > 0 and seconds >= SETTLED_SECONDS else None
