"""The parts of `benchmarks/window.py`: each drives a real window and returns its figures as text."""

import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

began = time.perf_counter()

from PySide6.QtCore import Qt, QTimer  # noqa: E402 the imports themselves are timed
from PySide6.QtWidgets import QApplication, QListView, QWidget  # noqa: E402
from window_clock import Painted, peak_memory, spread, until, wait  # noqa: E402

from app.application import make_application  # noqa: E402
from app.session.context import Context  # noqa: E402
from app.session.scanning import ScanOutcome  # noqa: E402
from app.shell.main_window import MainWindow  # noqa: E402
from app.work.priorities import spare_what_is_loaded  # noqa: E402
from engine.library.library import Library  # noqa: E402
from engine.library.queries import PhotoSearch, people_rows, photo_index  # noqa: E402
from engine.paths import Places  # noqa: E402

IMPORTS = time.perf_counter() - began
HEAVY = ("torch", "hdbscan", "faiss", "insightface", "onnxruntime", "sklearn")
FRAMES = 600
WORDS = ("a", "ad", "ada", "ada b", "", "m", "mo", "mona", "")
TICK_MS = 2
SETTLED_MS = 4_000
"""Pages are imported one by one in the first seconds."""
SCAN_PATIENCE = 1_800.0
"""New faces are grouped with all that they touch: of a million, on a busy machine, that takes minutes."""
AFTERWARDS_MS = 3_000
"""What a scan brought is shown within this time."""


