"""`kinfolk scan`: from folders of photos to people."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.errors import LibraryError
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.models.catalog import Catalog, ModelState
from engine.models.fetch import fetch
from engine.paths import Places
from engine.scan.quiet import quiet_libraries
from engine.settings import Settings
from engine.workflows.models import chosen_cards, open_analyser
from engine.workflows.roots import chosen_roots
from engine.workflows.scan import ScanSummary, scan


def run(arguments: argparse.Namespace) -> int:
    """Scan folders and print the summary; with --json it is the last line of stdout."""
    settings, places = settings_of(arguments), places_of(arguments)
    with open_library(arguments) as library, _only_scan(places), quiet_libraries():
        summary = _scan(library, places, settings, arguments)
    if arguments.json:
        put_json(summary.as_json())
    else:
        _tell(summary)
    return 0


def _scan(library: Library, places: Places, settings: Settings, arguments: argparse.Namespace) -> ScanSummary:
    roots, absent = chosen_roots(library, arguments.paths)
    for sentence in absent:
        say(sentence)
    _fetch_what_is_absent(places, settings)
    analyser = open_analyser(places.models, settings)
    again = (PhotoState.BROKEN,) if arguments.retry else ()
    return run_workflow(scan(library, roots, analyser, settings.workers, again), open_display())


def _fetch_what_is_absent(places: Places, settings: Settings) -> None:
    """Tell the person before anything is downloaded (what, how large, under which licence, where to), then fetch."""
    catalog = Catalog(places.models)
    absent = [card for card in chosen_cards(catalog, settings) if catalog.state(card) != ModelState.READY]
    if absent:
        say(f"Kinfolk needs {len(absent)} model{'s' * (len(absent) > 1)}, fetched once into {places.models}:")
    for card in absent:
        say(f"  {card.name}: {card.kind}, {card.size / 1e6:.1f} MB, licence {card.licence}")
    for card in absent:
        run_workflow(fetch(card, places.models), open_display())


@contextmanager
def _only_scan(places: Places) -> Iterator[None]:
    """Let one scan at a time work on a library; two would take each other's photos for those of a crashed one."""
    lock = FileLock(places.data / "scan.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise LibraryError("Another scan of this library is running.", "Wait for it, or stop it.") from None
    try:
        yield
    finally:
        lock.release()


def _tell(summary: ScanSummary) -> None:
    photos = summary.photos
    print(
        f"{photos.found:,} photos: {photos.new:,} new, {photos.changed:,} changed, {photos.moved:,} moved, "
        f"{photos.unchanged:,} unchanged; {photos.missing:,} missing."
    )
    print(
        f"{summary.faces:,} faces of {summary.people:,} people, in {summary.seconds:.1f} s "
        f"({summary.photos_per_second:.1f} photos/s)."
    )
    if photos.broken:
        print(f"{photos.broken:,} could not be read: kinfolk photos --problems")
    for warning in summary.warnings:
        say(warning)
