"""Is everything here that Kinfolk needs? One finding a line, each with what to do.

What a section looks at is imported there: a package that is absent is a finding, not the end.
"""

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from engine.errors import KinfolkError
from engine.extras import installing
from engine.paths import Places
from engine.system_libraries import LIBRARIES, NEEDS_OF_WINDOW, Need, missing_for, missing_library

if TYPE_CHECKING:
    from engine.models.card import ModelCard
    from engine.models.catalog import Catalog
    from engine.models.runtimes.running import Running
    from engine.settings import Settings

PACKAGES = ("PySide6-Essentials", "onnxruntime", "hdbscan", "faiss-cpu", "opencv-python", "SQLAlchemy", "insightface")
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
    """Look at the machine, the packages, the settings, the models and the library; nothing is changed or fetched."""
    yield Finding("Python", Verdict.FINE, f"{platform.python_version()} on {platform.platform()}")
    yield from _guarded("packages", _packages)
    yield from _guarded("formats", _formats)
    if sys.platform == "linux":
        yield from _guarded("system libraries", _system_libraries)
    yield from _guarded("providers", _providers)
    yield from _guarded("cluster", _cluster)
    yield from _guarded("disk", partial(_disk, places))
    yield from _guarded("settings", partial(_settings, places))
    yield from _guarded("models", partial(_models, places))
    yield from _guarded("library", partial(_library, places))


