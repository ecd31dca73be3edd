"""Drives the real window under Xvfb through names: in from Picasa, three corrected, out again, read by exiftool.

    python tests/app/drive_names.py --out FOLDER [--models FOLDER]

Twenty photos of the two portraits of the tests are written beside a file of Picasa's that names each face, three of
them by the wrong name. They are scanned, brought, corrected and written beside the photos; exiftool must then read the
right name of each. At the end photos and a person are dragged into another program, which must get their files. Saves a
picture of every step. Needs Xvfb, openbox, xdotool, ImageMagick's import and exiftool.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from drive_hands import Condition, after, click, drag, middle, mouse, press, say, screen, type_text  # noqa: E402
from drive_tour import Tour  # noqa: E402
from drive_window import drive  # noqa: E402

NAMES = {"hopper": "Grace Hopper", "collins": "Eileen Collins"}
EACH, WRONG = 10, 3

DROPPED = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
class Target(QLabel):
    def dragEnterEvent(self, event):
        event.accept() if event.mimeData().hasUrls() else event.ignore()
        event.setDropAction(Qt.DropAction.CopyAction)
    def dropEvent(self, event):
        event.acceptProposedAction()
        names = [url.fileName().replace(" ", "_") for url in event.mimeData().urls()]
        with open(sys.argv[1], "a") as file:
            file.write(" ".join(names) + chr(10))
application = QApplication(sys.argv)
target = Target("another program")
target.setAcceptDrops(True)
target.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
target.setGeometry(1080, 720, 180, 110)
target.show()
application.exec()
"""
"""A program that is none of ours: what is dropped on it, it writes down, a line a drop."""


class NamesTour(Tour):
    """The walk."""

    def _tour(self) -> Iterator[Condition]:
        yield after(1.0)
        for part in (self._add_folder, self._bring, self._correct, self._write, self._drag_out):
            say(part.__name__.strip("_").replace("_", " "))
            yield from part()

    def _bring(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        from app.shell.bring_dialog import BringDialog

        press("Escape")
        self.window.acts["bring"].trigger()
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(0.5)
        dialog = self.window.findChild(BringDialog)
        click(dialog.place)
        yield after(0.3)
        type_text(str(self.photos))
        yield lambda: dialog.place.text() == str(self.photos)
        click(dialog.look)
        yield dialog.bring.isEnabled
        yield after(0.5)
        self.shoot("names brought, looked at first")
        click(dialog.bring)
        yield lambda: self.idle() and sorted(self.names()) == sorted(NAMES.values())
        yield after(2.0)
        self.shoot("named people appear")

    def _correct(self) -> Iterator[Condition]:
        """Move the three faces that Picasa gave to Grace and that are not hers."""
        from engine.library.queries import face_rows, people_names

        library = self.context.library
        grace = next(person for person, name in people_names(library).items() if name == NAMES["hopper"])
        wrong = [row.face for row in face_rows(library, grace) if row.photo.name.startswith("collins")]
        if len(wrong) != WRONG:
            raise AssertionError(f"{len(wrong)} faces came by the wrong name, not {WRONG}")
        self.context.navigator.go("person", grace)
        board = self.window.page("person").faces.board
        yield lambda: self.here() == "person" and self.idle() and len(board.grid.model().ids) == EACH + WRONG
        yield after(1.5)
        self.shoot("three are wrong")
        for number, face in enumerate(wrong):
            model = board.grid.model()
            point = board.grid.visualRect(model.index(model.row_of(face))).center()
            keys = ("keydown", "ctrl", "click", "1", "keyup", "ctrl") if number else ("click", "1")
            mouse(*middle(board.grid.viewport(), point), *keys)
            yield after(0.3)
        yield lambda: sorted(board.chosen()) == sorted(wrong)
        press("m")
        yield after(0.7)
        type_text(NAMES["collins"])
        yield after(0.5)
        press("Return")
        yield lambda: self.idle() and len(face_rows(library, grace)) == EACH
        yield after(1.0)
        self.shoot("three are right")

    def _write(self) -> Iterator[Condition]:
        from PySide6.QtWidgets import QApplication

        from app.shell.write_names_dialog import WriteNamesDialog

        self.window.acts["write_names"].trigger()
        yield lambda: QApplication.activeModalWidget() is not None
        yield after(0.5)
        self.shoot("names are written when asked")
        click(self.window.findChild(WriteNamesDialog).write)
        yield lambda: len(list(self.photos.glob("*.xmp"))) == 2 * EACH and not self.context.jobs.busy
        yield after(1.0)
        self.shoot("names are written")

    def _drag_out(self) -> Iterator[Condition]:
        """Drag two photos, then a person, into another program."""
        note = self.out / "dropped.txt"
        note.unlink(missing_ok=True)
        target = subprocess.Popen([sys.executable, "-c", DROPPED, str(note)])
        try:
            press("ctrl+4")
            grid = self.window.page("photos").grid
            yield lambda: self.here() == "photos" and self.idle() and len(grid.model().ids) == 2 * EACH
            yield after(3.0)
            grid.select_ids(grid.model().ids[:2].tolist())
            tile = middle(grid.viewport(), grid.visualRect(grid.model().index(1)).center())
            yield after(0.3)
            drag(tile, (1170, 775))
            yield lambda: note.is_file() and len(note.read_text().splitlines()) == 1
            self.shoot("photos dragged out")
            press("ctrl+1")
            yield lambda: self.here() == "people" and self.idle()
            yield after(1.5)
            drag(self.tile(0), (1170, 775))
            yield lambda: len(note.read_text().splitlines()) == 2
            yield after(0.5)
            self.shoot("a person dragged out")
        finally:
            target.terminate()
            target.wait()
        photos, person = note.read_text().splitlines()
        say(f"dropped: {len(photos.split())} photos; a person of {len(person.split())} photos")
        if len(photos.split()) != 2 or len(person.split()) != EACH:
            raise AssertionError("the other program got other files")


def main() -> int:
    """Write the photos, start an X server, let the window be driven, and let exiftool read what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with the default models, else they are fetched")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.models:
        os.environ["KINFOLK_MODELS_DIR"] = str(arguments.models.resolve())
    with tempfile.TemporaryDirectory() as scratch, screen():
        manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        photos, data = Path(scratch, "photos"), Path(scratch, "data")
        data.mkdir()
        _write_photos(photos)
        code = drive(data, partial(NamesTour, photos=photos, out=arguments.out.resolve()), "light")
        manager.terminate()
        manager.wait()
        return code or _read(photos)


def _write_photos(folder: Path) -> None:
    from engine.geometry import Box
    from tests.picasa import write_picasa
    from tests.portraits import write_photos

    face = Box(0.3, 0.25, 0.4, 0.5)
    said = {}
    for person, name in NAMES.items():
        for number, path in enumerate(write_photos(folder, person, EACH)):
            is_wrong = person == "collins" and number < WRONG
            said[path.name] = [(NAMES["hopper"] if is_wrong else name, face)]
    write_picasa(folder, said)


def _read(folder: Path) -> int:
    """Say what exiftool reads; return 1 where any name is not the right one."""
    from tests import exiftool

    right = 0
    for path in sorted(folder.glob("*.xmp")):
        read = [name for name, _ in exiftool.regions(path)]
        right += read == [NAMES[path.name.split()[0]]]
    say(f"exiftool reads the right name in {right} of {2 * EACH} sidecars")
    return int(right != 2 * EACH)


if __name__ == "__main__":
    sys.exit(main())
