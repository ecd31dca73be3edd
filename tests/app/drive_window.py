"""Drives the real window under Xvfb with real mouse and key events, and saves a picture of every page.

    python tests/app/drive_window.py --photos FOLDER --out FOLDER [--models FOLDER] [--scheme dark] [--language ko]

Goes the way of a new user: add a folder, scan, name, merge, undo, open a person, review, search; then through the other
pages. Every step waits for what it should bring about and fails where that does not come. Needs Xvfb, xdotool and
ImageMagick's import.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from drive_hands import SIZE, screen
from drive_tour import Tour


def main() -> int:
    """Start an X server, then the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder with the default models, else they are fetched")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", default="en", help="as the settings name it")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.models:
        os.environ["KINFOLK_MODELS_DIR"] = str(arguments.models.resolve())
    with tempfile.TemporaryDirectory() as data, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        tour = partial(Tour, photos=arguments.photos.resolve(), out=arguments.out)
        return drive(Path(data), tour, arguments.scheme, arguments.language)


def drive(
    data: Path,
    tour_of: Callable[["MainWindow"], Tour],  # noqa: F821 imported below
    scheme: str,
    language: str = "en",
) -> int:
    """Open the window over a data folder and let a tour run beside its event loop; return the exit code."""
    from PySide6.QtCore import QTimer

    from app.application import make_application, open_places
    from app.session.context import Context
    from app.shell.main_window import MainWindow
    from app.style.language import language_in_use
    from app.style.theme import Scheme, theme_in_use
    from engine.library.library import Library

    application = make_application()
    # A bare X server has no scheme that could be asked for.
    theme_in_use().choose(Scheme(scheme))
    language_in_use().choose(language)
    places = open_places(data)
    with Library(places.library) as library:
        context = Context(places, library)
        window = MainWindow(context)
        window.setGeometry(0, 0, *SIZE)
        window.begin()
        window.show()
        window.activateWindow()
        context.begin()
        tour = tour_of(window)
        timer = QTimer(interval=60)
        timer.timeout.connect(tour.step)
        timer.start()
        application.exec()
        timer.stop()
        window.close()
        context.shutdown()
    return tour.code


if __name__ == "__main__":
    sys.exit(main())
