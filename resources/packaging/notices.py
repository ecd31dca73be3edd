"""The licences of everything that is built into the whole program, collected as it is built.

Of Python's packages the texts lie in their wheels; the few that carry none are named here. Libraries of the system that
PyInstaller took along have them where Debian and its kin keep them.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from resources.packaging.build import PROJECT
from resources.packaging.bundled import Entry, distributions, is_of_system

FOLDER = "licences"
_OURS = Path(__file__).resolve().parent / "licences"
_TEXT = re.compile(r"(licen[cs]e|copying|notice|thirdpartynotices|authors)[^/]*$", re.IGNORECASE)
_CODE = {".py", ".pyc", ".so", ".pyd", ".dll", ".pyi"}

MORE_TEXTS = {
    "flatbuffers": (PROJECT / "LICENSE",),
    "insightface": (_OURS / "insightface.txt",),
    "pi-heif": (_OURS / "LGPL-3.0.txt", _OURS / "GPL-3.0.txt"),
    "pyside6-essentials": (_OURS / "LGPL-3.0.txt", _OURS / "GPL-3.0.txt"),
    "shiboken6": (_OURS / "LGPL-3.0.txt", _OURS / "GPL-3.0.txt"),
}
"""Distributions whose wheels do not carry all of their licence's text, and where it is."""

HEAD = """\
Kinfolk is under the Apache License 2.0 (LICENSE). This program also holds the works of others listed here, whose
licences lie beside this list. Qt and PySide6 are used under the GNU Lesser General Public License 3: they are the
separate files in _internal/PySide6 and _internal/shiboken6, which may be replaced by other builds of the same version;
their sources are at https://download.qt.io/official_releases (QtForPython, qt). Where the sources of other libraries
under that licence are, their texts say.
"""


class NoLicenceError(Exception):
    """Something would go along whose licence cannot be passed on with it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A work of others: what it is called, under which licence it says it is, and the licence's whole text."""

    name: str
    version: str
    licence: str
    text: str

    @property
    def file(self) -> str:
        """The name of the file that has the text."""
        return f"{self.name}.txt"


def write(folder: Path, binaries: Iterable[Entry]) -> list[Entry]:
    """Write a list of all notices and a file for each, and return them as PyInstaller's entries of data.

    Raises NoLicenceError.
    """
    found = [*map(of_distribution, [*distributions(), "pyinstaller"]), of_python()]
    found += of_system(Path(entry[1]).resolve() for entry in binaries if is_of_system(entry))
    place = folder / FOLDER
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for notice in found:
        (place / notice.file).write_text(notice.text, encoding="utf-8")
    lines = [f"{notice.name} {notice.version}: {notice.licence} ({FOLDER}/{notice.file})" for notice in found]
    (place / "THIRD-PARTY.txt").write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return [(f"{FOLDER}/{path.name}", str(path), "DATA") for path in sorted(place.iterdir())]


def of_distribution(name: str) -> Notice:
    """Return the notice of an installed distribution. Raises NoLicenceError where its wheel brings no text."""
    found = distribution(name)
    texts = [_read(path) for path in (*_texts_of(found), *MORE_TEXTS.get(name, ()))]
    if not texts:
        raise NoLicenceError(f"{name} {found.version} brings no text of its licence: name one in MORE_TEXTS.")
    return Notice(name, found.version, _licence(found), "\n\n".join(texts))


def of_python() -> Notice:
    """Return the notice of Python itself."""
    path = next(
        path
        for path in (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
        if path.exists()
    )
    return Notice("python", sys.version.split()[0], "PSF-2.0", _read(path))


def of_system(files: Iterable[Path]) -> list[Notice]:
    """Return the notices of the system's packages to which these files belong.

    Raises NoLicenceError for a file of the system whose package, or its licence, is not found.
    """
    return [_of_package(package) for package in sorted(set(map(_package, files)))]


def _package(file: Path) -> str:
    """Return the Debian package of a library."""
    # Where /lib is a link to /usr/lib, packages may still name the former.
    for path in (file, Path("/") / file.relative_to("/usr")) if file.is_relative_to("/usr") else (file,):
        found = subprocess.run(["dpkg", "-S", str(path)], capture_output=True, text=True, check=False)  # noqa: S603, S607
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    raise NoLicenceError(f"Nobody knows to which package {file} belongs.")


def _of_package(package: str) -> Notice:
    path = Path("/usr/share/doc") / package / "copyright"
    if not path.exists():
        raise NoLicenceError(f"The package {package} has no {path}.")
    asked = ["dpkg-query", "-W", "-f", "${Version}", package]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("\n")[0]  # noqa: S603
    text = _read(path)
    names = sorted({name.strip() for name in re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)})
    return Notice(f"debian-{package}", version, ", ".join(names) or "see the text", text)


def _texts_of(found: Distribution) -> list[Path]:
    files = [Path(str(file.locate())) for file in found.files or () if _TEXT.search(str(file).replace("\\", "/"))]
    return sorted(path for path in files if path.suffix not in _CODE and path.is_file())


def _licence(found: Distribution) -> str:
    """Return what a distribution calls its licence, as short as it says it."""
    meta = found.metadata
    named = [line.rpartition(" :: ")[2] for line in meta.get_all("Classifier") or () if line.startswith("License ::")]
    said = next((meta[key].strip() for key in ("License-Expression", "License") if key in meta), "")
    short = said if said and "\n" not in said and len(said) < 200 else ""
    return short or ", ".join(named) or "see the text"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() + "\n"
