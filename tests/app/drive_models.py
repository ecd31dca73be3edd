"""Drives the real window under Xvfb through models of one's own: added, used, looked at, left again.

    python tests/app/drive_models.py --photos FOLDER --model FILE --out FOLDER [--models FOLDER]

Goes the way of somebody who tries models: scan and name people, add a model by its file, see who would move, use it,
look at three pages, go back; the same with FaceNet, which is fetched from the package index; drop all vectors and make
them again; then what the page that learns says. FOLDER holds sharp photos of at least twelve people with six each, such
as `benchmarks/models_story.py` makes. Every step waits for what it should bring about. A digest of all that was said is
taken once people have names, and must be the same at the end. `--models` is a folder with the default models, which are
copied. Needs what `drive_window` needs.
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
from drive_learning import LearningTour
from drive_window import drive
from story_commands import digest

FACENET = "facenet_keras"


class ModelsTour(LearningTour):
    """The way of somebody who tries other models and goes back, and then learns."""

    def __init__(self, window: "MainWindow", photos: Path, model: Path, out: Path) -> None:  # noqa: F821 see `drive`
        super().__init__(window, photos, out)
        self.model, self.settings = model, None

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        yield from self._chapters(self._add_folder, self._name)
        before = digest(self.context.places.data)
        yield from self._chapters(self._open, self._add, self._use, self._look, self._leave)
        yield from self._chapters(self._fetch, self._use_fetched, self._leave, self._lack)
        yield from self._chapters(self._look_what_there_is, self._learn, self._keep_the_old)
        assert digest(self.context.places.data) == before, "what was said is the same"
        say("what was said is the same")

    def _open(self) -> Iterator[Condition]:
        yield from self._go_to_models()
        self.shoot("models")

    def _go_to_models(self) -> Iterator[Condition]:
        self.focus()
        press("ctrl+comma")
        yield lambda: self.here() == "settings"
        self.settings = self.window.page("settings")
        yield lambda: self.settings.models.list.topLevelItemCount() > 2
        yield after(1.0)

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
        yield lambda: self.row(self.model.stem) >= 0 and not self.context.jobs.busy
        yield after(1.0)
        self.shoot("added")

    def _fetch(self) -> Iterator[Condition]:
        yield from self._go_to_models()
        yield from self._choose(FACENET)
        click(self.settings.models.fetch_button)
        yield lambda: self.context.jobs.busy
        yield after(0.7)
        self.shoot("fetching")
        yield lambda: not self.context.jobs.busy and not self.settings.models.fetch_button.isEnabled()

    def _use(self) -> Iterator[Condition]:
        yield from self._switch(self.model.stem, "use")

    def _use_fetched(self) -> Iterator[Condition]:
        yield from self._switch(FACENET, "facenet")

    def _leave(self) -> Iterator[Condition]:
        yield from self._go_to_models()
        yield from self._switch("sface_2021dec", "back")

    def _choose(self, name: str) -> Iterator[Condition]:
        models = self.settings.models
        self.focus()
        item = models.list.topLevelItem(self.row(name))
        models.list.scrollToItem(item)
        yield after(0.3)
        rect = models.list.visualItemRect(item)
        point = models.list.viewport().mapToGlobal(rect.center())
        mouse(point.x(), point.y(), "click", "1")
        yield lambda: models.current() is not None and models.current().card.name == name

    def _switch(self, name: str, shown: str) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        yield from self._choose(name)
        models = self.settings.models
        yield models.use_button.isEnabled
        click(models.use_button)
        yield after(2.0)
        self.shoot(f"{shown}-embedding")
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

    def row(self, name: str) -> int:
        """Return the line of a model in the list, −1 where it is not there."""
        listed = self.settings.models.list
        names = [listed.topLevelItem(row).text(5) for row in range(listed.topLevelItemCount())]
        return names.index(name) if name in names else -1


def main() -> int:
    """Start an X server, then the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with the default models, else they are fetched")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as held, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        data = Path(held) / "data"
        (data / "models").mkdir(parents=True)
        for file in arguments.models.glob("*yunet*.onnx") if arguments.models else ():
            shutil.copy(file, data / "models")
        for file in arguments.models.glob("*sface*.onnx") if arguments.models else ():
            shutil.copy(file, data / "models")
        words = {"photos": arguments.photos.resolve(), "model": arguments.model.resolve(), "out": arguments.out}
        return drive(data, partial(ModelsTour, **words), arguments.scheme)


if __name__ == "__main__":
    sys.exit(main())
