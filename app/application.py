"""Starts the window: the application, the library, the context; and ends them in the opposite order."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.context import Context
from app.main_window import MainWindow
from app.theme import Theme
from engine.errors import LibraryError
from engine.library.library import Library
from engine.paths import Places, default_data_dir

TRANSLATIONS = Path(__file__).resolve().parents[1] / "resources" / "translations"


def main() -> int:
    """Open the window on the library in the data folder and return the exit code."""
    application = make_application()
    places = open_places(default_data_dir())
    with Library(places.library) as library:
        return run(application, places, library)


def run(application: QApplication, places: Places, library: Library) -> int:
    """Show the window until it is closed."""
    context = Context(places, library)
    try:
        window = MainWindow(context)
        window.begin()
        window.show()
        return application.exec()
    finally:
        context.shutdown()


def make_application() -> QApplication:
    """Return the application with its theme and the texts of the system's language."""
    # opencv-python points Qt at plugins of its own, which are not ours.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Kinfolk")
    application.setDesktopFileName("kinfolk")
    Theme(application)
    install_texts(application)
    return application


def install_texts(application: QApplication) -> None:
    """Load the texts of the system's language, and English, which has the plural forms, for what it lacks."""
    for locale in (QLocale(QLocale.Language.English), QLocale()):
        translator = QTranslator(application)
        if translator.load(locale, "kinfolk", "_", str(TRANSLATIONS)):
            application.installTranslator(translator)


def open_places(data: Path) -> Places:
    """Return the places, making the data folder if need be."""
    places = Places(data.expanduser().absolute())
    try:
        places.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The data folder {places.data} cannot be made: {error.strerror}."
        raise LibraryError(message, "Choose another one with --data-dir.") from error
    return places