def _guarded(subject: str, section: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a section; what ends it early is its last one, and the other sections go on."""
    try:
        yield from section()
    except KinfolkError as error:
        yield Finding(subject, Verdict.BAD, error.message, error.hint)
    except ImportError as error:
        spoken = missing_library(error) or KinfolkError(f"{error}.", "Install what is missing, or Kinfolk anew.")
        yield Finding(subject, Verdict.BAD, spoken.message, spoken.hint)
    except OSError as error:
        detail = f"The system refuses {error.filename or 'to look'}: {error.strerror}."
        yield Finding(subject, Verdict.BAD, detail, "Check the disk and its permissions.")


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, Verdict.FINE, version(name))
        except PackageNotFoundError:
            yield Finding(name, Verdict.BAD, "is not installed", f"pip install {name}")


def _formats() -> Iterator[Finding]:
    from engine.scan.packages import FORMAT_PACKAGES

    for package in FORMAT_PACKAGES:
        if package.is_here():
            yield Finding(package.photos, Verdict.FINE, "can be read")
        else:
            yield Finding(package.photos, Verdict.MISSING, "cannot be read", package.remedy)


def _system_libraries() -> Iterator[Finding]:
    """Look at the libraries of each need; a screen of X11 or of Wayland is enough for a window."""
    for need in Need:
        wanted = [library.file for library in LIBRARIES if library.need is need]
        if (missing := missing_for(need)) is None:
            yield Finding(need.value, Verdict.FINE, f"can load {len(wanted)} libraries of the system")
        else:
            verdict = Verdict.BAD if need in NEEDS_OF_WINDOW else Verdict.MISSING
            yield Finding(need.value, verdict, missing.message, missing.hint)


def _providers() -> Iterator[Finding]:
    from engine.models.runtimes.offered import installed, runtimes
    from engine.models.session import provider_names

    there = installed()
    yield Finding("runtimes", Verdict.FINE, ", ".join(there.values()))
    for name in sorted(set(runtimes()) - set(there)):
        yield Finding(name, Verdict.MISSING, "is not installed; it may be faster here", runtimes()[name].remedy)
    yield Finding("providers", Verdict.FINE, ", ".join(provider_names()))


def _cluster() -> Iterator[Finding]:
    try:
        yield Finding("cluster", Verdict.FINE, f"ray {version('ray')}, for kinfolk scan --cluster")
    except PackageNotFoundError:
        what = "ray is not installed; kinfolk scan --cluster needs it"
        yield Finding("cluster", Verdict.MISSING, what, installing("cluster"))


def _disk(places: Places) -> Iterator[Finding]:
    existing = next(path for path in (places.data, *places.data.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.1f} GB free in {places.data}"
    verdict = Verdict.FINE if free >= ENOUGH_DISK else Verdict.BAD
    yield Finding("disk", verdict, detail, "Free at least 2 GB, or name another place with --data-dir.")


def _settings(places: Places) -> Iterator[Finding]:
    from engine.models.session import check_running
    from engine.settings import load_settings

    settings = load_settings(places.settings)
    check_running(settings.running)
    yield Finding("settings", Verdict.FINE, str(places.settings) if places.settings.exists() else "the defaults")


def _models(places: Places) -> Iterator[Finding]:
    """Look at the models that are in use."""
    from engine.models.catalog import DEFAULT_DETECTOR, DEFAULT_EMBEDDER, Catalog

    catalog, settings = Catalog(places.models), _settings_or_defaults(places)
    for warning in catalog.warnings:
        yield Finding("models", Verdict.BAD, warning, "Correct the card, or remove it.")
    for name in (settings.detector or DEFAULT_DETECTOR, _embedder_name(places) or DEFAULT_EMBEDDER):
        yield from _guarded(name, partial(_model, catalog, name, settings.running))
    yield from _guarded("vectors", partial(_vectors, places, catalog))


def _vectors(places: Places, catalog: "Catalog") -> Iterator[Finding]:
    """Look whether faces lack a vector of the embedder in use, so that nothing compares them."""
    from engine.library.models import stated_lacking
    from engine.models.catalog import DEFAULT_EMBEDDER
    from engine.workflows.embedding.in_use import Lacking

    card = catalog.card(_embedder_name(places) or DEFAULT_EMBEDDER)
    found = Lacking(stated_lacking(places.library, card.key) if places.library.exists() else 0, card.name)
    if sentence := found.sentence():
        yield Finding("vectors", Verdict.MISSING, sentence, "kinfolk embed")


def _embedder_name(places: Places) -> str | None:
    """Return which embedder the library uses; what is wrong with it is a finding of its own section."""
    from engine.library.examining import stated_embedder

    return stated_embedder(places.library) if places.library.exists() else None


def _settings_or_defaults(places: Places) -> "Settings":
    """Return the settings; what is wrong with them is a finding of their own section."""
    from engine.settings import Settings, load_settings

    try:
        return load_settings(places.settings)
    except (KinfolkError, OSError):
        return Settings()


def _speed(catalog: "Catalog", card: "ModelCard", running: "Running") -> Finding:
    """Say by what the model runs here and how fast that is, as far as it was measured."""
    from engine.models.runtimes.running import PLAIN_WAY
    from engine.workflows.models.benching import benched

    subject = f"{card.name} runs"
    found = benched(card, catalog.folder, running)
    if found is None:
        measure = f"kinfolk models bench {card.name}"
        return Finding(subject, Verdict.FINE, f"as the first scan measures to be fastest here, or now: {measure}")
    used, plain = found.of(found.way), found.of(PLAIN_WAY)
    detail = f"by {found.way}"
    if used is not None and plain is not None and not used.failure:
        detail += f", {used.per_second:.0f} a second on one core"
        if used is not plain:
            detail += f" ({plain.per_second:.0f} by {PLAIN_WAY}), agreement {used.agreement:.5f}"
    failed = [f"{tried.way}: {tried.failure}" for tried in found.tried if tried.failure]
    return Finding(subject, Verdict.FINE, "; ".join([detail, *failed]))


def _model(catalog: "Catalog", name: str, running: "Running") -> Iterator[Finding]:
    from engine.models.fetch import verify

    card = catalog.card(name)
    if catalog.path(card).exists():
        yield Finding(name, Verdict.FINE, f"{verify(card, catalog.folder)} is the right file")
        yield _speed(catalog, card, running)
    else:
        yield Finding(
            name, Verdict.MISSING, "is not here yet; the first scan fetches it", f"kinfolk models fetch {name}"
        )


def _library(places: Places) -> Iterator[Finding]:
    from engine.library.damage import lost_library, offer
    from engine.library.examining import examine_file
    from engine.library.marker import was_here

    empty = not places.library.exists() or places.library.stat().st_size == 0
    if empty and was_here(places.library):
        raise lost_library(places.library)
    if not places.library.exists():
        yield Finding("library", Verdict.MISSING, f"none yet in {places.data}", "kinfolk scan FOLDER")
        return
    found = examine_file(places.library)
    if found.problems:
        yield Finding("library", Verdict.BAD, "; ".join(found.problems), offer(places.library))
        return
    later = "" if found.is_current else f"; it is of version {found.version}, and the next command brings it up to date"
    yield Finding("library", Verdict.FINE, f"{places.library} is sound{later}")
