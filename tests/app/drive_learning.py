"""Drives the real window under Xvfb through the page that learns: what it is worth, used or not, its history.

    python tests/app/drive_learning.py --data FOLDER --out FOLDER

FOLDER is the data folder of a library whose people have names and confirmed faces, such as `benchmarks/models_story.py`
leaves; it is copied first, without what was learnt before. Learns an adapter and keeps the old model, learns again and
applies where it gains, goes back, takes it from the history, goes back; begins to train the network and stops that. A
digest of all that was said must be the same at the end. Needs what `drive_window` needs.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from drive_hands import Condition, after, click, press, say, screen
from drive_tour import Tour
from drive_window import drive
from story_commands import digest

Part = Callable[[], Iterator[Condition]]


class LearningTour(Tour):
    """Learns from the people who were named; where nothing gains, the page says so and nothing is used."""

    named = ("Anna", "Ben", "Carla", "Dora", "Emil", "Frida", "Georg", "Hanna", "Igor", "Julia", "Karl", "Lena")

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        before = digest(self.context.places.data)
        yield from self._chapters(self._look_what_there_is, self._learn, self._keep_the_old)
        yield from self._chapters(self._learn_again, self._apply, self._go_back, self._use_again, self._go_back)
        yield from self._chapters(self._train_and_stop)
        assert digest(self.context.places.data) == before, "what was said is the same"
        say("what was said is the same")

    def _chapters(self, *parts: Part) -> Iterator[Condition]:
        for part in parts:
            say(part.__name__.strip("_").replace("_", " "))
            yield from part()

    @property
    def page(self) -> "LearnPage":  # noqa: F821 known to the window
        """The page."""
        return self.window.page("learn")

    def _look_what_there_is(self) -> Iterator[Condition]:
        self.focus()
        press("ctrl+7")
        yield lambda: self.here() == "learn"
        yield lambda: self.page.start.adapter_button.isEnabled()
        yield after(1.0)
        self.shoot("learn")

    def _learn(self) -> Iterator[Condition]:
        click(self.page.start.adapter_button)
        yield lambda: bool(self.page.start.curves.points)
        yield after(0.5)
        self.shoot("learning")
        yield self.page.verdict.isVisible
        yield after(2.0)
        self.shoot("verdict")

    def _keep_the_old(self) -> Iterator[Condition]:
        self.page.verdict.keep_button.setFocus()
        press("space")
        yield lambda: not self.page.verdict.isVisible()
        yield after(0.5)
        self.shoot("kept-the-old")
        assert self.context.embedder().name == "sface_2021dec"

    def _learn_again(self) -> Iterator[Condition]:
        self.page.start.adapter_button.setFocus()
        press("space")
        yield lambda: self.page.verdict.isVisible() and not self.context.jobs.busy
        yield after(0.5)

    def _apply(self) -> Iterator[Condition]:
        page = self.page
        if not page.verdict.apply_button.isVisible():
            say("nothing gains, so there is nothing to apply")
            return
        page.verdict.apply_button.setFocus()
        press("space")
        yield lambda: self.context.embedder().name.endswith("_mine")
        yield lambda: page.history.list.count() > 0
        yield after(1.5)
        self.shoot("applied")

    def _use_again(self) -> Iterator[Condition]:
        page = self.page
        if page.history.list.count() == 0:
            return
        yield page.history.use_button.isEnabled
        page.history.use_button.setFocus()
        press("space")
        yield lambda: self.context.embedder().name.endswith("_mine") and not self.context.jobs.busy
        yield after(0.5)

    def _train_and_stop(self) -> Iterator[Condition]:
        page = self.page
        yield page.start.network_button.isEnabled
        page.start.network_button.setFocus()
        press("space")
        yield lambda: page.job is not None
        yield after(8.0)
        self.shoot("training")
        click(page.start.stop_button)
        yield lambda: page.job is None and self.idle()
        yield after(0.5)
        self.shoot("stopped")

    def _go_back(self) -> Iterator[Condition]:
        page = self.page
        if page.history.list.count() == 0:
            return
        page.history.back_button.setFocus()
        press("space")
        yield lambda: self.context.embedder().name == "sface_2021dec"
        yield after(1.5)
        self.shoot("history")


def main() -> int:
    """Start an X server, then the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as held, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        data = Path(held) / "data"
        shutil.copytree(arguments.data, data)
        for left in (data / "models").glob("*_mine*"):
            left.unlink()
        return drive(data, partial(LearningTour, photos=data, out=arguments.out), arguments.scheme)


if __name__ == "__main__":
    sys.exit(main())
