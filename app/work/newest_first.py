"""Work that is wanted only while it can be seen: the newest request is always next."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.work.jobs import Mailbox
from app.work.priorities import work_behind


class NewestFirst(QObject):
    """A few threads that always take the request made last; for what is wanted only while it can be seen.

    `ready` carries the key and the result, or the exception instead. At most `waiting` requests wait; beyond that the
    oldest are forgotten, to be asked for again when they are looked at again.
    """

    ready = Signal(object, object)

    def __init__(self, name: str, threads: int, waiting: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"kinfolk-{name}", initializer=work_behind)
        self._wanted: dict[Hashable, Callable[[], object]] = {}
        self._working: set[Hashable] = set()
        self._waiting = waiting
        self._changing = threading.Lock()
        self._closed = False
        self._mailbox = Mailbox(self)

    def want(self, key: Hashable, work: Callable[[], object]) -> None:
        """Ask for something; asked again, it becomes the newest."""
        with self._changing:
            if key in self._working or self._closed:
                return
            known = self._wanted.pop(key, None) is not None
            self._wanted[key] = work
            if len(self._wanted) > self._waiting:
                del self._wanted[next(iter(self._wanted))]
        if not known:
            self._pool.submit(self._take)

    def shutdown(self) -> None:
        """Forget what waits and wait for the threads to end."""
        with self._changing:
            self._closed = True
            self._wanted.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _take(self) -> None:
        """Run in a thread: do the newest request, if any is left."""
        with self._changing:
            if not self._wanted:
                return
            key, work = self._wanted.popitem()
            self._working.add(key)
        result: object
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 the job runner: the receiver shows what could not be made
            result = error
        with self._changing:
            self._working.discard(key)
        if not self._closed:
            self._mailbox.post(partial(self.ready.emit, key, result))
