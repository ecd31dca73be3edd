"""What runs in the background: how far it is, how fast, how long still; pause and stop. Absent when nothing runs."""

import math
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from app.shell.pace import Pace
from app.style import texts
from app.style.icons import icon
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from app.work.jobs import Job
from app.work.while_there import while_there
from engine.progress import Progress
from engine.words import fill

BAR_WIDTH = 180
MEGABYTE = 1_000_000
PLAIN_SPEED = 10
"""A second, from which on tenths say nothing."""


class JobBar(QFrame):
    """Shows the job that was started first; those that wait for it follow."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._pace = Pace()
        self.text, self.next, self.bar = Label(), Label(), QProgressBar()
        self.pause_button, self.cancel_button = QToolButton(), QToolButton()
        # A long title is cut off by the window, and does not make the window wider.
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(Space.SMALL)
        self.bar.setFixedWidth(BAR_WIDTH)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button.setIcon(icon("x"))
        self.cancel_button.setAccessibleName(self.tr("Stop"))
        self.cancel_button.setToolTip(self.tr("Stop; what is done stays, and the next time goes on from there"))
        self.next.setTextFormat(Qt.TextFormat.PlainText)
        set_hint_colour(self.next)
        self.pause_button.setShortcut(QKeySequence("Ctrl+P"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.addWidget(self.text, 1)
        for widget in (self.next, self.bar, self.pause_button, self.cancel_button):
            row.addWidget(widget)
        for button in (self.pause_button, self.cancel_button):
            button.setAutoRaise(True)
        self.pause_button.clicked.connect(self._turn)
        self.cancel_button.clicked.connect(self._cancel)
        self.hide()

    @property
    def job(self) -> Job | None:
        """The job that is shown."""
        return self._jobs[0] if self._jobs else None

    def follow(self, job: Job) -> None:
        """Show a job that is about to start, as soon as it is its turn; one without a title is nothing to look at."""
        if not job.title:
            return
        self._jobs.append(job)
        job.progress.connect(while_there(self, partial(self._show_progress, job)))
        job.paused_changed.connect(self._show_paused)
        job.ended.connect(while_there(self, partial(self._end, job)))
        self._show_next()
        if job is self.job:
            self._begin(job)

    def _show_next(self) -> None:
        """Say what waits for its turn."""
        waiting = self._jobs[1:]
        self.next.setText(fill(self.tr("Then: {title}"), title=waiting[0].title) if waiting else "")
        self.next.setVisible(bool(waiting))

    def _begin(self, job: Job) -> None:
        self._pace = Pace()
        for button in (self.pause_button, self.cancel_button):
            button.setVisible(not job.promised)
        self._say(job.title)
        self.bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self._show_paused()
        self.show()
        self.shown.emit()

    def _show_progress(self, job: Job, progress: Progress) -> None:
        if job is not self.job or not self.cancel_button.isEnabled():
            return
        self._pace.note(progress)
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
        if not job.paused:
            self._say("  ·  ".join([f"{job.title}  {self._counted(progress)}", *self._speed(progress)]))

    def _counted(self, progress: Progress) -> str:
        words = {
            "walk": self.tr("looking: {done} found"),
            "moves": self.tr("comparing {done} of {total} that may have moved"),
            "scan": self.tr("{done} of {total}"),
            "cluster": self.tr("grouping faces"),
            "names": self.tr("reading names: {done} of {total}"),
            "export": self.tr("writing names: {done} of {total}"),
            "copy": self.tr("copying photos: {done} of {total}"),
            "draw": self.tr("looking at named faces: {done} of {total}"),
            "fetch": self.tr("fetching models: {done} of {total} MB"),
            "erase": self.tr("one moment"),
            "embed": self.tr("{done} of {total}"),
            "learn": self.tr("{done} %") if progress.total else self.tr("looking at what there is"),
            "import": self.tr("looking at {file}"),
            "measure": self.tr("measuring: {done} of {total}"),
            "crops": self.tr("looking at faces: {done} of {total}"),
            "quantise": self.tr("making and measuring {file}"),
        }
        scale = MEGABYTE if progress.stage == "fetch" else 1
        done, total = texts.number(progress.done // scale), texts.number(-(-(progress.total or 0) // scale))
        return fill(words.get(progress.stage, texts.told(progress.text)), done=done, total=total, file=progress.text)

    def _speed(self, progress: Progress) -> list[str]:
        """Say how fast and how long, where photos or faces are read for long enough to know."""
        speed = self._pace.speed if progress.stage in ("scan", "embed") else None
        if speed is None:
            return []
        parts = [self.pace_words(speed, photos=progress.stage == "scan")]
        if progress.total:
            parts.append(texts.time_left((progress.total - progress.done) / speed))
        if progress.figures.get("problems"):
            parts.append(texts.problems(progress.figures["problems"]))
        return parts

    def pace_words(self, speed: float, *, photos: bool) -> str:
        """Say how many a second; where one takes longer than that, how long it takes."""
        if speed < 1:
            one = self.tr("1 photo in {seconds} s") if photos else self.tr("1 face in {seconds} s")
            return fill(one, seconds=texts.number(math.ceil(1 / speed)))
        number = texts.decimal(speed, 1) if speed < PLAIN_SPEED else texts.number(round(speed))
        return fill(self.tr("{number} photos/s") if photos else self.tr("{number} faces/s"), number=number)

    def _turn(self) -> None:
        if self.job is not None:
            (self.job.resume if self.job.paused else self.job.pause)()

    def _show_paused(self) -> None:
        paused = self.job is not None and self.job.paused
        (self._pace.pause if paused else self._pace.resume)()
        self.pause_button.setIcon(icon("play" if paused else "pause"))
        self.pause_button.setAccessibleName(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause_button.setToolTip(texts.plain_tip(self.pause_button.accessibleName()))
        self.pause_button.setShortcut(QKeySequence("Ctrl+P"))
        if paused and self.job is not None:
            self._say(fill(self.tr("{title}  ·  paused"), title=self.job.title))

    def _cancel(self) -> None:
        if self.job is not None:
            self.cancel_button.setEnabled(False)
            self._say(self.tr("Stopping…"))
            self.job.cancel()

    def _say(self, text: str) -> None:
        self.text.setText(text)
        self.text.setToolTip(texts.plain_tip(text))

    def _end(self, job: Job) -> None:
        shown = job is self.job
        self._jobs.remove(job)
        self._show_next()
        if not self._jobs:
            self.hide()
        elif shown:
            self._begin(self._jobs[0])
