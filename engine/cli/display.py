"""Progress for a person: a bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Protocol, Self

from engine.cli.output import say
from engine.progress import Progress
from engine.words import Sentence, counted, fill, sentence, told

STAGES = {
    "walk": sentence("Looking for photos"),
    "moves": sentence("Recognising moved photos"),
    "scan": sentence("Scanning"),
    "names": sentence("Reading names from files"),
    "export": sentence("Writing names"),
    "copy": sentence("Copying photos"),
    "draw": sentence("Looking at faces named in files"),
    "cluster": sentence("Grouping faces"),
    "embed": sentence("Preparing faces for comparison"),
    "faces": sentence("Finding faces"),
    "measure": sentence("Measuring"),
    "import": sentence("Importing"),
    "quantise": sentence("Making eight-bit numbers"),
    "learn": sentence("Learning"),
    "erase": sentence("Erasing"),
    "train": sentence("Training"),
    "estimate": sentence("Estimating intervals"),
    "align": sentence("Aligning faces"),
    "crops": sentence("Looking at crops"),
    "compare": sentence("Looking for duplicates"),
}
IN_PERCENT = frozenset({"learn"})
"""Stages that report hundredths."""

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
    """Return one line in the language in use: what, how far, how fast, what was found, how long yet."""
    parts: list[str] = [report.text, _of_bytes(report)] if report.stage == "fetch" else _parts(report)
    if report.stage == "scan":
        parts.append(speed(rate))
    parts += [_figure(noun, count) for noun, count in report.figures.items()]
    if left is not None and report.total and report.done < report.total:
        parts.append(sentence("{time} left", time=duration(left)))
    return " · ".join(told(part) for part in parts if part)


def _parts(report: Progress) -> list[str]:
    """Return what is done, on what, and how far it is."""
    return [STAGES.get(report.stage, report.stage), report.text, _how_far(report)]


def _how_far(report: Progress) -> str:
    if report.total is None:
        return fill("{done:,}", done=report.done)
    if report.stage in IN_PERCENT:
        return fill("{share:.0%}", share=report.done / max(report.total, 1))
    return sentence("{done:,} of {total:,}", done=report.done, total=report.total)


def _of_bytes(report: Progress) -> Sentence:
    return sentence("{done:.1f} MB of {total:.1f} MB", done=report.done / 1e6, total=(report.total or 0) / 1e6)


def _figure(noun: str, count: int) -> str:
    """Return a figure of a report, by its name there."""
    match noun:
        case "faces":
            return counted("{count:,} face", "{count:,} faces", count=count)
        case "photos":
            return counted("{count:,} photo", "{count:,} photos", count=count)
        case "problems":
            return counted("{count:,} problem", "{count:,} problems", count=count)
        case "copied":
            return sentence("{count:,} copied", count=count)
        case "written":
            return sentence("{count:,} written", count=count)
        case "waiting":
            return sentence("{count:,} waiting", count=count)
    return f"{count:,} {noun}"


def speed(rate: float) -> str:
    """Return how many photos a second, or how long one takes where that is longer; nothing where none was read."""
    if rate <= 0:
        return ""
    if rate >= 1:
        return sentence("{rate:.1f} photos/s", rate=rate)
    return sentence("1 photo in {time}", time=duration(1 / rate))


def duration(seconds: float) -> Sentence:
    """Return a time as it is said: seconds, minutes or hours."""
    if seconds < 90:
        return sentence("{time:.0f} s", time=seconds)
    if seconds < 5400:
        return sentence("{time:.0f} min", time=seconds / 60)
    return sentence("{time:.1f} h", time=seconds / 3600)
