"""Saves pictures of the window over photos that are drawn, for the README: nobody's face is in them.

QT_QPA_PLATFORM=offscreen python tests/app/picture_pages.py OUT
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from app.application import make_application
from app.session.context import Context
from app.shell.main_window import MainWindow
from engine.library.clusters import Assignments, assign_faces
from engine.paths import Places
from tests.app.drawn import draw_library, name_people

SIZE = (1100, 720)
GROUPS = (26, 22, 19, 15, 14, 12, 10, 9, 7, 6, 5, 4, 3)
NAMES = ("Ada", "Bo", "Cleo", "Dora", "Emil")
PATIENCE_MS = 2_500


def main(out: Path) -> None:
    """Make the library, show the pages and save them."""
    out.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch, "data")
        made = draw_library(data, Path(scratch, "Holiday"), GROUPS, unsorted=9, scale=4)
        assign_faces(made.library, Assignments(groups=[made.faces[0][20:]]))
        name_people(made, *NAMES)
        context = Context(Places(data), made.library)
        window = MainWindow(context)
        window.resize(*SIZE)
        window.begin()
        window.show()
        for page, subject in (
            ("people", None),
            ("person", made.people[0]),
            ("photo", made.photos[1]),
            ("review", None),
        ):
            context.navigator.go(page, subject)
            wait(PATIENCE_MS)
            window.grab().save(str(out / f"{page}.png"))
        window.close()
        context.shutdown()
        made.library.close()
    del application


def wait(milliseconds: int) -> None:
    """Let the window work; unlike QTest.qWait this lets Python's other threads run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
