"""`kinfolk scan`: from folders of photos to people."""

import argparse

from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.library.indexing import unfinished_photos
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.paths import Places
from engine.scan.quiet import quiet_libraries
from engine.settings import Settings
from engine.workflows.scan.deaths import put_back, settle_deaths
from engine.workflows.scan.full_scan import ScanPlan, plan_scan, planned_scan
from engine.workflows.scan.only_scan import only_scan
from engine.workflows.scan.scan import ScanSummary


def run(arguments: argparse.Namespace) -> int:
    """Scan folders and print the summary; with --json it is the last line of stdout."""
    settings, places = settings_of(arguments), places_of(arguments)
    with open_library(arguments) as library, only_scan(places.data), quiet_libraries():
        summary = _scan(library, places, settings, arguments)
    if arguments.json:
        put_json(summary.as_json())
    else:
        _tell(summary)
    for warning in summary.warnings:
        say(warning)
    return 0


def _scan(library: Library, places: Places, settings: Settings, arguments: argparse.Namespace) -> ScanSummary:
    plan = plan_scan(library, places, settings, arguments.paths)
    _announce(plan, places)
    again = (PhotoState.BROKEN,) if arguments.retry else ()
    settle_deaths(library, places.data)
    before = unfinished_photos(library)
    workflow = planned_scan(library, places, settings, plan, again)
    return run_workflow(workflow, open_display(), leave=lambda: put_back(library, before))


def _announce(plan: ScanPlan, places: Places) -> None:
    """Tell the person what is not there, and before anything is fetched what, how large, under which licence, where."""
    for sentence in plan.absent:
        say(sentence)
    count = len(plan.fetches)
    if count:
        say(f"Kinfolk needs {count} model{'s' * (count > 1)}, fetched once into {places.models}:")
    for card in plan.fetches:
        say(f"  {card.name}: {card.kind}, {card.size / 1e6:.1f} MB, licence {card.licence}")


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
        print(f"{photos.broken:,} could not be read. See: kinfolk photos --problems. Try again: kinfolk scan --retry")
