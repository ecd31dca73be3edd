"""Uses the map of faces in the real window under Xvfb with a real mouse, over photos that are drawn.

    python tests/app/drive_map.py --out FOLDER [--scheme light|dark]

Draws a lasso around the faces of somebody and names them, around some of another one's and splits them off, refuses
faces, zooms by the wheel, moves the map, and takes everything back. Needs what `drive_window` needs.
"""

import argparse
import math
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from drive_hands import Condition, after, middle, mouse, press, say, screen, type_text, xdotool
from drive_tour import Tour
from drive_window import drive

GROUPS = (26, 22, 19, 15, 14, 12, 10, 9, 7, 6, 5, 4, 3)
AROUND = 14
"""Pixels between the faces and the lasso around them."""


class MapTour(Tour):
    """`groups` are the faces of everybody who is drawn."""

    def __init__(self, window: "MainWindow", groups: Sequence[Sequence[int]], out: Path) -> None:  # noqa: F821
        super().__init__(window, Path(), out)
        self.groups = groups

    @property
    def view(self) -> "MapView":  # noqa: F821 imported in `drive`
        """The map."""
        return self.window.page("groups").map.view

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        self.focus()
        press("ctrl+6")
        yield lambda: self.here() == "groups"
        panel = self.window.page("groups").map
        yield lambda: panel.map is not None and not panel.reading.busy
        yield after(3.0)
        self.shoot("map")
        for part in (self._name, self._reject, self._split, self._look_around, self._undo):
            say(part.__name__.strip("_").replace("_", " "))
            yield from part()

    def _name(self) -> Iterator[Condition]:
        yield from self._lasso(self.groups[0], "lasso")
        chosen = set(self.view.selected_ids())
        say(f"{len(chosen)} faces selected, {len(chosen & set(self.groups[0]))} of them whom it was drawn around")
        press("F2")
        yield after(0.4)
        type_text("Ada")
        press("Return")
        yield lambda: "Ada" in self.names() and self.idle()
        yield after(1.5)
        self.shoot("named")

    def _reject(self) -> Iterator[Condition]:
        before = len(self._of("Ada"))
        yield from self._lasso(self.groups[0][:3], "lasso-three")
        press("n")
        yield lambda: len(self._of("Ada")) < before and self.idle()
        yield after(1.5)
        self.shoot("rejected")

    def _split(self) -> Iterator[Condition]:
        before = self._owners()
        yield from self._lasso(self.groups[1], "lasso-split")
        press("s")
        yield lambda: self._owners() != before and self.idle()
        yield after(1.5)
        self.shoot("split")

    def _look_around(self) -> Iterator[Condition]:
        x, y = middle(self.view)
        scale = self.view.look.camera.scale
        mouse(x, y, "click", "--repeat", "6", "--delay", "60", "4")
        yield lambda: self.view.look.camera.scale > 2 * scale
        yield after(1.5)
        self.shoot("near")
        where = self.view.look.camera.x
        xdotool("mousemove", str(x), str(y), "mousedown", "1", "mousemove", str(x - 60), str(y))
        yield after(0.3)
        xdotool("mousemove", str(x - 200), str(y - 40), "mouseup", "1")
        yield lambda: self.view.look.camera.x > where
        yield after(1.0)
        self.shoot("moved")
        press("0")
        yield after(1.0)

    def _undo(self) -> Iterator[Condition]:
        for _ in range(3):
            press("ctrl+z")
            yield after(0.8)
            yield self.idle
        yield lambda: not self.names()
        yield after(4.0)
        self.shoot("undone")

    def _lasso(self, faces: Sequence[int], name: str) -> Iterator[Condition]:
        """Draw around faces with Shift and the mouse, and show it halfway."""
        spots = [self.view.place_of(self.view.scene.row_of(face)).toPoint() for face in faces]
        left, right = min(spot.x() for spot in spots), max(spot.x() for spot in spots)
        top, bottom = min(spot.y() for spot in spots), max(spot.y() for spot in spots)
        corner = self.view.mapToGlobal(self.view.rect().topLeft())
        centre = corner.x() + (left + right) / 2, corner.y() + (top + bottom) / 2
        wide, high = (right - left) / 2 * math.sqrt(2) + AROUND, (bottom - top) / 2 * math.sqrt(2) + AROUND
        turns = [2 * math.pi * part / 40 for part in range(41)]
        way = [(round(centre[0] + wide * math.cos(t)), round(centre[1] + high * math.sin(t))) for t in turns]
        xdotool("keydown", "shift", "mousemove", *map(str, way[0]), "mousedown", "1")
        for place, at in enumerate(way[1:]):
            xdotool("mousemove", *map(str, at))
            yield after(0.03)
            if place == 30:
                self.shoot(f"{name}-drawing")
        xdotool("mouseup", "1", "keyup", "shift")
        yield lambda: bool(self.view.selected_ids())
        yield after(0.8)
        self.shoot(name)

    def _owners(self) -> dict[int, int | None]:
        from engine.library.queries import face_rows

        return {row.face: row.person for row in face_rows(self.context.library)}

    def _of(self, name: str) -> list[int]:
        from engine.library.queries import people_names

        names = people_names(self.context.library)
        return [face for face, person in self._owners().items() if names.get(person or 0) == name]


def main() -> int:
    """Draw photos, start an X server, then the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        from tests.app.drawn import draw_library

        data = Path(scratch, "data")
        made = draw_library(data, Path(scratch, "Holiday"), GROUPS, unsorted=9, scale=2)
        made.library.close()
        return drive(data, partial(MapTour, groups=made.faces, out=arguments.out), arguments.scheme)


if __name__ == "__main__":
    sys.exit(main())
