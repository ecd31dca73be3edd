"""Progress for a person: a bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Protocol, Self

from engine.cli.output import say
from engine.progress import Progress

VERBS = {
    "walk": "Looking for photos",
    "moves": "Recognising moved photos",
    "scan": "Scanning",
    "names": "Reading names from files",
    "export": "Writing names",
    "copy": "Copying photos",
    "draw": "Looking at faces named in files",
    "cluster": "Grouping faces",
    "embed": "Embedding faces",
    "faces": "Finding faces",
    "measure": "Measuring",
    "import": "Importing",
    "learn": "Learning",
}
BAR_WIDTH = 24
"""Characters; the rest of the line is for what the bar cannot say."""

LINE_EVERY = 5.0
"""Seconds between plain lines."""


class Display(Protocol):
    """Shows reports while it is entered."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, report: Progress) -> None:
        """Show one report."""


def open_display() -> Display:
    """Return the display that fits stderr."""
    return Bar() if sys.stderr.isatty() else Lines()


class Rate:
    """Items a second since a stage began, and the seconds left."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0
        self._from = 0

    def of(self, report: Progress) -> tuple[float, float | None]:
        """Return (items a second, seconds left or None) for the report's stage."""
        now = time.monotonic()
        if report.stage != self._stage:
            self._stage, self._began, self._from = report.stage, now, report.done
        rate = (report.done - self._from) / max(now - self._began, 1e-9)
        known = report.total is not None and rate > 0
        return rate, (report.total - report.done) / rate if known and report.total is not None else None


class Lines:
    """Plain lines on stderr: one every LINE_EVERY seconds, and one when a stage ends."""

    def __init__(self) -> None:
        self._rate = Rate()
        self._unsaid: Progress | None = None
        self._said_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._say(self._unsaid)

    def show(self, report: Progress) -> None:
        """Print a line if it is time for one."""
        if self._unsaid and self._unsaid.stage != report.stage:
            self._say(self._unsaid)
        self._rate.of(report)
        self._unsaid = report
        if time.monotonic() - self._said_at >= LINE_EVERY:
            self._say(report)

    def _say(self, report: Progress | None) -> None:
        if report is not None:
            say(describe(report, *self._rate.of(report)))
            self._said_at = time.monotonic()
        self._unsaid = None


class Bar:
    """One moving line: bar, share, figures, speed, time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._live = Live(console=Console(stderr=True), refresh_per_second=8, transient=False)
        self._rate = Rate()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def show(self, report: Progress) -> None:
        """Redraw the line; rich limits how often it reaches the terminal."""
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        line = Table.grid(padding=(0, 2))
        line.add_row(
            ProgressBar(total=report.total, completed=report.done, pulse=report.total is None, width=BAR_WIDTH),
            Text(describe(report, *self._rate.of(report))),
        )
        self._live.update(line)


def describe(report: Progress, rate: float, left: float | None) -> str:
    """Return one line: what, how far, how fast, what was found, how long yet."""
    verb = VERBS.get(report.stage, report.stage)
    if report.stage == "fetch":
        parts = [report.text, f"{_megabytes(report.done)} of {_megabytes(report.total or 0)}"]
    else:
        of = f" of {report.total:,}" if report.total is not None else ""
        parts = [f"{verb} {report.text}".rstrip(), f"{report.done:,}{of}"]
        if report.stage == "scan":
            parts.append(f"{rate:.1f} photos/s")
    parts += [f"{count:,} {noun}" for noun, count in report.figures.items()]
    if left is not None and report.total and report.done < report.total:
        parts.append(f"{duration(left)} left")
    return " · ".join(parts)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def duration(seconds: float) -> str:
    """Return a time as it is said: seconds, minutes or hours."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
