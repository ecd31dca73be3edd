"""Starts the window: the application, the library, the context; and ends them in the opposite order."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from app.session.context import Context
from app.shell.faults import Faults
from app.shell.main_window import MainWindow
from app.shell.screen import forget_opencv_plugins, is_looked_at, require_screen
from app.shell.single import FirstWindow, take_or_call
from app.style.accessible import install_roles
from app.style.theme import Theme
from app.work.priorities import let_the_window_go_first, spare_what_is_loaded
from engine.cli.output import say_error
from engine.errors import KinfolkError, LibraryError
from engine.library.library import Library
from engine.memory import give_back_at_once
from engine.paths import Places, default_data_dir, expanded

translate = QCoreApplication.translate

TRANSLATIONS = Path(__file__).resolve().parents[1] / "resources" / "translations"


def main() -> int:
    """Open the window on the library in the data folder and return the exit code.

    Raises KinfolkError where there is no screen.
    """
    forget_opencv_plugins()
    require_screen()
    return start(make_application(), default_data_dir())


def start(application: QApplication, data: Path) -> int:
    """Show the window, or bring the open one forward.

    What hinders that is said in the terminal and, where there is a screen, in a dialog.
    """
    try:
        places = open_places(data)
        first = take_or_call(places)
        if first is None:
            return 0
        try:
            with Library(places.library) as library:
                return run(application, places, library, first)
        finally:
            first.close()
    except KinfolkError as error:
        say_error(error)
        if is_looked_at(application.platformName()):
            # Ctrl-C in the terminal ends the program while the dialog stands, too.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            start_error(error).exec()
        return error.exit_code


def run(application: QApplication, places: Places, library: Library, first: FirstWindow) -> int:
    """Show the window until it is closed."""
    context = Context(places, library)
    faults = Faults(context)
    try:
        window = MainWindow(context)
        faults.found.connect(context.fail)
        faults.install()
        first.called.connect(window.come_forward)
        for ending in (signal.SIGINT, signal.SIGTERM):
            # Python looks at signals when one of our timers calls it, which is every two seconds.
            signal.signal(ending, lambda *_: application.quit())
        window.begin()
        window.show()
        context.begin()
        spare_what_is_loaded()
        return application.exec()
    finally:
        faults.remove()
        context.shutdown()


def make_application() -> QApplication:
    """Return the application with its theme and the texts of the system's language."""
    let_the_window_go_first()
    give_back_at_once()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Kinfolk")
    application.setDesktopFileName("kinfolk")
    Theme(application)
    install_roles()
    install_texts(application)
    return application


def start_error(error: KinfolkError) -> QMessageBox:
    """Return the dialog that says why there will be no window."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Kinfolk", error.message)
    box.setInformativeText(error.hint)
    return box


def install_texts(application: QApplication, folder: Path = TRANSLATIONS) -> None:
    """Load the texts of the system's language, and English, which has the plural forms, for what it lacks.

    Where there are texts in the system's language, those of Qt's own buttons are loaded, too.
    """
    _install(application, QLocale(QLocale.Language.English), "kinfolk", str(TRANSLATIONS))
    if QLocale().language() != QLocale.Language.English and _install(application, QLocale(), "kinfolk", str(folder)):
        _install(application, QLocale(), "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def _install(application: QApplication, locale: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(application)
    return translator.load(locale, name, "_", folder) and application.installTranslator(translator)


def open_places(data: Path) -> Places:
    """Return the places, making the data folder if need be."""
    places = Places(expanded(data).absolute())
    try:
        places.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = translate("Start", "The data folder {folder} cannot be made: {reason}.")
        hint = translate("Start", "Choose another one with --data-dir.")
        raise LibraryError(message.format(folder=places.data, reason=error.strerror), hint) from error
    return places
