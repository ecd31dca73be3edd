"""Libraries of the system that OpenCV and Qt load on Linux: which of them are missing, and the line that brings them.

It needs nothing but Python: `engine.system_setup` uses it before anything is installed.
"""

import ctypes
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from engine.errors import KinfolkError
from engine.words import counted, sentence


class Need(Enum):
    """What a library is needed for; the value stands in a sentence."""

    PHOTOS = sentence("Reading photos")
    WINDOW = sentence("A window")
    X11 = sentence("A window on X11")
    WAYLAND = sentence("A window on Wayland")


NEEDS_OF_WINDOW = (Need.PHOTOS, Need.WINDOW)
"""What a window needs wherever it is shown, offscreen too, as the tests show it."""

_MISSING = re.compile(r"(lib\S+?\.so[.\d]*): cannot open shared object file")
_MORE_OF = {"xcb": (Need.X11,), "wayland": (Need.WAYLAND,)}


@dataclass(frozen=True, slots=True)
class SystemLibrary:
    """The file that is loaded, and the packages that bring it on Debian and Ubuntu, and on Arch.

    Fedora and openSUSE know a file by its name. Names that later releases changed (libglib2.0-0t64) are still provided
    under the old one.
    """

    file: str
    need: Need
    debian: str
    arch: str


