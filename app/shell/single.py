"""One window a library: a second start brings the first window forward."""

import errno
import hashlib
import os
import time
from pathlib import Path

from filelock import Timeout
from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.errors import LibraryError
from engine.paths import Places
from engine.private_files import private_lock
from engine.words import fill, system_reason, told

PATIENCE_S = 5.0
"""How long a start asks again for whoever has the library: the one that took it listens at once, on a busy machine a
little later. One on another computer, or another user's, never answers."""

ANSWER_S = 30.0
"""How long a start waits for an open window to answer, which it does when it has read its library."""

AGAIN_S = 0.05
"""How long between two tries to have the library."""

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a desktop gives to a program that the user started, so that its window may come forward."""

LONGEST = 80
"""Bytes of a data folder's path: a socket's may have 107 (103 on macOS), of which Qt needs some while it makes it."""

READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}

HERE = b"here\n"


def take_or_call(places: Places) -> "FirstWindow | None":
    """Return the hold on the library, or None after the window that has it was asked to come forward.

    The lock alone decides who is first. Of several starts at once one has it; to the others it is taken a moment before
    anybody listens, and so they ask again. Raises LibraryError where the library stays taken and nobody answers.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return FirstWindow(places)
        except LibraryTakenError:
            if call_first(places):
                return None
            if time.monotonic() > until:
                raise


def call_first(places: Places) -> bool:
    """Ask the window that is open on this library to come forward; False where nobody listens, or answers in time."""
    name = _name_of(places)
    if not _is_ours(name):
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(int(ANSWER_S * 1000)):
        return False
    token = next((os.environ[name] for name in TOKENS if os.environ.get(name)), "")
    socket.write(f"{token}\n".encode())
    socket.flush()
    answered = socket.waitForReadyRead(int(ANSWER_S * 1000)) and bytes(socket.readAll().data()) == HERE
    socket.disconnectFromServer()
    return bool(answered)


class LibraryTakenError(LibraryError):
    """Another window has the library."""


class FirstWindow(QObject):
    """Holds the library for this window until `close`, and hears of every later start."""

    called = Signal(str)
    """Somebody started Kinfolk again; carries the desktop's token for coming forward, or nothing."""

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        """Take the library; raises LibraryTakenError where another window has it."""
        super().__init__(parent)
        self._lock = private_lock(places.data / "window.lock")
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        try:
            self._lock.acquire(timeout=AGAIN_S, poll_interval=AGAIN_S)
        except Timeout:
            message = self.tr("The library in {folder} is in use by another window.")
            hint = self.tr("Close that one, which may be another user's or on another computer, or use --data-dir.")
            raise LibraryTakenError(fill(message, folder=places.data), hint) from None
        except OSError as error:
            # On a read-only disk no window can write, so that none is in another's way.
            if error.errno in READ_ONLY and places.library.exists():
                return
            message = self.tr("The data folder {folder} cannot be written: {reason}.")
            hint = self.tr("Check its permissions, or choose another one with --data-dir.")
            raise LibraryError(fill(message, folder=places.data, reason=told(system_reason(error))), hint) from error
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
    """Return where the window listens: in the data folder, which nobody else may enter.

    A path that is too long for a socket, and Windows, take a name of the user's own instead.
    """
    data = places.data.resolve()
    if os.name == "posix" and len(os.fsencode(data)) <= LONGEST:
        return str(data / "window.sock")
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:24]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"{runtime}/kinfolk-{digest}" if os.name == "posix" and runtime else f"kinfolk-{digest}"


def _is_ours(name: str) -> bool:
    """Say whether a socket was made by this user: in a folder for everybody another may have taken the name."""
    path = Path(name) if Path(name).is_absolute() else Path(QDir.tempPath()) / name
    try:
        return os.name != "posix" or path.stat().st_uid == os.geteuid()
    except OSError:
        return False
