"""Starts the window: the application, the library, the context; and ends them in the opposite order."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.session.context import Context
from app.shell.ending import Ending
from app.shell.faults import Faults
from app.shell.front import Front
from app.shell.menu_offer import MenuOffer
from app.shell.rescue import Way, came_of, error_box, rescued
from app.shell.screen import forget_opencv_plugins, is_looked_at, require_screen
from app.shell.single import FirstWindow, take_or_call
from app.shell.upkeep import Upkeep
from app.style.accessible import install_roles
from app.style.icon import application_icon
from app.style.language import Language
from app.style.sheet import install_sheet
from app.style.theme import SCHEME, Scheme, Theme, theme_in_use
from app.work.priorities import let_the_window_go_first, spare_what_is_loaded
from engine.cli.output import say_error
from engine.errors import KinfolkError, LibraryError
from engine.library.damage import LibraryDamagedError
from engine.library.library import Library
from engine.memory import give_back_at_once
from engine.paths import Places, default_data_dir, expanded
from engine.private_files import make_private_folder
from engine.words import fill, system_reason, told

translate = QCoreApplication.translate


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
    places: Places | None = None
    news = ""
    while True:
        try:
            places = open_places(data)
            first = take_or_call(places)
            if first is None:
                return 0
            try:
                with Library(places.library) as library:
                    code, wanted = run(application, places, library, first, news)
                if wanted is None:
                    return code
                news = came_of(wanted())
            finally:
                first.close()
        except LibraryDamagedError as error:
            say_error(error)
            if places is None or not is_looked_at(application.platformName()) or not rescued(error, places):
                return error.exit_code
        except KinfolkError as error:
            say_error(error)
            if is_looked_at(application.platformName()):
                # Ctrl-C in the terminal ends the program while the dialog stands, too.
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                error_box(error).exec()
            return error.exit_code


def run(
    application: QApplication, places: Places, library: Library, first: FirstWindow, news: str = ""
) -> tuple[int, Way | None]:
    """Show the window until it is closed; return the exit code, and the way back that the user has chosen.

    `news` is what it says at first: what came of the way back for which it was opened again.
    """
    context = Context(places, library)
    faults, ending = Faults(context), Ending(application, lambda: context.promising, library.leave)
    wanted: list[Way] = []
    try:
        theme_in_use().choose(Scheme.remembered(context.remembered.value(SCHEME)))
        front = Front(context)
        faults.found.connect(context.fail)
        faults.install()
        first.called.connect(front.come_forward)
        context.way_back_wanted.connect(wanted.append)
        context.way_back_wanted.connect(application.quit)
        front.open()
        MenuOffer(context, front.window.messages).begin()
        Upkeep(context, front).begin()
        context.begin()
        if news:
            context.told.emit(news)
        spare_what_is_loaded()
        # Qt forgets who asks it to quit before its loop runs.
        code = 0 if ending.told else application.exec()
        front.close()
        return code, next(iter(wanted), None)
    finally:
        faults.remove()
        ending.begin()
        context.shutdown()
        ending.over()


def make_application() -> QApplication:
    """Return the application with its theme and the texts of the system's language."""
    let_the_window_go_first()
    give_back_at_once()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Kinfolk")
    application.setDesktopFileName("kinfolk")
    application.setWindowIcon(application_icon())
    Theme(application)
    install_sheet(application)
    install_roles()
    Language(application)
    return application


def open_places(data: Path) -> Places:
    """Return the places, making the data folder if need be."""
    places = Places(expanded(data).absolute())
    try:
        make_private_folder(places.data)
    except OSError as error:
        message = translate("Start", "The data folder {folder} cannot be made: {reason}.")
        hint = translate("Start", "Choose another one with --data-dir.")
        raise LibraryError(fill(message, folder=places.data, reason=told(system_reason(error))), hint) from error
    return places
