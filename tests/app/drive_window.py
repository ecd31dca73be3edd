"""Drives the real window under Xvfb with real mouse and key events, and saves a picture of every page.

    python tests/app/drive_window.py --photos FOLDER --out FOLDER [--models FOLDER] [--scheme light|dark]

Goes the way of a new user: add a folder, scan, name, merge, undo, open a person, review, search; then through the other
pages. Every step waits for what it should bring about and fails where that does not come. Needs Xvfb, xdotool and
ImageMagick's import.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PATIENCE = 180.0
SIZE = (1280, 860)
NAMES = ("Anna", "Ben", "Carla", "Dora")

Condition = Callable[[], bool]


def main() -> int:
    """Start an X server, then the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with the default models, else they are fetched")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.models:
        os.environ["KINFOLK_MODELS_DIR"] = str(arguments.models.resolve())
    with tempfile.TemporaryDirectory() as data, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        return drive(Path(data), arguments)


class screen:  # noqa: N801 used as a function
    """An X server of its own while the block runs."""

    def __enter__(self) -> None:
        read, write = os.pipe()
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size], pass_fds=[write], stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as stream:
            os.environ["DISPLAY"] = f":{stream.readline().strip()}"

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()


def drive(data: Path, arguments: argparse.Namespace) -> int:
    """Open the window and let the tour run beside its event loop."""
    from PySide6.QtCore import QTimer

    from app.application import make_application, open_places
    from app.context import Context
    from app.main_window import MainWindow
    from app.theme import DARK, LIGHT, palette_of
    from engine.library.library import Library

    application = make_application()
    # A bare X server has no scheme that could be asked for.
    application.setPalette(palette_of(DARK if arguments.scheme == "dark" else LIGHT))
    places = open_places(data)
    with Library(places.library) as library:
        context = Context(places, library)
        window = MainWindow(context)
        window.setGeometry(0, 0, *SIZE)
        window.begin()
        window.show()
        window.activateWindow()
        context.begin()
        tour = Tour(window, arguments.photos.resolve(), arguments.out)
        timer = QTimer(interval=60)
        timer.timeout.connect(tour.step)
        timer.start()
        application.exec()
        timer.stop()
        window.close()
        context.shutdown()
    return tour.code


