"""Whether a window can be opened here at all, and how large: where it cannot, Qt ends the process without a word."""

import ctypes
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSize

from engine.errors import KinfolkError
from engine.system_libraries import missing_for, needs_of_window, platforms
from engine.words import sentence

UNSEEN = ("offscreen", "minimal", "minimalegl")
"""Platforms of Qt that paint where nobody looks; a dialog there would wait for ever."""

USUAL = QSize(1180, 780)
"""How large the window is at first where the screen has room, without its frame."""

FRAME = QSize(8, 40)
"""Room for a frame and its title, which nobody knows before the window is shown."""

# These sentences are the command line's, like the engine's: there is no application yet that could translate them.
COMMAND_LINE = sentence("Start it on a desktop, or work on the command line: kinfolk --help.")


def require_screen() -> None:
    """Raise a KinfolkError that says what is missing: a screen, or libraries of the system on the way to it."""
    if sys.platform != "linux":
        return
    # Qt goes on to the next where it cannot use one; the first is the one to be mended.
    failures = [failure for platform in platforms() if (failure := _failure(platform))]
    if len(failures) == len(platforms()):
        raise failures[0]


def is_looked_at(platform: str) -> bool:
    """Say whether a person can see, and answer, what is shown on this platform of Qt."""
    return platform not in UNSEEN


def first_size(room: QSize) -> QSize:
    """Return how large the window is at first on a screen with so much room, so that its foot is in sight."""
    return USUAL.boundedTo(room - FRAME)


def forget_opencv_plugins() -> None:
    """Take back that opencv-python, when it is imported, points Qt and every program started later at its own files."""
    for variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in Path(os.environ.get(variable, "")).parts:
            del os.environ[variable]


def _failure(platform: str) -> KinfolkError | None:
    """Return why Qt could not use this platform, None where it can."""
    if platform == "xcb" and not os.environ.get("DISPLAY"):
        return KinfolkError(sentence("There is no screen to open a window on."), COMMAND_LINE)
    plugin = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / f"libq{platform}.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        spoken = missing_for(*needs_of_window(platform))
        return spoken or KinfolkError(sentence("Qt cannot use this screen: {reason}.", reason=str(error)), COMMAND_LINE)
    if platform == "xcb" and not _answers():
        return KinfolkError(
            sentence("The screen {screen} does not answer.", screen=os.environ["DISPLAY"]), COMMAND_LINE
        )
    return None


def _answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken
