"""Is everything here that Kinfolk needs? One finding a line, each with what to do.

What a section looks at is imported there: a package that is absent is a finding, not the end.
"""

import platform
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from engine.extras import installing
from engine.finding import Finding, Verdict, guarded
from engine.model_findings import examine_models
from engine.paths import Places
from engine.system_libraries import LIBRARIES, NEEDS_OF_WINDOW, Need, missing_for
from engine.words import listed, sentence

PACKAGES = ("PySide6-Essentials", "onnxruntime", "hdbscan", "faiss-cpu", "opencv-python", "SQLAlchemy", "insightface")
ENOUGH_DISK = 2_000_000_000
"""Bytes: models, a library of some hundred thousand faces and its thumbnails."""


def examine(places: Places) -> Iterator[Finding]:
    """Look at the machine, the packages, the settings, the models and the library; nothing is changed or fetched."""
    yield Finding(
        "Python",
        Verdict.FINE,
        sentence("{version} on {system}", version=platform.python_version(), system=platform.platform()),
    )
    yield from guarded(sentence("packages"), _packages)
    yield from guarded(sentence("formats"), _formats)
    if sys.platform == "linux":
        yield from guarded(sentence("system libraries"), _system_libraries)
    yield from guarded(sentence("providers"), _providers)
    yield from guarded(sentence("cluster"), _cluster)
    yield from guarded(sentence("disk"), partial(_disk, places))
    yield from guarded(sentence("settings"), partial(_settings, places))
    yield from guarded(sentence("models"), partial(examine_models, places))
    yield from guarded(sentence("library"), partial(_library, places))


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, Verdict.FINE, version(name))
        except PackageNotFoundError:
            yield Finding(name, Verdict.BAD, sentence("is not installed"), f"pip install {name}")


def _formats() -> Iterator[Finding]:
    from engine.scan.packages import FORMAT_PACKAGES

    for package in FORMAT_PACKAGES:
        if package.is_here():
            yield Finding(package.photos, Verdict.FINE, sentence("can be read"))
        else:
            yield Finding(package.photos, Verdict.MISSING, sentence("cannot be read"), package.remedy)


def _system_libraries() -> Iterator[Finding]:
    """Look at the libraries of each need; a screen of X11 or of Wayland is enough for a window."""
    for need in Need:
        wanted = [library.file for library in LIBRARIES if library.need is need]
        if (missing := missing_for(need)) is None:
            yield Finding(
                need.value, Verdict.FINE, sentence("can load {count} libraries of the system", count=len(wanted))
            )
        else:
            verdict = Verdict.BAD if need in NEEDS_OF_WINDOW else Verdict.MISSING
            yield Finding(need.value, verdict, missing.message, missing.hint)


def _providers() -> Iterator[Finding]:
    from engine.models.runtimes.offered import installed, runtimes
    from engine.models.session import provider_names

    there = installed()
    yield Finding(sentence("runtimes"), Verdict.FINE, ", ".join(there.values()))
    for name in sorted(set(runtimes()) - set(there)):
        yield Finding(
            name, Verdict.MISSING, sentence("is not installed; it may be faster here"), runtimes()[name].remedy
        )
    yield Finding(sentence("providers"), Verdict.FINE, ", ".join(provider_names()))


def _cluster() -> Iterator[Finding]:
    try:
        yield Finding(
            sentence("cluster"),
            Verdict.FINE,
            sentence("ray {version}, for kinfolk scan --cluster", version=version("ray")),
        )
    except PackageNotFoundError:
        what = sentence("ray is not installed; kinfolk scan --cluster needs it")
        yield Finding(sentence("cluster"), Verdict.MISSING, what, installing("cluster"))


def _disk(places: Places) -> Iterator[Finding]:
    existing = next(path for path in (places.data, *places.data.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = sentence("{free:.1f} GB free in {folder}", free=free / 1e9, folder=places.data)
    verdict = Verdict.FINE if free >= ENOUGH_DISK else Verdict.BAD
    yield Finding(
        sentence("disk"), verdict, detail, sentence("Free at least 2 GB, or name another place with --data-dir.")
    )


def _settings(places: Places) -> Iterator[Finding]:
    from engine.models.session import check_running
    from engine.settings import load_settings

    settings = load_settings(places.settings)
    check_running(settings.running)
    yield Finding(
        sentence("settings"),
        Verdict.FINE,
        str(places.settings) if places.settings.exists() else sentence("the defaults"),
    )


def _library(places: Places) -> Iterator[Finding]:
    from engine.library.damage import lost_library, offer
    from engine.library.examining import examine_file
    from engine.library.marker import was_here

    empty = not places.library.exists() or places.library.stat().st_size == 0
    if empty and was_here(places.library):
        raise lost_library(places.library)
    if not places.library.exists():
        yield Finding(
            sentence("library"),
            Verdict.MISSING,
            sentence("none yet in {folder}", folder=places.data),
            "kinfolk scan FOLDER",
        )
        return
    found = examine_file(places.library)
    if found.problems:
        yield Finding(sentence("library"), Verdict.BAD, listed(found.problems), offer(places.library))
        return
    sound = sentence("{path} is sound", path=places.library)
    if not found.is_current:
        later = sentence("it is of version {version}, and the next command brings it up to date", version=found.version)
        sound = listed([sound, later])
    yield Finding(sentence("library"), Verdict.FINE, sound)