class Tour:
    """The steps: a generator that yields what to wait for."""

    def __init__(self, window: "MainWindow", photos: Path, out: Path) -> None:  # noqa: F821 imported in `drive`
        self.window, self.context, self.photos, self.out = window, window.context, photos, out
        self.code = 1
        self._steps = self._tour()
        self._waiting: Condition = lambda: True
        self._since, self._busy = time.monotonic(), False

    def step(self) -> None:
        """Go on where what was waited for has come; called by a timer."""
        from PySide6.QtWidgets import QApplication

        if self._busy:
            return
        self._busy = True
        try:
            if self._waiting():
                self._waiting, self._since = next(self._steps), time.monotonic()
            elif time.monotonic() - self._since > PATIENCE:
                raise TimeoutError
        except StopIteration:
            self.code = 0
            QApplication.exit()
        except BaseException:
            self.shoot("failed")
            QApplication.exit(1)
            raise
        finally:
            self._busy = False

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        for part in (self._add_folder, self._name, self._merge_and_undo, self._person, self._review, self._search):
            say(part.__name__.strip("_").replace("_", " "))
            yield from part()
        yield from self._other_pages()

    def _add_folder(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        self.shoot("welcome")
        click(self.window.page("welcome").area.button)
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(0.5)
        type_text(str(self.photos))
        press("Return")
        yield lambda: self.context.scanning.job is not None
        people = self.window.page("people")
        yield lambda: len(people.model.ids) > 0 or self.context.scanning.job is None
        yield after(1.5)
        self.shoot("scanning")
        yield lambda: self.context.scanning.job is None and self.idle()
        yield after(1.0)

    def _name(self) -> Iterator[Condition]:
        people = self.window.page("people")
        yield lambda: people.naming.person is not None
        for name in NAMES:
            type_text(name)
            press("Return")
            yield after(0.4)
        press("Escape")
        yield lambda: self.idle() and set(self.names()) == set(NAMES)
        yield after(2.0)
        self.shoot("people")

    def _merge_and_undo(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        people, before = self.window.page("people"), self.people()
        drag(self.tile(len(NAMES)), self.tile(0))
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(1.5)
        self.shoot("merge")
        press("Return")
        yield lambda: self.people() == before - 1
        yield after(1.0)
        self.shoot("merged")
        self.focus()
        press("ctrl+z")
        yield lambda: self.people() == before
        yield lambda: self.idle() and len(people.model.ids) == before

    def _person(self) -> Iterator[Condition]:
        x, y = self.tile(0)
        mouse(x, y, "click", "--repeat", "2", "--delay", "60", "1")
        yield lambda: self.here() == "person"
        yield after(2.5)
        self.shoot("person")
        press("Escape")
        yield lambda: self.here() == "people"

    def _review(self) -> Iterator[Condition]:
        press("ctrl+2")
        yield lambda: self.here() == "review"
        questions = self.context.questions
        yield lambda: questions.current is not None or not questions.looking
        yield after(2.5)
        self.shoot("review")
        for key in "yns":
            press(key)
            yield after(0.8)
        yield self.idle

    def _search(self) -> Iterator[Condition]:
        press("ctrl+4")
        yield lambda: self.here() == "photos"
        yield after(2.5)
        self.shoot("photos")
        press("ctrl+f")
        yield after(0.4)
        type_text(NAMES[0])
        press("Return")
        yield after(2.0)
        self.shoot("search")
        yield self.idle
        page = self.window.page("photos")
        x, y = middle(page.grid.viewport(), page.grid.visualRect(page.grid.model().index(0, 0)).center())
        mouse(x, y, "click", "--repeat", "2", "--delay", "60", "1")
        yield lambda: self.here() == "photo"
        yield after(2.5)
        self.shoot("photo")
        press("Escape")
        yield lambda: self.here() == "photos"

    def _other_pages(self) -> Iterator[Condition]:
        for keys, page in (
            ("ctrl+3", "unsorted"),
            ("ctrl+5", "problems"),
            ("ctrl+comma", "settings"),
            ("ctrl+h", "history"),
            ("F1", "keys"),
        ):
            press(keys)
            yield lambda page=page: self.here() == page
            yield after(2.0)
            self.shoot(page)
        self.window.actions_.explorer.trigger()
        yield lambda: self.here() == "explorer"
        yield after(6.0)
        self.shoot("explorer")

    def focus(self) -> None:
        """Give the window the keyboard back, as a window manager does when a dialog closes; here is none."""
        xdotool("windowfocus", "--sync", str(int(self.window.winId())))

    def idle(self) -> bool:
        """Say whether nothing is under way."""
        context = self.context
        return not any(lane.busy for lane in (context.edits, context.reads)) and not context.pending

    def here(self) -> str:
        """Return the page that is shown."""
        place = self.context.navigator.here
        return place.page if place else ""

    def people(self) -> int:
        """Return how many people the library has."""
        from engine.library.queries import people_rows

        return len(people_rows(self.context.library))

    def names(self) -> list[str]:
        """Return the names in the library."""
        from engine.library.queries import people_names

        return list(people_names(self.context.library).values())

    def tile(self, row: int) -> tuple[int, int]:
        """Return where a person's picture is on the screen."""
        grid = self.window.page("people").grid
        rect = grid.visualRect(grid.model().index(row, 0))
        point = rect.center()
        point.setY(rect.top() + rect.width() // 2)
        return middle(grid.viewport(), point)

    def shoot(self, name: str) -> None:
        """Save a picture of the screen."""
        subprocess.run(["import", "-window", "root", str(self.out / f"{name}.png")], check=True)


def after(seconds: float) -> Condition:
    """Return what becomes true so many seconds from now."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def middle(widget: "QWidget", point: "QPoint | None" = None) -> tuple[int, int]:  # noqa: F821 imported in `drive`
    """Return a point of a widget, its middle unless told, on the screen."""
    there = widget.mapToGlobal(point or widget.rect().center())
    return there.x(), there.y()


def click(widget: "QWidget") -> None:  # noqa: F821 imported in `drive`
    """Click a widget in its middle."""
    mouse(*middle(widget), "click", "1")


def mouse(x: int, y: int, *action: str) -> None:
    """Move the pointer and do something there."""
    xdotool("mousemove", str(x), str(y), *action)


def drag(begin: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag from one point to another, as a hand does: with stops on the way."""
    words = ["mousemove", *map(str, begin), "mousedown", "1"]
    for part in range(1, 11):
        at = [round(one + (other - one) * part / 10) for one, other in zip(begin, end, strict=True)]
        words += ["mousemove", *map(str, at), "sleep", "0.05"]
    # The window must see the way while it is gone: xdotool runs beside it.
    subprocess.Popen(["xdotool", *words, "sleep", "0.3", "mouseup", "1"])


def press(keys: str) -> None:
    """Press a key with its modifiers."""
    xdotool("key", "--clearmodifiers", keys)


def type_text(text: str) -> None:
    """Type letters."""
    xdotool("type", "--delay", "15", text)


def xdotool(*words: str) -> None:
    """Send events to the X server."""
    subprocess.run(["xdotool", *words], check=True)


def say(sentence: str) -> None:
    """Tell what is tried."""
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
