"""Waiting for a window and taking its time; used by the parts of `benchmarks/window.py`."""

import resource
import statistics
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE = 600.0


class Painted(QObject):
    """Notes when a widget was painted first."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 Qt's name and arguments
        """Look at the event and let it pass."""
        if event.type() == QEvent.Type.Paint and self.at is None:
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.at = self.at or time.perf_counter()


def until(true: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Run the event loop until something is true."""
    end = time.perf_counter() + patience
    while not true():
        wait(1)
        if time.perf_counter() > end:
            raise TimeoutError


def wait(milliseconds: int) -> None:
    """Let the window work; unlike QTest.qWait this lets Python's other threads run."""
    loop = QEventLoop()
    timer = QTimer(singleShot=True, interval=milliseconds, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(loop.quit)
    timer.start()
    loop.exec()


def peak_memory() -> float:
    """Return the most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def spread(seconds: list[float]) -> str:
    """Return median, 95th percentile and maximum in milliseconds."""
    ordered = sorted(1000 * one for one in seconds)
    late = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.1f} ms, 95 % under {late:.1f} ms, longest {ordered[-1]:.0f} ms"
