"""One scan at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from engine.errors import LibraryError
from engine.private_files import private_lock
from engine.words import sentence, system_reason


class ScanRunningError(LibraryError):
    """Another process scans the library."""

    def __init__(self) -> None:
        super().__init__(sentence("Another scan of this library is running."), sentence("Wait for it, or stop it."))


@contextmanager
def only_scan(data: Path) -> Iterator[None]:
    """Let one scan at a time work on the library in this data folder, whichever process runs it.

    Two would take each other's photos for those of a scan that was killed. Raises ScanRunningError while another one
    runs.
    """
    # A workflow may be closed by another thread than the one that ran it, hence no thread-local lock.
    lock = private_lock(data / "scan.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise ScanRunningError from None
    except OSError as error:
        message = sentence(
            "The data folder {data} cannot be written: {reason}.", data=data, reason=system_reason(error)
        )
        raise LibraryError(message, sentence("Check its permissions and the space on its disk.")) from error
    try:
        yield
    finally:
        lock.release()
