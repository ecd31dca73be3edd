"""What is built into the whole program, and what is not."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from engine.system_libraries import LIBRARIES, NEEDS_OF_WINDOW
from resources.packaging.build import EXTRAS, PROJECT
from resources.packaging.elf import needed

IDENTIFIER = "local.kinfolk.kinfolk"
"""As in resources/desktop: there is no domain yet whose name could stand here."""

INSTEAD = {"pillow-heif": "pi-heif"}
"""What is built in instead of what an installer takes: without the encoder x265, which is under the GPL."""

RESOURCES = (
    ("LICENSE", "."),
    ("resources/__init__.py", "resources"),
    *((f"resources/{name}", f"resources/{name}") for name in ("desktop", "icons", "models", "translations")),
)
"""Files of the project, and the folder of the program in which they lie."""

WHOLE = ("app", "engine", "trainer", "imagecodecs", "openTSNE", "pi_heif")
"""Packages of which every module goes along, since some are named in strings only."""

WITH_LIBRARIES = ("openvino", "imagecodecs")
"""Packages that load libraries which no module is linked with."""

LEFT_OUT = [
    "torch", "matplotlib", "tensorboardX", "h5py", "onnxscript",  # the extra `train`
    "pillow_heif",
    "openvino_telemetry",
    "tkinter", "IPython", "pytest", "pip", "setuptools", "pkg_resources", "_distutils_hack",
]  # fmt: skip

SENDING = "openvino-telemetry"
"""Needed by name only: it reports use, and the engine keeps it from being imported, too."""

Need = tuple[str, tuple[str, ...]]
"""The name of a distribution and the extras that are wanted of it."""

_UNWANTED = re.compile(
    r"openvino/libs/libopenvino_(paddle|pytorch|tensorflow|tensorflow_lite|jax)_frontend"  # only ONNX is read
    r"|cv2/qt/|PySide6/Qt/qml/|PySide6/Qt/plugins/"
    r"(sqldrivers|qmltooling|designer|vectorimageformats|networkinformation|egldeviceintegrations|generic)/"
    r"|plugins/platforms/libq(eglfs|linuxfb|vnc|vkkhrdisplay|minimalegl)"
    r"|PySide6/Qt/translations/(?!qtbase_)|(^|/)tests?/|resources/translations/.*\.(po|md)$"
)


def is_wanted(target: str) -> bool:
    """Say whether a file goes along that PyInstaller found, by its path in the program."""
    return not _UNWANTED.search(target.replace("\\", "/"))


SYSTEMS = frozenset(
    {library.file for library in LIBRARIES if library.need in NEEDS_OF_WINDOW}
    | {"libstdc++.so.6", "libgcc_s.so.1", "libX11-xcb.so.1"}
) - {"libxkbcommon.so.0"}
"""What every desktop has and its graphics, fonts and themes are made for: another version would stand in their way. But
libxkbcommon-x11, which many lack, goes along and knows the insides of the libxkbcommon that it was built with."""

_THEME = "libqgtk3.so"
"""Qt's part that asks GTK for the looks of GNOME: it loads the system's GTK, or nothing where there is none."""

Entry = tuple[str, str, str]
"""What PyInstaller collects: the path in the program, the path here, the kind."""


def is_of_system(entry: Entry) -> bool:
    """Say whether a file comes from the system, neither from Python nor from one of its packages."""
    path = Path(entry[1])
    return path.is_absolute() and _pythons().isdisjoint(path.resolve().parents)


@cache
def _pythons() -> frozenset[Path]:
    """Return the folders of Python and its packages; a Python of the system's shares its prefix with everything."""
    prefixes = {sys.prefix, sys.base_prefix} - {"/usr", "/"}
    return frozenset(Path(folder).resolve() for folder in (*prefixes, *filter(None, sys.path)))


def without_system(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out the libraries that every desktop has, and those of the system that nothing else needs (Linux)."""
    rest = list(entries)
    kept = [entry for entry in rest if not is_of_system(entry)]
    waiting = [entry for entry in kept if not entry[0].endswith(_THEME)]
    libraries = {Path(entry[0]).name: entry for entry in rest if is_of_system(entry)}
    while waiting:
        source = Path(waiting.pop()[1])
        for name in needed(source) if source.is_absolute() else ():  # a link within the program is not
            if name not in SYSTEMS and (found := libraries.pop(name, None)):
                kept.append(found)
                waiting.append(found)
    return kept


def project(tool: str = "") -> dict[str, Any]:
    """Return what pyproject.toml says of the project, or to a tool."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        said = tomllib.load(file)
    found: dict[str, Any] = said["tool"][tool] if tool else said["project"]
    return found


def distributions(extras: tuple[str, ...] = EXTRAS) -> list[str]:
    """Return the names of all distributions that Kinfolk with these extras needs on this system, sorted.

    Raises PackageNotFoundError for one that is needed and not installed.
    """
    seen: set[Need] = set()
    waiting: list[Need] = [("kinfolk", extras)]
    while waiting:
        if (need := waiting.pop()) not in seen:
            seen.add(need)
            waiting += _needs(*need)
    return sorted({INSTEAD.get(name, name) for name, _ in seen if name != SENDING})


def _needs(name: str, extras: tuple[str, ...]) -> Iterator[Need]:
    for line in distribution(name).requires or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield re.sub(r"[-_.]+", "-", need.name).lower(), tuple(need.extras)
