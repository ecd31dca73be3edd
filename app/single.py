"""One window a library: a second start brings the first window forward."""

import hashlib
import os

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.errors import LibraryError
from engine.paths import Places

ANSWER_MS = 2_000
"""How long a second start, which has no window, waits for the first one to answer."""

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a desktop gives to a program that the user started, so that its window may come forward."""

HERE = b"here\n"


def call_first(places: Places) -> bool:
    """Ask the window that is open on this library to come forward; False where none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name_of(places))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    token = next((os.environ[name] for name in TOKENS if os.environ.get(name)), "")
    socket.write(f"{token}\n".encode())
    socket.flush()
    answered = socket.waitForReadyRead(ANSWER_MS) and bytes(socket.readAll().data()) == HERE
    socket.disconnectFromServer()
    return bool(answered)


class FirstWindow(QObject):
    """Holds the library for this window until `close`, and hears of every later start."""

    called = Signal(str)
    """Somebody started Kinfolk again; carries the desktop's token for coming forward, or nothing."""

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        """Take the library; raises LibraryError where another window has it."""
        super().__init__(parent)
        self._lock = FileLock(places.data / "window.lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            message = self.tr("The library in {folder} is in use by another window.")
            hint = self.tr("Close that one, which may be another user's or on another computer, or use --data-dir.")
            raise LibraryError(message.format(folder=places.data), hint) from None
        except OSError as error:
            message = self.tr("The data folder {folder} cannot be written: {reason}.")
            hint = self.tr("Check its permissions, or choose another one with --data-dir.")
            raise LibraryError(message.format(folder=places.data, reason=error.strerror), hint) from error
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        # With the lock in hand, a socket of this name is one that a crash left behind.
        QLocalServer.removeServer(_name_of(places))
        self._server.listen(_name_of(places))

    def close(self) -> None:
        """Let the next window have the library."""
        self._server.close()
        self._lock.release()

    def _hear(self) -> None:
        # The server owns its sockets, of which there is one a start, and ends them with itself.
        while (socket := self._server.nextPendingConnection()) is not None:
            self._callers.append(socket)
            socket.readyRead.connect(self._answer)

    def _answer(self) -> None:
        for socket in self._callers:
            if socket.canReadLine():
                token = bytes(socket.readLine().data()).decode(errors="replace").strip()
                socket.write(HERE)
                socket.flush()
                self.called.emit(token)


def _name_of(places: Places) -> str:
    digest = hashlib.sha256(os.fsencode(places.data.resolve())).hexdigest()
    return f"kinfolk-{digest[:24]}"
