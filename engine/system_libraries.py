"""Libraries of the system that OpenCV and Qt load on Linux, and what to install where one is missing."""

import ctypes
import re
from collections.abc import Mapping

from engine.errors import KinfolkError

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
}
"""The file that is loaded → the package of Debian and Ubuntu that brings it."""

SCREEN_PACKAGES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""The same for what only a window on X11 needs."""

_MISSING = re.compile(r"(lib\S+?\.so[.\d]*): cannot open shared object file")


def absent(packages: Mapping[str, str]) -> list[str]:
    """Return those of the libraries that cannot be loaded."""
    return [name for name in packages if not _loads(name)]


def missing_for_screen() -> KinfolkError | None:
    """Return a sentence that names everything at once that a window on X11 lacks, None where nothing is missing."""
    everything = PACKAGES | SCREEN_PACKAGES
    missing = absent(everything)
    if not missing:
        return None
    install = " ".join(dict.fromkeys(everything[name] for name in missing))
    message = f"A window needs libraries of the system that are missing: {', '.join(missing)}."
    return KinfolkError(message, f"Install them: sudo apt-get install {install}")


def missing_library(error: ImportError | OSError) -> KinfolkError | None:
    """Return a sentence for a failure to load because the system lacks a library, None for any other failure."""
    found = _MISSING.search(str(error))
    if not found:
        return None
    library = found[1]
    package = (PACKAGES | SCREEN_PACKAGES).get(library)
    hint = f"Install it: sudo apt-get install {package}" if package else "Install the package that brings it."
    return KinfolkError(f"The system library {library} is missing.", hint)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
