"""Drives the real window under Xvfb through a model of one's own: added, used, looked at, left again.

    python tests/app/drive_models.py --data FOLDER --model FILE --out FOLDER

FOLDER is the data folder of a library whose people have names, such as `benchmarks/models_story.py` makes; it is copied
first. Every step waits for what it should bring about. A digest of all that was said must be the same at the end. Needs
what `drive_window` needs.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from drive_hands import Condition, after, click, mouse, press, say, screen, type_text
from drive_tour import Tour
from drive_window import drive
from story_commands import digest


class ModelsTour(Tour):
    """The way of somebody who tries another model and goes back."""

    def __init__(self, window: "MainWindow", model: Path, out: Path) -> None:  # noqa: F821 imported in `drive`
        super().__init__(window, model.parent, out)
        self.model, self.settings = model, None

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        before = digest(self.context.places.data)
        for part in (self._open, self._add, self._use, self._look, self._leave, self._lack):
            say(part.__name__.strip("_"))
            yield from part()
        assert digest(self.context.places.data) == before, "what was said is the same"
        say("what was said is the same")

    def _open(self) -> Iterator[Condition]:
        press("ctrl+comma")
        yield lambda: self.here() == "settings"
        self.settings = self.window.page("settings")
        yield lambda: self.settings.models.list.topLevelItemCount() > 2
        yield after(1.0)
        self.shoot("models")

    def _add(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        click(self.settings.models.add_button)
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(0.5)
        type_text(str(self.model))
        press("Return")
        yield lambda: self.context.jobs.busy
        yield after(2.0)
        self.shoot("adding")
        yield lambda: self.row(self.name) >= 0 and not self.context.jobs.busy
        yield after(1.0)
        self.shoot("added")

    def _use(self) -> Iterator[Condition]:
        yield from self._switch(self.name, "use")

    def _leave(self) -> Iterator[Condition]:
        press("ctrl+comma")
        yield lambda: self.here() == "settings"
        yield from self._switch("sface_2021dec", "back")

    def _switch(self, name: str, shown: str) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        models = self.settings.models
        self.focus()
        item = models.list.topLevelItem(self.row(name))
        models.list.scrollToItem(item)
        yield after(0.3)
        rect = models.list.visualItemRect(item)
        point = models.list.viewport().mapToGlobal(rect.center())
        mouse(point.x(), point.y(), "click", "1")
        yield models.use_button.isEnabled
        click(models.use_button)
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(0.6)
        self.shoot(f"{shown}-question")
        click(QApplication.activeModalWidget().go)
        yield lambda: self.context.embedder().name == name
        yield after(1.5)
        self.focus()
        self.shoot(f"{shown}-done")

    def _look(self) -> Iterator[Condition]:
        for keys, page in (("ctrl+1", "people"), ("ctrl+2", "review"), ("ctrl+3", "unsorted")):
            press(keys)
            yield lambda page=page: self.here() == page
            yield after(3.0)
            self.shoot(f"with-{page}")

    def _lack(self) -> Iterator[Condition]:
        from engine.library.models import forget_vectors

        forget_vectors(self.context.library, self.context.embedder().name)
        press("ctrl+1")
        yield lambda: self.here() == "people" and self.window.lacking.isVisible()
        yield after(0.5)
        self.shoot("lacking")
        click(self.window.lacking.button)
        yield lambda: not self.window.lacking.isVisible() and not self.context.jobs.busy
        yield after(1.0)
        self.shoot("made")

    @property
    def name(self) -> str:
        """The name that the imported model gets."""
        return self.model.stem

    def row(self, name: str) -> int:
        """Return the line of a model in the list, −1 where it is not there."""
        listed = self.settings.models.list
        names = [listed.topLevelItem(row).text(5) for row in range(listed.topLevelItemCount())]
        return names.index(name) if name in names else -1


def main() -> int:
    """Start an X server, then the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as held, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        data = Path(held) / "data"
        shutil.copytree(arguments.data, data)
        for left in (data / "models").glob(f"{arguments.model.stem}*"):
            left.unlink()
        return drive(data, partial(ModelsTour, model=arguments.model.resolve(), out=arguments.out), "light")


if __name__ == "__main__":
    sys.exit(main())
