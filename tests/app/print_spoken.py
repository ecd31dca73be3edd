"""Prints what a screen reader finds on every page, over photos that are drawn; what lacks a name or a value is marked.

QT_QPA_PLATFORM=offscreen python tests/app/print_spoken.py OUT [--pages NAME…]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from app.application import make_application
from app.session.context import Context
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from engine.library.clusters import Assignments, assign_faces
from engine.library.library import Library
from engine.paths import Places
from tests.app.drawn import draw_library, name_people
from tests.app.picture_pages import GROUPS, NAMES, wait_for_pictures
from tests.app.spoken import SPOKEN, VALUED, spoken


def main() -> int:
    """Write a file a page; return how many things lack what they should say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", nargs="*", help="only these, by the names of `app/shell/pages.py`")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    application = make_application()
    silent = 0
    with tempfile.TemporaryDirectory() as scratch, Library(Places(Path(scratch)).library) as library:
        context = Context(Places(Path(scratch)), library)
        window = opened(context)
        wait_for_pictures(context, 1_500)
        silent += write(window, arguments.out / "welcome.txt")
        window.close()
        context.shutdown()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch, "data")
        made = draw_library(data, Path(scratch, "Holiday"), GROUPS, unsorted=9, scale=1)
        assign_faces(made.library, Assignments(groups=[made.faces[0][20:]]))
        name_people(made, *NAMES)
        context = Context(Places(data), made.library)
        window = opened(context)
        subjects = {"person": made.people[0], "photos_of": made.people[0], "photo": made.photos[1]}
        for page in arguments.pages or (page for page in PAGES if page != "welcome"):
            context.navigator.go(page, subjects.get(page))
            wait_for_pictures(context, 1_500)
            silent += write(window, arguments.out / f"{page}.txt")
        window.close()
        context.shutdown()
        made.library.close()
    del application
    return silent


def opened(context: Context) -> MainWindow:
    """Return a window as it is opened."""
    window = MainWindow(context)
    window.resize(1100, 720)
    window.begin()
    window.show()
    return window


def write(window: MainWindow, path: Path) -> int:
    """Write what is spoken; return how much of it is silent."""
    lines, silent = [], 0
    for one in spoken(window):
        lacks = (one.role in SPOKEN and not one.name) or (one.role in VALUED and not one.value)
        silent += lacks
        lines.append(f"{one}{'   <-- SILENT' if lacks else ''}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path.stem}: {len(lines)} things, {silent} silent\n")
    return silent


if __name__ == "__main__":
    sys.exit(min(main(), 1))
