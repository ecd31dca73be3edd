"""A way through the window as a user goes it, step by step: how long the window did not answer meanwhile."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_clock import PATIENCE, until, wait

from app.grid.grid_view import GridView

if TYPE_CHECKING:
    from window_parts import Session

TICK_MS = 2
WHEEL, FRAMES = 60, 120
"""Pixels that a frame scrolls, and frames a page."""
FRAME_MS = 16
REST_MS = 300
FEW = 24
"""Photos that are scanned on the way."""
ALL = Qt.KeyboardModifier.ControlModifier


class Absence:
    """A timer of 2 ms on the GUI thread: how long nothing else could be done there, by the clock and of a processor."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []
        self.last = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """Count from now on."""
        self.gaps, self.last = [], (time.perf_counter(), time.thread_time())

    def _tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.gaps.append((now[0] - self.last[0] - TICK_MS / 1000, now[1] - self.last[1]))
        self.last = now

    def longest(self) -> str:
        """Return the longest time away in milliseconds, and the most of a processor between two ticks."""
        clock, processor = (max(kind, default=0.0) * 1000 for kind in zip(*self.gaps, strict=True))
        return f"away {clock:.0f} ms at most ({processor:.0f} of a processor)"


class Walk:
    """Goes the way in a session's window; each step is a line of `figures`."""

    def __init__(self, session: "Session") -> None:
        self.session, self.context, self.window = session, session.context, session.window
        self.figures: dict[str, str] = {}
        self.absence = Absence()
        self.told = self.shown_at = 0.0
        self.context.changed.connect(self._note_told)

    def _note_told(self, _changes: object) -> None:
        self.told, self.shown_at = time.perf_counter(), 0.0

    def go(self, fresh: Path, steps: Sequence[str]) -> dict[str, str]:
        """Go stretches of the way; `fresh` is a folder with photos that the library does not know."""
        self.window.activateWindow()
        for step in steps:
            if step == "scan":
                self.scan(fresh)
            else:
                getattr(self, step)()
        return self.figures

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note how long what is in the block took until all lanes rest, and how long the window was away."""
        self.absence.begin()
        self.told = self.shown_at = 0.0
        began = time.perf_counter()
        yield
        until(self.seen_all, PATIENCE)
        took = time.perf_counter() - began - REST_MS / 1000
        shown = f"shown after {self.shown_at - began:.2f} s, " if self.shown_at else ""
        self.figures[f"walk: {name}"] = f"{self.absence.longest()}; {shown}all done after {took:.2f} s"

    def seen_all(self) -> bool:
        """Say whether nothing that somebody waits for is under way, and was not for a moment.

        What was told last is shown when what is seen has been read again; its edit may still make a copy.
        """
        if self.told and not self.shown_at and not (self.context.reads.busy or self.context.pending):
            self.shown_at = time.perf_counter()
        if not self.quiet():
            return False
        wait(REST_MS)
        return self.quiet()

    def quiet(self) -> bool:
        """Say whether nothing that somebody waits for is under way."""
        return not (self.context.reads.busy or self.context.edits.busy or self.context.pending)

    def shown(self, page: str, subject: int | None = None) -> QWidget:
        """Go to a page and return it once it was painted."""
        self.context.navigator.go(page, subject)
        QApplication.processEvents()
        return self.window.stack.currentWidget()

    def people(self) -> None:
        """Look at everybody."""
        with self.step("everybody read"):
            until(lambda: len(self.window.page("people").model.ids) > 0)
        grid = self.window.page("people").grid
        self.scroll("people", grid)
        with self.step("everybody selected"):
            QTest.keyClick(grid, Qt.Key.Key_A, ALL)
        with self.step("selected no more"):
            QTest.keyClick(grid, Qt.Key.Key_Escape)
        for letter in ("m", "o", "n"):
            with self.step(f"people: “{letter}” typed"):
                QTest.keyClick(QApplication.focusWidget() or grid, letter)
        with self.step("people: the search ended"):
            QTest.keyClick(QApplication.focusWidget() or grid, Qt.Key.Key_Escape)

    def person(self) -> None:
        """Open the largest person, select all, go back."""
        rows = self.window.page("people").model
        largest = max((rows.person(int(one)) for one in rows.ids), key=lambda row: row.faces)
        with self.step(f"a person of {largest.faces:,} faces opened"):
            page = self.shown("person", largest.person)
            until(lambda: len(page.faces.model.ids) > 0)
        self.whole_grid("their faces", page.faces.board.grid)
        with self.step("back to people"):
            self.context.navigator.back()

    def photos(self) -> None:
        """Look at all photos, jump to the end, search for two names."""
        with self.step("photos opened"):
            page = self.shown("photos")
            until(lambda: len(page.model.ids) > 0, PATIENCE)
        self.whole_grid(f"{len(page.model.ids):,} photos", page.grid)
        with self.step("a photo opened"):
            QTest.keyClick(page.grid, Qt.Key.Key_Return)
        for _ in range(3):
            with self.step("the next photo"):
                QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Right)
        with self.step("back to photos"):
            self.context.navigator.back()
        until(lambda: page.search.known.complete, PATIENCE)
        people = self.window.page("people").model
        names = [people.person(person).name for person in people.groups.named[:2]]
        page.begin_search()
        for letter in names[0][:3]:
            with self.step(f"photos: “{letter}” typed"):
                QTest.keyClick(page.search.field, letter)
        page.search.field.setText(", ".join(names))
        with self.step("photos of two people found"):
            QTest.keyClick(page.search.field, Qt.Key.Key_Return)
        with self.step("photos: the search ended"):
            page.escape()

    def review(self) -> None:
        """Wait for a question and answer it."""
        with self.step("review opened"):
            self.shown("review")
        with self.step("questions found"):
            until(lambda: not self.context.questions.looking, PATIENCE)
        for key in ("Y", "N"):
            with self.step(f"a question answered with {key}"):
                QTest.keyClick(self.window.stack.currentWidget(), key)
        with self.step("the machine has looked again"):
            until(lambda: not self.context.ground.busy and not self.context.thinking.busy, PATIENCE)

    def unsorted(self) -> None:
        """Look at nobody's faces."""
        with self.step("unsorted opened"):
            page = self.shown("unsorted")
            until(lambda: len(page.model.ids) > 0, PATIENCE)
        with self.step("unsorted grouped"):
            until(lambda: not self.context.thinking.busy, PATIENCE)
        self.whole_grid(f"{len(page.model.ids):,} unsorted faces", page.board.grid)

    def name(self) -> None:
        """Name somebody, merge forty people, and take both back; the machine looks at that still when all is closed."""
        page = self.window.page("people")
        with self.step("a field for a name opened"):
            page.begin_naming()
        for letter in "Ada":
            with self.step(f"naming: “{letter}” typed"):
                QTest.keyClick(QApplication.focusWidget() or page, letter)
        with self.step("the name given"):
            QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Return)
        with self.step("no more names"):
            QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
        people = sorted((page.model.person(int(one)) for one in page.model.ids), key=lambda row: -row.faces)[:40]
        with self.step(f"{len(people)} people with {sum(row.faces for row in people):,} faces made one"):
            self.context.operations.merge(people[0].person, [row.person for row in people[1:]])
        for what in ("the merge", "the name"):
            with self.step(f"{what} taken back"):
                self.context.operations.undo()

    def scan(self, fresh: Path) -> None:
        """Scan a few of these photos while people are shown."""
        few = fresh.with_name("few new photos")
        few.mkdir(exist_ok=True)
        for path in sorted(fresh.iterdir())[:FEW]:
            with suppress(FileExistsError):
                (few / path.name).hardlink_to(path)
        with self.step("back at people"):
            self.shown("people")
        outcomes: list[object] = []
        self.context.scanning.finished.connect(outcomes.append)
        with self.step("a folder scanned"):
            self.context.scanning.scan([few])
            until(lambda: bool(outcomes), PATIENCE)

    def whole_grid(self, what: str, grid: GridView) -> None:
        """Scroll, go to the end, select everything and nothing."""
        self.scroll(what, grid)
        grid.setFocus()
        with self.step(f"{what}: the end"):
            QTest.keyClick(grid, Qt.Key.Key_End)
        with self.step(f"{what}: selected from end to start"):
            QTest.keyClick(grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
        with self.step(f"{what}: all selected"):
            QTest.keyClick(grid, Qt.Key.Key_A, ALL)
        with self.step(f"{what}: one more step with all selected"):
            QTest.keyClick(grid, Qt.Key.Key_PageDown, ALL)
        with self.step(f"{what}: nothing selected"):
            grid.clearSelection()

    def scroll(self, what: str, grid: GridView) -> None:
        """Scroll as a wheel does, and in jumps through the whole."""
        bar = grid.verticalScrollBar()
        for how, by in (("scrolling", WHEEL), ("jumping", max(WHEEL, bar.maximum() // 50))):
            clock, processor = [], []
            for _ in range(FRAMES):
                began = time.perf_counter(), time.thread_time()
                bar.setValue((bar.value() + by) % max(1, bar.maximum()))
                QCoreApplication.processEvents()
                clock.append(time.perf_counter() - began[0])
                processor.append(time.thread_time() - began[1])
                wait(max(1, round(FRAME_MS - 1000 * clock[-1])))
            self.figures[f"walk: {what}, {how}"] = f"{late(clock)} by the clock, {late(processor)} of a processor"


def late(seconds: list[float]) -> str:
    """Return the 95th percentile and the maximum in milliseconds."""
    ordered = sorted(1000 * one for one in seconds)
    return f"95 % under {ordered[int(0.95 * len(ordered))]:.1f} ms, longest {ordered[-1]:.0f} ms"
