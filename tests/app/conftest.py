"""A real window over a real library; nothing may be left over when a test ends."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.session.context import Context
from app.session.scanning import ScanOutcome
from app.shell.main_window import MainWindow
from app.shell.screen import USUAL
from app.style.accessible import install_roles
from app.style.language import Language
from app.style.sheet import install_sheet
from app.style.theme import Theme
from engine.library.library import Library
from engine.paths import Places
from tests.app.drawn import DrawnLibrary, draw_library
from tests.portraits import PEOPLE, write_photos

PLENTY_MS = 120_000
"""How long a test waits for something that takes milliseconds; a machine may be busy, and our threads are nice."""

SETTLE_MS = 120_000
"""How long the lanes may take for all that was asked for: some of it imports what groups faces."""

LOOKED_EVERY_MS = 2
"""How often it is asked whether the lanes are idle: they are within milliseconds, and `waitUntil` asks every ten."""

SCAN_MS = 400_000
"""How long a small scan may take on a busy machine, where its nice threads get a hundredth of a core."""


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with its theme and texts, as `make_application` dresses it."""
    Theme(qapp)
    install_sheet(qapp)
    install_roles()
    Language(qapp)
    return qapp


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[DrawnLibrary]:
    """Four people with 9, 6, 4 and 2 faces without names, and 3 faces of nobody."""
    made = draw_library(tmp_path / "data", tmp_path / "Holiday", (9, 6, 4, 2), unsorted=3)
    yield made
    made.library.close()


@contextmanager
def opened_context(places: Places, library: Library) -> Iterator[Context]:
    """What pages are given; none of its threads may be left over."""
    made = Context(places, library)
    # What is looked at again behind an edit comes at once, so that a test knows when it has.
    made.ground.rest.setInterval(0)
    yield made
    made.shutdown()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("kinfolk-")]
    assert not left, f"threads left over: {left}"
    made.deleteLater()


@contextmanager
def opened_window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, shown, on its first page; every widget is gone afterwards."""
    made = MainWindow(context)
    if not context.remembered.contains("window/geometry"):
        # The screen of tests has 800 × 800 pixels; pages are tried as on a usual one.
        made.resize(USUAL)
    try:
        made.begin()
        with qtbot.waitExposed(made, timeout=PLENTY_MS):
            made.show()
        yield made
    finally:
        made.close()
        made.deleteLater()


@pytest.fixture
def context(dressed: QApplication, drawn: DrawnLibrary, tmp_path: Path) -> Iterator[Context]:
    """What pages are given, over the drawn library."""
    with opened_context(Places(tmp_path / "data"), drawn.library) as made:
        yield made


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window over the drawn library."""
    with opened_window(context, qtbot) as made:
        yield made


@pytest.fixture
def empty_window(dressed: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window over a library that holds nothing."""
    places = Places(tmp_path / "data")
    places.data.mkdir()
    with (
        Library(places.library) as library,
        opened_context(places, library) as context,
        opened_window(context, qtbot) as made,
    ):
        yield made


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test after which a top-level widget, shown or hidden, or a running timer is still there."""
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    # What earlier tests loaded is searched no more: two thirds of all time went there.
    gc.freeze()
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    windows = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]
    # By their type: `isinstance` asks what is no timer for its class, and some things warn when they are asked.
    timers = [one for one in gc.get_objects() if issubclass(type(one), QTimer) and isValid(one) and one.isActive()]
    left = [f"{type(one).__name__} of {type(one.parent()).__name__}" for one in (*windows, *timers)]
    assert not left, f"left over: {left}"


@pytest.fixture
def settle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until every lane is idle and every event has arrived."""

    def idle() -> bool:
        return not context.ground.busy and not any(
            lane.busy
            for lane in (context.edits, context.reads, context.thinking, context.mapping, context.jobs, context.disks)
        )

    def quiet() -> bool:
        """Say whether what has arrived asks for nothing more: its answer may, once the events are seen to."""
        for _ in range(2):
            if context.pending or not idle():
                return False
            QApplication.processEvents()
        return idle() and not context.pending

    def wait() -> None:
        deadline = QDeadlineTimer(SETTLE_MS)
        while not quiet():
            assert not deadline.hasExpired(), "the lanes are busy for ever"
            qtbot.wait(LOOKED_EVERY_MS)

    return wait


def widget_named(root: QWidget, name: str) -> QWidget:
    """Return the visible widget of this accessible name."""
    found = [widget for widget in root.findChildren(QWidget) if widget.accessibleName() == name and widget.isVisible()]
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scans use the models that this test run has fetched."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Eight photos of two people."""
    for person in PEOPLE:
        write_photos(tmp_path / "Album", person, 4)
    return tmp_path / "Album"


@pytest.fixture
def drawings(tmp_path: Path) -> Path:
    """Many pictures without a face: a scan that lasts long enough to be paused."""
    return draw_pictures(tmp_path / "Drawings", 120)


@pytest.fixture
def few_drawings(tmp_path: Path) -> Path:
    """A few pictures without a face."""
    return draw_pictures(tmp_path / "Drawings", 4)


def draw_pictures(folder: Path, count: int) -> Path:
    """Draw so many pictures into a new folder."""
    folder.mkdir()
    for number in range(count):
        draw_picture(folder / f"drawing{number:03}.png", number)
    return folder


def draw_picture(path: Path, number: int) -> Path:
    """Draw a picture without a face; every number gives another one."""
    picture = Image.new("RGB", (640, 480), (200, 210, number % 256))
    ImageDraw.Draw(picture).line((0, number, 640, 480 - number), fill="#404040", width=5)
    picture.save(path)
    return path


def outcomes_of(context: Context) -> list[ScanOutcome]:
    """Return a list that every scan that comes to its end is added to."""
    seen: list[ScanOutcome] = []
    context.scanning.finished.connect(seen.append)
    return seen
