"""What `drive_window` does in the window: the way of a new user, step by step."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from drive_hands import Condition, after, click, drag, middle, mouse, press, say, type_text, xdotool

PATIENCE = 180.0
NAMES = ("Anna", "Ben", "Carla", "Dora")


class Tour:
    """The steps: a generator that yields what to wait for."""

    named = NAMES

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
        for name in self.named:
            type_text(name)
            press("Return")
            yield after(0.4)
        press("Escape")
        yield lambda: self.idle() and set(self.names()) == set(self.named)
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
        self.context.navigator.go("groups")
        yield lambda: self.here() == "groups"
        yield after(6.0)
        self.shoot("groups")

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
