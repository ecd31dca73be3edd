"""`kinfolk scan`: from folders of photos to people."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli.display import open_display
from engine.cli.known_disks import ask_about_disks
from engine.cli.opening import open_library, places_of, settings_of, tell_lacking
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.errors import UsageError
from engine.library.folders import folders
from engine.library.indexing import unfinished_photos
from engine.library.library import Library
from engine.library.queries import problem_photo_rows
from engine.library.relocating import move_folder
from engine.library.states import READ_BEFORE, PhotoState
from engine.paths import Places, real_path
from engine.scan.closed_folders import Why
from engine.scan.failures import may_be_mended
from engine.scan.quiet_decoders import quiet_libraries
from engine.settings import Settings
from engine.workflows.scan.deaths import put_back, settle_deaths
from engine.workflows.scan.full_scan import ScanPlan, plan_scan, planned_scan
from engine.workflows.scan.only_scan import only_scan
from engine.workflows.scan.scan import ScanSummary

LEFT_OUT = {
    Why.HIDDEN: "hidden",
    Why.NO_MEDIA: "in folders with a .nomedia file",
    Why.TRASH: "in bins and snapshots",
    Why.PREVIEWS: "previews and copies of other programs",
    Why.FORMAT: "in formats that Kinfolk does not read",
}


def run(arguments: argparse.Namespace) -> int:
    """Scan folders and print the summary; with --json it is the last line of stdout."""
    settings, places = settings_of(arguments), places_of(arguments)
    with open_library(arguments) as library, only_scan(places.data), quiet_libraries():
        summary = _scan(library, places, settings, arguments)
        if summary.photos.broken and not arguments.json:
            _offer_another_try(library)
        tell_lacking(library, arguments)
    if arguments.json:
        put_json(summary.as_json())
    else:
        _tell(summary)
    for warning in summary.warnings:
        say(warning)
    return 0


def _scan(library: Library, places: Places, settings: Settings, arguments: argparse.Namespace) -> ScanSummary:
    if arguments.moved_from is not None:
        _move(library, arguments.moved_from, arguments.paths)
    ask_about_disks(library, arguments)
    plan = plan_scan(library, places, settings, arguments.paths, cluster=arguments.cluster or "")
    _announce(plan, places)
    again = READ_BEFORE if arguments.again else (PhotoState.BROKEN,) if arguments.retry else ()
    settle_deaths(library, places.data)
    before = unfinished_photos(library)
    workflow = planned_scan(library, places, settings, plan, again)
    return run_workflow(workflow, open_display(), leave=lambda: put_back(library, before))


def _move(library: Library, old: Path, paths: Sequence[Path]) -> None:
    """Note that a folder lies elsewhere now, as the user says."""
    if len(paths) != 1:
        raise UsageError("Say where the folder lies now.", "kinfolk scan --moved-from OLD NEW")
    moved = next((row for row in folders(library) if row.path == real_path(old)), None)
    if moved is None:
        raise UsageError(f"{old} is no folder of the library.", "`kinfolk doctor` lists them.")
    move_folder(library, moved.id, paths[0])


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
    if summary.left_out:
        reasons = ", ".join(f"{count:,} {LEFT_OUT[Why(why)]}" for why, count in sorted(summary.left_out.items()))
        print(f"Left out: {reasons}.")
    if summary.copies:
        print(f"{summary.copies:,} of the photos are copies of others.")
    if summary.strangers:
        again = f"{summary.strangers:,} new face{'s' if summary.strangers > 1 else ''}"
        print(f"{again} of strangers were set aside again. Take it back with: kinfolk undo")
    if photos.broken:
        print(f"{photos.broken:,} could not be read. See: kinfolk photos --problems.")


def _offer_another_try(library: Library) -> None:
    """Say how to read photos again, where that can help some."""
    if any(may_be_mended(row.problem or "") for row in problem_photo_rows(library)):
        say("Some may be readable now. Try again: kinfolk scan --retry")
