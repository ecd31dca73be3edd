"""The end of the window: told by a signal it is heard at once, and a thread that does not end holds up nobody."""

import os
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

from app.work.deadline import Deadline

TOLD_S = 4.0
"""How long the window may take to end when the system, or a terminal, tells it to."""

CLOSED_S = 4.0
"""The same after the window was closed, but for what the user said, which is written however long that takes."""

SIGNALS = [number for number in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, number)]


class Ending(QObject):
    """Quits the application on a signal, and ends the process where its threads do not end in time."""

    def __init__(self, application: QCoreApplication, promising: Callable[[], bool], leave: Callable[[], None]) -> None:
        """`promising` says whether something that must be written still waits, `leave` puts down what can be.

        Both are called in another thread, `leave` last, when nothing is promised.
        """
        super().__init__()
        self._application, self._promising, self._leave = application, promising, leave
        self._deadline: Deadline | None = None
        self._told = False
        # Python runs its handlers when it is called next: a byte in this socket makes Qt call it.
        self._read, self._written = socket.socketpair()
        for end in (self._read, self._written):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)
        self._before = signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            signal.signal(signal.Signals[name], lambda number, _: self._tell(number))

    @property
    def told(self) -> bool:
        """Whether a signal asked for the end; before the application's loop runs, nothing else remembers that."""
        return self._told

    def begin(self) -> None:
        """Let the work that is under way end in time: the window is closed."""
        if self._deadline is None:
            self._deadline = Deadline(CLOSED_S, lambda: None if self._promising() else self._end(0))

    def over(self) -> None:
        """Note that every thread has ended."""
        if self._deadline is not None:
            self._deadline.cancel()
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._read.close()
        self._written.close()

    def _tell(self, number: int) -> None:
        self._told = True
        if self._deadline is None:
            self._deadline = Deadline(TOLD_S, lambda: self._end(128 + number))

    def _heard(self) -> None:
        self._read.recv(64)
        if self._told:
            self._application.quit()

    def _end(self, code: int) -> None:
        """End the process, whatever still runs."""
        try:
            if not self._promising():
                self._leave()
        finally:
            os._exit(code)
