"""What the window does for the library by itself, at its start and every hour."""

from PySide6.QtCore import QObject, QTimer

from app.session.context import Context
from app.work.jobs import Steps
from engine.workflows.upkeep import keep_up, let_strangers_expire

EVERY_MS = 3_600_000
"""A window may be open for days."""


class Upkeep(QObject):
    """Works on the lane of jobs, before the first scan, and tells what the user should know."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._hourly = QTimer(self, interval=EVERY_MS)
        self._hourly.timeout.connect(self._keep)

    def begin(self) -> None:
        """Say what opening the library has found, and do what is due, now and every hour."""
        for notice in self._context.library.notices:
            self._context.told.emit(notice)
        if self._context.library.writable:
            self._keep()
            self._hourly.start()

    def _keep(self) -> None:
        job = self._context.jobs.job(_due(self._context))
        job.done.connect(self._tell)
        job.failed.connect(self._context.fail)
        job.start()

    def _tell(self, told: list[str]) -> None:
        for sentence in told:
            self._context.told.emit(sentence)


def _due(context: Context) -> Steps:
    yield from ()
    told = keep_up(context.library, context.places, context.thumbs)
    return told + let_strangers_expire(context.library, context.settings)
