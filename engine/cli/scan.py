"""`kinfolk scan`: from folders of photos to people."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli.display import open_display, speed
from engine.cli.edits import UNDO
from engine.cli.known_disks import ask_about_disks
from engine.cli.opening import open_library, places_of, settings_of, tell_lacking
from engine.cli.output import put_json, put_line, say
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
from engine.scan.quiet_decoders import quiet_libraries
from engine.settings import Settings
from engine.words import counted, joined, sentence
from engine.workflows.scan.deaths import put_back, settle_deaths
from engine.workflows.scan.full_scan import ScanPlan, plan_scan, planned_scan
from engine.workflows.scan.only_scan import only_scan
from engine.workflows.scan.scan import ScanSummary

LEFT_OUT = {
    Why.HIDDEN: sentence("hidden"),
    Why.NO_MEDIA: sentence("in folders with a .nomedia file"),
    Why.TRASH: sentence("in the trash or in snapshots"),
    Why.PREVIEWS: sentence("previews and copies made by other programs"),
    Why.FORMAT: sentence("in formats that Kinfolk does not read"),
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
        raise UsageError(
            sentence("Name the one folder where the photos are now."),
            sentence("For example: {command}", command="kinfolk scan --moved-from OLD NEW"),
        )
    moved = next((row for row in folders(library) if row.path == real_path(old)), None)
    if moved is None:
        raise UsageError(
            sentence("{path} is not a folder of the library.", path=old),
            sentence("`kinfolk doctor` lists the folders."),
        )
    move_folder(library, moved.id, paths[0])


def _announce(plan: ScanPlan, places: Places) -> None:
    """Tell the person what is not there, and before anything is fetched what, how large, under which licence, where."""
    for absent in plan.absent:
        say(absent)
    fetched = [card for card in plan.fetches if card.sources]
    if fetched:
        say(
            counted(
                "Kinfolk needs {count} model, which is downloaded once into {folder}:",
                "Kinfolk needs {count} models, which are downloaded once into {folder}:",
                count=len(fetched),
                folder=places.models,
            )
        )
    for card in fetched:
        from engine.cli.models import about

        say(f"  {about(card).told()}")


def _tell(summary: ScanSummary) -> None:
    photos = summary.photos
    put_line(
        counted(
            "{count:,} photo: {new:,} new, {changed:,} changed, {moved:,} moved, {unchanged:,} unchanged; "
            "{missing:,} missing.",
            "{count:,} photos: {new:,} new, {changed:,} changed, {moved:,} moved, {unchanged:,} unchanged; "
            "{missing:,} missing.",
            count=photos.found,
            new=photos.new,
            changed=photos.changed,
            moved=photos.moved,
            unchanged=photos.unchanged,
            missing=photos.missing,
        )
    )
    pace = speed(summary.photos_per_second)
    in_all = {
        "faces": counted("{count:,} face", "{count:,} faces", count=summary.faces),
        "people": counted("{count:,} person", "{count:,} people", count=summary.people),
        "time": sentence("{time:.1f} s", time=summary.seconds),
    }
    if pace:
        put_line(sentence("{faces} of {people}, in {time} ({speed}).", speed=pace, **in_all))
    else:
        put_line(sentence("{faces} of {people}, in {time}.", **in_all))
    if summary.left_out:
        reasons = (
            sentence("{reason} ({count:,})", reason=LEFT_OUT[Why(why)], count=count)
            for why, count in sorted(summary.left_out.items())
        )
        put_line(sentence("Left out: {reason}", reason=joined(reasons)))
    _tell_more(summary)


def _tell_more(summary: ScanSummary) -> None:
    """Say what there is only now and then."""
    if summary.copies:
        put_line(
            counted(
                "{count:,} photo is a copy of another one.",
                "{count:,} photos are copies of others.",
                count=summary.copies,
            )
        )
    if summary.strangers:
        put_line(
            counted(
                "{count:,} new face of a stranger was set aside, like the ones before.",
                "{count:,} new faces of strangers were set aside, like the ones before.",
                count=summary.strangers,
            )
        )
        put_line(UNDO)
    if summary.photos.broken:
        put_line(
            counted(
                "{count:,} photo could not be read: kinfolk photos --problems",
                "{count:,} photos could not be read: kinfolk photos --problems",
                count=summary.photos.broken,
            )
        )


def _offer_another_try(library: Library) -> None:
    from engine.cli.listings import offer_another_try

    offer_another_try(problem_photo_rows(library))
