"""What nobody expected: caught wherever it happens, and described without anything of the user's in it."""

import platform
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Signal

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("app", "engine", "trainer")


class Faults(QObject):
    """While installed, hands every exception that reaches the top of a thread to `found`, on the GUI thread."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Callable[[], None] | None = None

    def install(self) -> None:
        """Stand at the top of every thread."""
        main, others = sys.excepthook, threading.excepthook

        def put_back() -> None:
            sys.excepthook, threading.excepthook = main, others

        self._before = put_back
        sys.excepthook = self._take
        threading.excepthook = self._take_thread

    def remove(self) -> None:
        """Leave the places to who stood there before."""
        if self._before is not None:
            self._before()
            self._before = None

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.found.emit(error.with_traceback(trace))

    def _take_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.found.emit(happened.exc_value)


def describe(error: BaseException) -> str:
    """Return what a report needs: versions, the type, and our own lines on the way. No message: it may hold names."""
    return "\n".join([versions(), "", *_chain(error)])


def versions() -> str:
    """Return the versions of what runs, without the machine's name."""
    return (
        f"Kinfolk {version('kinfolk')}, Python {platform.python_version()}, PySide6 {pyside_version}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )


def _chain(error: BaseException) -> Iterator[str]:
    """Yield a line for each exception, the one that arrived first, and below it the lines of our code it passed."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield type(at).__name__ if at is error else f"after {type(at).__name__}"
        yield from _frames(at.__traceback__)
        at = at.__cause__ or at.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(PROJECT) and path.relative_to(PROJECT).parts[0] in OURS:
            yield f"  {path.relative_to(PROJECT).as_posix()}:{line} in {frame.f_code.co_name}"
