"""Is everything here that Kinfolk needs? One finding a line, each with what to do."""

import importlib.util
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from engine.errors import LibraryError, ModelError
from engine.library.library import Library
from engine.models.catalog import Catalog
from engine.models.fetch import verify
from engine.models.session import provider_names
from engine.paths import Places
from engine.system_libraries import PACKAGES as SYSTEM_LIBRARIES
from engine.system_libraries import SCREEN_PACKAGES, absent

PACKAGES = ("PySide6-Essentials", "onnxruntime", "hdbscan", "faiss-cpu", "opencv-python", "SQLAlchemy", "insightface")
FORMATS = {"pillow_heif": ("HEIC photos", "kinfolk[heif]"), "rawpy": ("RAW photos", "kinfolk[raw]")}
ENOUGH_DISK = 2_000_000_000
"""Bytes: models, a library of some hundred thousand faces and its thumbnails."""


class Verdict(StrEnum):
    """FINE; MISSING: something that can be had is not there; BAD: Kinfolk will not work before it is mended."""

    FINE = "ok"
    MISSING = "--"
    BAD = "!!"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not fine."""

    subject: str
    verdict: Verdict
    detail: str
    remedy: str = ""


def examine(places: Places) -> Iterator[Finding]:
    """Look at the machine, the packages, the models and the library; nothing is changed or fetched."""
    yield Finding("Python", Verdict.FINE, f"{platform.python_version()} on {platform.platform()}")
    yield from _packages()
    yield from _formats()
    if sys.platform == "linux":
        yield from _system_libraries()
    yield Finding("providers", Verdict.FINE, ", ".join(provider_names()))
    yield _disk(places)
    yield from _models(places)
    yield _library(places)


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, Verdict.FINE, version(name))
        except PackageNotFoundError:
            yield Finding(name, Verdict.BAD, "is not installed", f"pip install {name}")


def _formats() -> Iterator[Finding]:
    for module, (formats, extra) in FORMATS.items():
        if importlib.util.find_spec(module):
            yield Finding(formats, Verdict.FINE, "can be read")
        else:
            yield Finding(formats, Verdict.MISSING, "cannot be read", f"pip install '{extra}'")


def _system_libraries() -> Iterator[Finding]:
    missing = absent(SYSTEM_LIBRARIES)
    for name, package in SYSTEM_LIBRARIES.items():
        if name in missing:
            yield Finding(name, Verdict.BAD, "is missing", f"sudo apt-get install {package}")
        else:
            yield Finding(name, Verdict.FINE, "can be loaded")
    if for_screen := absent(SCREEN_PACKAGES):
        packages = " ".join(SCREEN_PACKAGES[name] for name in for_screen)
        detail = f"a window on X11 also needs {', '.join(for_screen)}"
        yield Finding("screen", Verdict.MISSING, detail, f"sudo apt-get install {packages}")
    else:
        yield Finding("screen", Verdict.FINE, "a window on X11 can be opened")


def _disk(places: Places) -> Finding:
    existing = next(path for path in (places.data, *places.data.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.1f} GB free in {places.data}"
    verdict = Verdict.FINE if free >= ENOUGH_DISK else Verdict.BAD
    return Finding("disk", verdict, detail, "Free at least 2 GB, or name another place with --data-dir.")


def _models(places: Places) -> Iterator[Finding]:
    catalog = Catalog(places.models)
    for card in catalog.defaults():
        if not catalog.path(card).exists():
            yield Finding(
                card.name, Verdict.MISSING, "is not here yet; the first scan fetches it", "kinfolk models fetch"
            )
            continue
        try:
            yield Finding(card.name, Verdict.FINE, f"{verify(card, places.models)} is the right file")
        except ModelError as error:
            yield Finding(card.name, Verdict.BAD, error.message, error.hint)


def _library(places: Places) -> Finding:
    if not places.library.exists():
        return Finding("library", Verdict.MISSING, f"none yet in {places.data}", "kinfolk scan FOLDER")
    try:
        with Library(places.library) as library:
            problems = library.problems()
    except LibraryError as error:
        return Finding("library", Verdict.BAD, error.message, error.hint)
    if problems:
        return Finding("library", Verdict.BAD, "; ".join(problems), "Put the newest backup beside it in its place.")
    return Finding("library", Verdict.FINE, f"{places.library} is sound")
