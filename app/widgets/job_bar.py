"""What runs in the background: how far it is, how fast, how long still; pause and cancel. Absent when nothing runs."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from app import texts
from app.jobs import Job
from app.theme import Space
from engine.progress import Progress

SETTLED_SECONDS = 3.0
"""How long a stage must run before its speed is worth saying."""


class JobBar(QFrame):
    """Shows one job at a time."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._stage, self._since, self._first = "", 0.0, 0
        self.text, self.bar = QLabel(), QProgressBar()
        self.pause_button, self.cancel_button = QToolButton(), QToolButton()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(Space.SMALL)
        self.bar.setFixedWidth(180)
        self.cancel_button.setText("✕")
        self.cancel_button.setAccessibleName(self.tr("Stop"))
        self.cancel_button.setToolTip(self.tr("Stop; what is done stays, and the next scan goes on from there"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.addWidget(self.text, 1)
        for widget in (self.bar, self.pause_button, self.cancel_button):
            row.addWidget(widget)
        self.pause_button.clicked.connect(self._turn)
        self.cancel_button.clicked.connect(self._cancel)
        self._show_turn()
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job that is about to start."""
        self._job, self._stage = job, ""
        self.text.setText(job.title)
        self.bar.setRange(0, 0)
        job.progress.connect(self._show_progress)
        job.turned.connect(self._show_turn)
        job.ended.connect(self._end)
        self.cancel_button.setEnabled(True)
        self._show_turn()
        self.show()
        self.shown.emit()

    def _show_progress(self, progress: Progress) -> None:
        if self._job is None:
            return
        if progress.stage != self._stage:
            self._stage, self._since, self._first = progress.stage, time.monotonic(), progress.done
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
        self.text.setText("  ·  ".join([f"{self._job.title}  {self._counted(progress)}", *self._speed(progress)]))

    def _counted(self, progress: Progress) -> str:
        words = {
            "walk": self.tr("looking: {done} found"),
            "scan": self.tr("{done} of {total}"),
            "cluster": self.tr("grouping faces"),
            "fetch": self.tr("fetching models: {done} of {total} MB"),
        }
        scale = 1_000_000 if progress.stage == "fetch" else 1
        done, total = texts.number(progress.done // scale), texts.number((progress.total or 0) // scale)
        return words.get(progress.stage, progress.text).format(done=done, total=total)

    def _speed(self, progress: Progress) -> list[str]:
        seconds = time.monotonic() - self._since
        done = progress.done - self._first
        if progress.stage != "scan" or seconds < SETTLED_SECONDS or not done:
            return []
        speed = done / seconds
        parts = [self.tr("{number} photos/s").format(number=texts.number(round(speed)) if speed >= 1 else "<1")]
        if progress.total:
            parts.append(self._left((progress.total - progress.done) / speed))
        return parts

    def _left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 90:
            return self.tr("{minutes} min left").format(minutes=minutes)
        return self.tr("{hours} h left").format(hours=round(minutes / 60))

    def _turn(self) -> None:
        if self._job is not None:
            (self._job.resume if self._job.paused else self._job.pause)()

    def _show_turn(self) -> None:
        paused = self._job is not None and self._job.paused
        self.pause_button.setText("▶" if paused else "‖")
        self.pause_button.setAccessibleName(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause_button.setToolTip(self.pause_button.accessibleName())

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel_button.setEnabled(False)
            self.text.setText(self.tr("Stopping…"))
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self.hide()
