"""The end of the window: told by a signal it is heard at once, and a thread that does not end holds up nobody."""

import os
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

from app.work.deadline import Deadline

TOLD_S = 4.0
"""How long the window may take to end when the system, or a terminal, tells it to."""

CLOSED_S = 5.0
"""How long scans and reads may take to end after the window was closed; what the user said is written in any case."""

SIGNALS = [number for number in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, number)]


class Ending(QObject):
    """Quits the application on a signal, and ends the process where its threads do not end in time."""

    def __init__(self, application: QCoreApplication, promising: Callable[[], bool]) -> None:
        """`promising` says whether something that must be written still waits; it is asked in another thread."""
        super().__init__()
        self._application, self._promising = application, promising
        self._deadline: Deadline | None = None
        # Python runs its handlers when it is called next: a byte in this socket makes Qt call it.
        self._read, self._written = socket.socketpair()
        for end in (self._read, self._written):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: self._read.recv(64))
        self._before = signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            signal.signal(signal.Signals[name], lambda number, _: self._quit(number))

    def begin(self) -> None:
        """Let the work that is under way end in time: the window is closed."""
        if self._deadline is None:
            self._deadline = Deadline(CLOSED_S, lambda: None if self._promising() else os._exit(0))

    def over(self) -> None:
        """Note that every thread has ended."""
        if self._deadline is not None:
            self._deadline.cancel()
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._read.close()
        self._written.close()

    def _quit(self, number: int) -> None:
        if self._deadline is None:
            self._deadline = Deadline(TOLD_S, lambda: os._exit(128 + number))
        self._application.quit()