LIBRARIES = tuple(
    SystemLibrary(file, need, debian, arch)
    for need, file, debian, arch in (
        (Need.PHOTOS, "libGL.so.1", "libgl1", "libglvnd"),
        (Need.PHOTOS, "libglib-2.0.so.0", "libglib2.0-0", "glib2"),
        (Need.PHOTOS, "libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
        (Need.PHOTOS, "libxcb.so.1", "libxcb1", "libxcb"),
        (Need.PHOTOS, "libz.so.1", "zlib1g", "zlib"),
        (Need.WINDOW, "libEGL.so.1", "libegl1", "libglvnd"),
        (Need.WINDOW, "libX11.so.6", "libx11-6", "libx11"),
        (Need.WINDOW, "libbrotlicommon.so.1", "libbrotli1", "brotli"),
        (Need.WINDOW, "libbrotlidec.so.1", "libbrotli1", "brotli"),
        (Need.WINDOW, "libdbus-1.so.3", "libdbus-1-3", "dbus"),
        (Need.WINDOW, "libfontconfig.so.1", "libfontconfig1", "fontconfig"),
        (Need.WINDOW, "libfreetype.so.6", "libfreetype6", "freetype2"),
        (Need.WINDOW, "libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5"),
        (Need.WINDOW, "libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
        (Need.WINDOW, "libzstd.so.1", "libzstd1", "zstd"),
        (Need.X11, "libX11-xcb.so.1", "libx11-xcb1", "libx11"),
        (Need.X11, "libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
        (Need.X11, "libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
        (Need.X11, "libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
        (Need.X11, "libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
        (Need.X11, "libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
        (Need.X11, "libxcb-render.so.0", "libxcb-render0", "libxcb"),
        (Need.X11, "libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
        (Need.X11, "libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
        (Need.X11, "libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
        (Need.X11, "libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
        (Need.X11, "libxcb-util.so.1", "libxcb-util1", "xcb-util"),
        (Need.X11, "libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
        (Need.X11, "libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
        (Need.X11, "libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
        (Need.WAYLAND, "libwayland-client.so.0", "libwayland-client0", "wayland"),
        (Need.WAYLAND, "libwayland-cursor.so.0", "libwayland-cursor0", "wayland"),
    )
)


def _debian(library: SystemLibrary) -> str:
    return library.debian


def _arch(library: SystemLibrary) -> str:
    return library.arch


def _rpm(library: SystemLibrary) -> str:
    """Name a library as RPM packages provide it, for programs of as many bits as this one."""
    return f"{library.file}(){'(64bit)' if sys.maxsize > 2**32 else ''}"


@dataclass(frozen=True, slots=True)
class PackageManager:
    """How a system installs packages: what it calls a library, what runs before, what takes the names."""

    name: Callable[[SystemLibrary], str]
    install: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()

    def names(self, libraries: Iterable[SystemLibrary]) -> list[str]:
        """Return the packages of the libraries, each once."""
        return list(dict.fromkeys(map(self.name, libraries)))

    def commands(self, packages: Iterable[str]) -> list[list[str]]:
        """Return the commands that install the packages, with `sudo` where this user needs it."""
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        return [[*sudo, *before] for before in self.before] + [[*sudo, *self.install, *packages]]

    def line(self, packages: Iterable[str]) -> str:
        """Return the same as one line to paste."""
        return " && ".join(map(shlex.join, self.commands(packages)))


_MANAGERS = {
    "apt-get": PackageManager(
        _debian, ("apt-get", "install", "-y", "--no-install-recommends"), before=(("apt-get", "update"),)
    ),
    "dnf": PackageManager(_rpm, ("dnf", "install", "-y")),
    "zypper": PackageManager(_rpm, ("zypper", "--non-interactive", "install")),
    "pacman": PackageManager(_arch, ("pacman", "-S", "--needed", "--noconfirm")),
}


def package_manager() -> PackageManager | None:
    """Return the package manager of this system, None where it is none that is known here."""
    return next((manager for program, manager in _MANAGERS.items() if shutil.which(program)), None)


def absent(needs: Iterable[Need] = tuple(Need)) -> list[SystemLibrary]:
    """Return the libraries of these needs that cannot be loaded."""
    wanted = set(needs)
    return [library for library in LIBRARIES if library.need in wanted and not _loads(library.file)]


def platforms() -> list[str]:
    """Return the platforms that Qt tries in turn: those it was asked for, else Wayland where it runs, then X11."""
    asked = [name.split(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    return asked or (["wayland", "xcb"] if os.environ.get("WAYLAND_DISPLAY") else ["xcb"])


def needs_of_window(platform: str) -> tuple[Need, ...]:
    """Return what a window needs on one of Qt's platforms."""
    return (*NEEDS_OF_WINDOW, *_MORE_OF.get(platform, ()))


def missing_for(*needs: Need) -> KinfolkError | None:
    """Return a sentence that names everything at once that these needs lack; the last of them is what is wanted."""
    missing = absent(needs)
    return _sentence(needs[-1], [library.file for library in missing], missing) if missing else None


def missing_library(error: ImportError | OSError) -> KinfolkError | None:
    """Return a sentence for a failure to load because the system lacks libraries, None for any other failure.

    It names what else is missing for the same purpose, too: the loader stops at the first.
    """
    found = _MISSING.search(str(error))
    if not found:
        return None
    needs = needs_of_window(platforms()[0]) if _is_of_qt(error) else (Need.PHOTOS,)
    known = next((library for library in LIBRARIES if library.file == found[1]), None)
    missing = [library for library in absent(needs) if library != known] + ([known] if known else [])
    files = sorted({library.file for library in missing} | {found[1]})
    return _sentence(needs[-1], files, missing)


def _sentence(need: Need, files: list[str], libraries: list[SystemLibrary]) -> KinfolkError:
    count = len(files)
    message = counted(
        "{what} needs a library of the system that is missing: {files}.",
        "{what} needs libraries of the system that are missing: {files}.",
        count=count,
        what=need.value,
        files=", ".join(files),
    )
    manager = package_manager()
    if manager is None or not libraries:
        return KinfolkError(message, counted("Install what brings it.", "Install what brings them.", count=count))
    command = manager.line(manager.names(libraries))
    return KinfolkError(
        message, counted("Install it: {command}", "Install them: {command}", count=count, command=command)
    )


def _is_of_qt(error: ImportError | OSError) -> bool:
    return isinstance(error, ImportError) and not {"PySide6", "shiboken6"}.isdisjoint(Path(error.path or "").parts)


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
