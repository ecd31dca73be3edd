"""A real window over a real library; nothing may be left over when a test ends."""

import csv
import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.application import install_texts
from app.session.context import Context
from app.session.scanning import ScanOutcome
from app.shell.main_window import MainWindow
from app.style.accessible import install_roles
from app.style.theme import Theme
from engine.library.library import Library
from engine.paths import Places
from tests.app.drawn import DrawnLibrary, draw_library

PLENTY_MS = 10_000
"""How long a test waits for something that takes milliseconds; a machine may be busy."""

SCAN_MS = 120_000
"""How long a small scan may take on a busy machine."""


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with its theme and texts, as `make_application` dresses it."""
    Theme(qapp)
    install_roles()
    install_texts(qapp)
    return qapp


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[DrawnLibrary]:
    """Four people with 9, 6, 4 and 2 faces without names, and 3 faces of nobody."""
    made = draw_library(tmp_path / "data", tmp_path / "Holiday", (9, 6, 4, 2), loose=3)
    yield made
    made.library.close()


@contextmanager
def opened_context(places: Places, library: Library) -> Iterator[Context]:
    """What pages are given; none of its threads may be left over."""
    made = Context(places, library)
    yield made
    made.shutdown()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("kinfolk-")]
    assert not left, f"threads left over: {left}"
    made.deleteLater()


@contextmanager
def opened_window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, shown, on its first page; every widget is gone afterwards."""
    made = MainWindow(context)
    try:
        made.begin()
        with qtbot.waitExposed(made):
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
        return not any(
            lane.busy for lane in (context.edits, context.reads, context.thinking, context.jobs, context.disks)
        )

    def wait() -> None:
        for _ in range(3):
            qtbot.waitUntil(idle, timeout=PLENTY_MS)
            QApplication.processEvents()
        qtbot.waitUntil(lambda: not context.pending and idle(), timeout=PLENTY_MS)

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
def album(shared_data: Path, tmp_path: Path) -> Path:
    """Eight real photos of two people."""
    with (shared_data / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == "full250"]
    people: dict[str, list[str]] = {}
    for row in rows:
        people.setdefault(row["person"], []).append(row["path"])
    folder = tmp_path / "Album"
    folder.mkdir()
    for paths in [paths for paths in people.values() if len(paths) >= 4][:2]:
        for path in paths[:4]:
            shutil.copy(shared_data / path, folder)
    return folder


@pytest.fixture
def drawings(tmp_path: Path) -> Path:
    """Many pictures without a face: a scan that lasts long enough to be paused."""
    folder = tmp_path / "Drawings"
    folder.mkdir()
    for number in range(120):
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