class Session:
    """A window over the library in a data folder."""

    def __init__(self, data: Path) -> None:
        self.began = time.perf_counter()
        self.application = make_application()
        self.library = Library(Places(data).library)
        self.context = Context(Places(data), self.library)
        self.window = MainWindow(self.context)
        painted = Painted(self.window.stack)
        self.window.resize(1280, 860)
        self.window.begin()
        self.window.show()
        self.context.begin()
        spare_what_is_loaded()
        until(lambda: painted.at is not None)
        self.first_paint = (painted.at or 0) - self.began
        self.loaded = [name for name in HEAVY if name in sys.modules]

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        began = time.perf_counter()
        self.window.close()
        self.context.shutdown()
        self.library.close()
        self.closing = time.perf_counter() - began

    def idle(self) -> bool:
        """Say whether no lane has work."""
        lanes = (self.context.reads, self.context.edits, self.context.thinking)
        return not any(lane.busy for lane in lanes) and not self.context.pending

    def start(self) -> dict[str, str]:
        """From the end of the imports to the first paint, and to the people in it."""
        page = self.window.page("people")
        until(lambda: len(page.model.ids) > 0)
        QApplication.processEvents()
        people = time.perf_counter() - self.began
        return {
            "imports": f"{IMPORTS:.2f} s",
            "first window": f"{self.first_paint:.2f} s after imports",
            "first people in it": f"{people:.2f} s after imports",
            "heavy modules before it": ", ".join(self.loaded) or "none",
        }

    def pages(self) -> dict[str, str]:
        """From asking for a page to its first paint: the first time (it is imported and made) and again."""
        person = max(people_rows(self.library), key=lambda row: row.faces).person
        early = self._visit("person", person)
        until(self.idle)
        wait(SETTLED_MS)
        places = [("people", None), ("person", person), ("review", None), ("unsorted", None), ("photos", None)]
        places += [("photo", 1), ("problems", None), ("settings", None), ("history", None), ("groups", None)]
        first: dict[str, float] = {}
        figures = {"page person, as soon as the window is there": f"{early * 1000:.0f} ms"}
        for page, subject in places:
            if page == "groups":
                figures["peak memory, all pages but groups"] = f"{peak_memory():.0f} MB"
            first[page] = self._visit(page, subject)
        again = {page: self._visit(page, subject) for page, subject in places}
        figures |= {
            f"page {page}": f"{first[page] * 1000:.0f} ms the first time, {again[page] * 1000:.0f} ms again"
            for page, _ in places
        }
        figures["slowest page"] = f"{max(*first.values(), *again.values()) * 1000:.0f} ms"
        return figures

    def _visit(self, page: str, subject: int | None) -> float:
        if self.context.navigator.here and self.context.navigator.here.page == page:
            self.context.navigator.go("keys")
            until(self.idle)
        began = time.perf_counter()
        self.context.navigator.go(page, subject)
        painted = Painted(self.window.stack.currentWidget())
        until(lambda: painted.at is not None)
        seconds = (painted.at or 0) - began
        until(self.idle)
        return seconds

    def scroll(self) -> dict[str, str]:
        """Scroll through all faces as a wheel does and in jumps, thumbnails arriving."""
        from window_grids import all_faces_grid

        return self._scrolled("grid of ours", all_faces_grid)

    def peer(self) -> dict[str, str]:
        """Do the same with Qt's own list in icon mode."""
        from window_grids import qt_list

        return self._scrolled("QListView, icon mode", qt_list)

    def _scrolled(self, name: str, make: Callable[[Context], QListView]) -> dict[str, str]:
        until(self.idle)
        began = time.perf_counter()
        view = make(self.context)
        painted = Painted(view.viewport())
        view.resize(1280, 860)
        view.show()
        until(lambda: painted.at is not None)
        shown = (painted.at or 0) - began
        steady, jumps = self._frames(view, 40), self._frames(view, 40_000)
        view.close()
        return {
            f"{name}: {view.model().rowCount():,} faces shown in": f"{shown * 1000:.0f} ms",
            f"{name}: frame while scrolling": spread(steady),
            f"{name}: frame while jumping": spread(jumps),
        }

    def _frames(self, view: QListView, step: int) -> list[float]:
        """Return the seconds that the GUI thread was busy for each frame."""
        bar, busy = view.verticalScrollBar(), []
        for _ in range(FRAMES):
            began = time.perf_counter()
            bar.setValue((bar.value() + step) % max(1, bar.maximum()))
            QApplication.processEvents()
            busy.append(time.perf_counter() - began)
            rest = 1 / 60 - busy[-1]
            wait(max(1, round(1000 * rest)))
        return busy

    def search(self) -> dict[str, str]:
        """From a letter typed, or a search begun, to what was found on the screen."""
        until(self.idle)
        page = self.window.page("people")
        until(lambda: len(page.model.ids) > 0)
        typed = [self._seconds_to_show(page, lambda words=words: page.tools.search.setText(words)) for words in WORDS]
        people = [row.person for row in people_rows(self.library) if row.name][:40]
        everything = photo_index(self.library, PhotoSearch())
        reads = []
        for one, other in pairwise(people):
            began = time.perf_counter()
            photo_index(self.library, PhotoSearch(everyone=frozenset({one}), nobody_of=frozenset({other})), everything)
            reads.append(time.perf_counter() - began)
        first = self._first_photos_of(people[0])
        shown = [self._seconds_to_show(self.window.stack, lambda who=who: self._photos_of(who)) for who in people[1:20]]
        return {
            "search names": spread(typed),
            "search photos by people (query)": spread(reads),
            "photos of a person, the first time (on the screen)": f"{first * 1000:.0f} ms",
            "photos of a person, again (on the screen)": spread(shown),
        }

    def _first_photos_of(self, person: int) -> float:
        """Return the seconds until photos are seen where no photo was read before."""
        wait(SETTLED_MS)
        began = time.perf_counter()
        self._photos_of(person)
        page = self.window.stack.currentWidget()
        until(lambda: len(page.model.ids) > 0)
        page.repaint()
        return time.perf_counter() - began

    def _photos_of(self, person: int) -> None:
        self.context.navigator.go("photos_of", person)

    def _seconds_to_show(self, widget: QWidget, do: Callable[[], None]) -> float:
        """Return the seconds until what was asked for has been read and painted."""
        until(self.idle)
        began = time.perf_counter()
        do()
        until(lambda: not self.context.reads.busy)
        widget.repaint()
        return time.perf_counter() - began

    def undo(self) -> dict[str, str]:
        """Merge the largest people and take it back."""
        from window_undo import merge_and_undo

        until(self.idle)
        return merge_and_undo(self.context, until)

    def walk(self, folder: Path, steps: Sequence[str]) -> dict[str, str]:
        """Go these stretches of a user's way through the window."""
        from window_walk import Walk

        return Walk(self).go(folder, steps)

    def scan(self, folder: Path) -> dict[str, str]:
        """Scan photos while the people page is shown; a timer of 2 ms says how long the GUI thread was away."""
        until(self.idle)
        wait(SETTLED_MS)
        until(self.idle)
        gaps: list[float] = []
        last = [time.perf_counter()]

        def tick() -> None:
            now = time.perf_counter()
            gaps.append(now - last[0] - TICK_MS / 1000)
            last[0] = now

        timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        outcomes: list[ScanOutcome] = []
        self.context.scanning.finished.connect(outcomes.append)
        last[0] = time.perf_counter()
        timer.start()
        self.context.scanning.scan([folder])
        until(lambda: bool(outcomes), SCAN_PATIENCE)
        wait(AFTERWARDS_MS)
        timer.stop()
        summary = outcomes[0].summary
        return {
            "scanned meanwhile": f"{summary.photos.new} photos at {summary.photos_per_second:.1f} photos/s, "
            f"{summary.seconds:.0f} s with grouping",
            "GUI thread away during a scan": spread(gaps),
        }
