"""Goes the way of a new user in the real window under Xvfb with the keyboard alone, and counts the steps of each task.

    python tests/app/drive_keys.py --photos FOLDER --out FOLDER [--models FOLDER] [--scheme light|dark]

Scans, names ten people, confirms fifteen faces, merges two people, removes one face, searches for two people, sets a
crowd aside, undoes that, and writes names beside the photos, which should be copies: files are put among them. A step
is a key with its modifiers, or a name that is typed. No event of a mouse is ever sent. Needs what `drive_window` needs.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from drive_hands import Condition, after, press, say, screen, type_text
from drive_tour import Tour
from drive_window import drive

NAMES = ("Anna", "Ben", "Carla", "Dora", "Emil", "Finn", "Gesa", "Hugo", "Ida", "Jan")
CONFIRMED = 15


class KeyTour(Tour):
    """The steps of each task are in `steps` afterwards."""

    def __init__(self, window: "MainWindow", photos: Path, out: Path) -> None:  # noqa: F821 imported in `drive`
        super().__init__(window, photos, out)
        self.steps: dict[str, list[str]] = {}
        self._task = ""

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        self.focus()
        yield after(0.5)
        tasks: dict[str, Callable[[], Iterator[Condition]]] = {
            "scan": self._scan,
            "name ten people": self._name_ten,
            f"confirm {CONFIRMED} faces": self._confirm,
            "merge two people": self._merge_two,
            "remove one face": self._remove_one,
            "search for A and B": self._search_both,
            "set a crowd aside": self._set_aside,
            "undo that": self._undo,
            "write the names": self._export,
        }
        for self._task, part in tasks.items():
            say(self._task)
            yield from part()
            yield self.idle
            yield after(1.2)
            self.shoot(self._task.replace(" ", "-"))
        for task, steps in self.steps.items():
            sys.stdout.write(f"| {task} | {len(steps)} | {', '.join(steps)} |\n")

    def key(self, keys: str) -> None:
        """Press a key."""
        self.steps.setdefault(self._task, []).append(keys)
        press(keys)

    def write(self, name: str) -> None:
        """Type a name."""
        self.steps.setdefault(self._task, []).append(f"“{name}”")
        type_text(name)

    def _scan(self) -> Iterator[Condition]:
        self.shoot("welcome")
        self.key("Return")
        yield lambda: self.context.scanning.job is not None
        yield lambda: self.context.scanning.job is None and self.idle()

    def _name_ten(self) -> Iterator[Condition]:
        people = self.window.page("people")
        if people.naming.person is None:
            self.key("ctrl+n")
        yield lambda: people.naming.person is not None
        for name in NAMES:
            self.write(name)
            self.key("Return")
            yield after(0.5)
        self.key("Escape")
        yield lambda: self.idle() and set(self.names()) == set(NAMES)

    def _confirm(self) -> Iterator[Condition]:
        questions, before = self.context.questions, self.said_faces()
        self.key("ctrl+2")
        yield lambda: self.here() == "review"
        yield lambda: questions.current is not None or not questions.looking
        yield after(1.5)
        self.shoot("question")
        while questions.current is not None and self.said_faces() < before + CONFIRMED:
            asked = questions.current
            self.key("y")
            yield lambda asked=asked: questions.current is not asked and self.idle()
            yield lambda: questions.current is not None or not questions.looking
        say(f"{self.said_faces() - before} faces confirmed")

    def _merge_two(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        people, before = self.window.page("people"), self.people()
        self.key("ctrl+1")
        yield lambda: self.here() == "people"
        yield after(0.5)
        self.key("Home")
        self.key("shift+Right")
        yield lambda: len(people.commands.chosen()) == 2
        self.key("m")
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(1.0)
        self.shoot("merging")
        self.key("Return")
        yield lambda: self.people() == before - 1
        self.focus()

    def _remove_one(self) -> Iterator[Condition]:
        before = self.refused()
        self.key("Home")
        self.key("Return")
        yield lambda: self.here() == "person"
        yield after(1.0)
        grid = self.window.page("person").faces.board.grid
        self.key("Right")
        yield lambda: len(grid.selected_ids()) == 1
        self.key("n")
        yield lambda: self.refused() == before + 1

    def _search_both(self) -> Iterator[Condition]:
        page = self.window.page("photos")
        self.key("ctrl+4")
        yield lambda: self.here() == "photos"
        yield after(1.0)
        # The first letter goes from the photos to the field.
        self.write(", ".join(sorted(self.names())[:2]))
        self.key("Return")
        yield lambda: len(page.search.search.everyone) == 2

    def _set_aside(self) -> Iterator[Condition]:
        grid = self.window.page("unsorted").grid
        self.key("ctrl+3")
        yield lambda: self.here() == "unsorted"
        yield after(1.5)
        self.key("ctrl+a")
        yield lambda: len(grid.selected_ids()) > 0
        say(f"{len(grid.selected_ids())} faces")
        self.key("i")
        yield lambda: self.aside() > 0

    def _undo(self) -> Iterator[Condition]:
        self.key("ctrl+z")
        yield lambda: self.aside() == 0

    def _export(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        self.key("alt+p")
        yield lambda: QApplication.activePopupWidget() is not None
        menu = QApplication.activePopupWidget()
        wanted = self.window.acts["write_names"]
        while menu.activeAction() is not wanted:
            self.key("Down")
            yield after(0.2)
        self.key("Return")
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(0.5)
        self.shoot("writing")
        self.key("Return")
        yield lambda: any(self.photos.rglob("*.xmp"))
        self.focus()

    def said_faces(self) -> int:
        """Return how many faces somebody gave to a person."""
        from sqlalchemy import text

        with self.context.library.read() as connection:
            return int(connection.scalar(text("SELECT count(*) FROM faces WHERE source = 'USER'")) or 0)

    def refused(self) -> int:
        """Return how many faces were said not to be somebody."""
        from sqlalchemy import text

        with self.context.library.read() as connection:
            return int(connection.scalar(text("SELECT count(*) FROM rejections")) or 0)

    def aside(self) -> int:
        """Return how many faces were set aside."""
        from engine.library.queries import ignored_face_rows

        return len(ignored_face_rows(self.context.library))


def main() -> int:
    """Start an X server, then the window in this process; the photos are the user's pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with the default models, else they are fetched")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.models:
        os.environ["KINFOLK_MODELS_DIR"] = str(arguments.models.resolve())
    photos = arguments.photos.resolve()
    with tempfile.TemporaryDirectory() as scratch, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        os.environ["XDG_CONFIG_HOME"] = scratch
        Path(scratch, "user-dirs.dirs").write_text(f'XDG_PICTURES_DIR="{photos}"\n')
        tour = partial(KeyTour, photos=photos, out=arguments.out)
        return drive(Path(scratch, "data"), tour, arguments.scheme)


if __name__ == "__main__":
    sys.exit(main())
