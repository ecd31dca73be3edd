"""Saves a picture of every page over photos that are drawn, three of them for the README: nobody's face is in them.

QT_QPA_PLATFORM=offscreen python tests/app/picture_pages.py OUT [--scheme light|dark] [--size 1100x720] [--patience 8]
    [--pages NAME…] [--language en|ko|de] [--text 2]

Korean needs a font that has it (Debian: apt-get install fonts-noto-cjk).
"""

import argparse
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from app.application import make_application
from app.session.context import Context
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from app.style.language import language_in_use
from app.style.theme import Scheme, theme_in_use
from engine.library.clusters import Assignments, assign_faces
from engine.paths import Places
from engine.words.catalogue import ENGLISH, languages
from tests.app.drawn import draw_library, name_people

GROUPS = (26, 22, 19, 15, 14, 12, 10, 9, 7, 6, 5, 4, 3)
NAMES = ("Ada", "Bo", "Cleo", "Dora", "Emil")
PATIENCE_MS = 8_000


def main() -> None:
    """Make the library, show the pages and save them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1100x720", help="width and height of the window")
    parser.add_argument("--language", choices=tuple(languages()), default=ENGLISH)
    parser.add_argument("--text", type=float, default=1, help="how many times larger than usual text is")
    parser.add_argument("--patience", type=float, default=PATIENCE_MS / 1000, help="seconds without a new picture")
    parser.add_argument("--pages", nargs="*", help="only these, by the names of `app/shell/pages.py`")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    application = make_application()
    theme_in_use().choose(Scheme(arguments.scheme))
    language_in_use().choose(arguments.language)
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * arguments.text)
    application.setFont(font)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch, "data")
        made = draw_library(data, Path(scratch, "Holiday"), GROUPS, unsorted=9, scale=4)
        assign_faces(made.library, Assignments(groups=[made.faces[0][20:]]))
        name_people(made, *NAMES)
        context = Context(Places(data), made.library)
        window = MainWindow(context)
        window.resize(*map(int, arguments.size.split("x")))
        window.begin()
        window.show()
        subjects = {"person": made.people[0], "photos_of": made.people[0], "photo": made.photos[1]}
        for page in arguments.pages or ("people", *(name for name in PAGES if name != "people")):
            context.navigator.go(page, subjects.get(page))
            wait_for_pictures(context, round(arguments.patience * 1000))
            window.grab().save(str(out / f"{page}.png"))
        window.close()
        context.shutdown()
        made.library.close()
    del application


def wait_for_pictures(context: Context, patience_ms: int = PATIENCE_MS) -> None:
    """Let the window work until no picture has come for a while."""
    loop, quiet = QEventLoop(), QTimer(singleShot=True, interval=patience_ms)
    quiet.timeout.connect(loop.quit)
    for arrived in (context.pictures.arrived, context.photo_images.arrived):
        arrived.connect(lambda *_: quiet.start())  # what arrives must not be taken for an interval
    quiet.start()
    loop.exec()


if __name__ == "__main__":
    main()
