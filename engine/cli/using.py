"""`kinfolk embed`, `kinfolk models use` and `kinfolk models forget`."""

import argparse

from engine.cli.display import duration, open_display
from engine.cli.moving import tell_moving
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_line, say
from engine.cli.running import run_workflow
from engine.library.library import Library
from engine.library.queries import shown_counts
from engine.models.card import ModelCard, ModelKind
from engine.models.catalog import Catalog
from engine.models.fetch import fetch
from engine.paths import Places
from engine.scan.quiet_decoders import quiet_libraries
from engine.settings import Settings
from engine.words import counted, sentence, told
from engine.workflows.embedding.ages import tell_with
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.embedding.summary import EmbedSummary
from engine.workflows.models import using
from engine.workflows.scan.only_scan import only_scan

SHOWN = 10
"""So many of the photos that wait are listed."""


def embed(arguments: argparse.Namespace) -> int:
    """Make the vectors that stored faces lack; with --json the summary is the last line of stdout."""
    places, settings = places_of(arguments), settings_of(arguments)
    catalog = Catalog(places.models)
    with open_library(arguments) as library, only_scan(places.data), quiet_libraries():
        wanted = arguments.model
        card = using.reading_card(catalog, wanted) if wanted else embedder_in_use(library, catalog)
        _announce(library, card, places, settings)
        done = run_workflow(using.embed_with(library, card, places, settings), open_display())
    _tell_waiting(done)
    if arguments.json:
        seconds = round(done.seconds, 3)
        put_json({"model": done.model, "embedded": done.embedded, "waiting": done.faces_waiting, "seconds": seconds})
    else:
        put_line(
            counted(
                "{count:,} face prepared for comparison by {model} in {seconds:.1f} s; {waiting:,} still to do.",
                "{count:,} faces prepared for comparison by {model} in {seconds:.1f} s; {waiting:,} still to do.",
                count=done.embedded,
                model=done.model,
                seconds=done.seconds,
                waiting=done.faces_waiting,
            )
        )
    return 0


def use(arguments: argparse.Namespace) -> int:
    """Switch to another model when every readable face has a vector of it."""
    places, settings = places_of(arguments), settings_of(arguments)
    card = using.reading_card(Catalog(places.models), arguments.name)
    if card.kind is ModelKind.ATTRIBUTES:
        return _tell_ages_with(card, arguments)
    with open_library(arguments) as library, only_scan(places.data), quiet_libraries():
        _announce(library, card, places, settings)
        prospect = run_workflow(using.prepare_use(library, card, places, settings), open_display())
        _tell_waiting(prospect.embedded)
        _tell_prospect(prospect)
        if arguments.regroup:
            using.switch_and_regroup(library, prospect)
        elif not arguments.preview:
            using.switch(library, prospect)
        people = shown_counts(library).people
    if arguments.json:
        moved = prospect.found.plan.faces_moved
        put_json({"model": prospect.card.name, "faces": prospect.faces, "moved": moved, "people": people})
    _tell_stand(arguments, prospect.card.name)
    return 0


def _tell_ages_with(card: ModelCard, arguments: argparse.Namespace) -> int:
    """Tell the ages of all faces with this model, and of new ones with every scan; nobody moves by that."""
    places, settings = places_of(arguments), settings_of(arguments)
    with open_library(arguments) as library, only_scan(places.data), quiet_libraries():
        _announce(library, card, places, settings)
        done = run_workflow(using.embed_with(library, card, places, settings), open_display())
        if not arguments.preview:
            tell_with(library, card)
        people = shown_counts(library).people
    _tell_waiting(done)
    if arguments.json:
        put_json({"model": card.name, "faces": done.embedded, "moved": 0, "people": people})
    if arguments.preview:
        _tell_unchanged(card.name)
    else:
        say(sentence("{model} now estimates the ages that `kinfolk faces` shows.", model=card.name))
        say(sentence("Children have to look more alike now to be grouped together."))
        say(sentence("To do without it: {command}", command=f"kinfolk models forget {card.name}"))
    return 0


def forget(arguments: argparse.Namespace) -> int:
    """Delete the vectors of a model that is not in use."""
    with open_library(arguments) as library:
        gone = using.forget(library, Catalog(places_of(arguments).models), arguments.name)
    if arguments.json:
        put_json({"model": arguments.name, "forgotten": gone})
    else:
        put_line(
            counted(
                "{count:,} vector of {model} deleted.",
                "{count:,} vectors of {model} deleted.",
                count=gone,
                model=arguments.name,
            )
        )
        say(sentence("To make them again: {command}", command=f"kinfolk embed --model {arguments.name}"))
    return 0


def _announce(library: Library, card: ModelCard, places: Places, settings: Settings) -> None:
    """Fetch the model and say what embedding with it means, measured on a few photos."""
    run_workflow(fetch(card, places.models), open_display())
    cost = using.cost_of(library, card, places, settings)
    if cost.faces:
        say(
            counted(
                "{count:,} face (in {photos:,} photos) has no vector made with {model} yet.",
                "{count:,} faces (in {photos:,} photos) have no vectors made with {model} yet.",
                count=cost.faces,
                photos=cost.photos,
                model=card.name,
            )
        )
        say(
            sentence(
                "Making them takes about {time} and {size:.1f} MB. Licence of the model: {licence}.",
                time=duration(cost.seconds),
                size=cost.size / 1e6,
                licence=card.licence,
            )
        )


def _tell_waiting(done: EmbedSummary) -> None:
    for notice in done.notices:
        say(notice)
    if not done.waiting:
        return
    say(
        counted(
            "{faces:,} faces are still to do, as {count:,} photo cannot be read now:",
            "{faces:,} faces are still to do, as {count:,} photos cannot be read now:",
            count=len(done.waiting),
            faces=done.faces_waiting,
        )
    )
    for photo in done.waiting[:SHOWN]:
        say(f"  {photo.path}: {told(photo.reason)}")
    if len(done.waiting) > SHOWN:
        more = len(done.waiting) - SHOWN
        say(f"  {told(sentence('… and {count:,} more', count=more))}")


def _tell_prospect(prospect: using.Prospect) -> None:
    plan = prospect.found.plan
    calibration = prospect.card.calibration
    if calibration is not None and calibration.provisional:
        say(
            counted(
                "Its similarities were calibrated on {count:,} person; this is repeated once there are more.",
                "Its similarities were calibrated on {count:,} people; this is repeated once there are more.",
                count=calibration.people,
            )
        )
    say(
        counted(
            "If {model} regrouped the faces, {moved:,} of {count:,} face would move ({unsorted:,} to Unsorted).",
            "If {model} regrouped the faces, {moved:,} of {count:,} faces would move ({unsorted:,} to Unsorted).",
            count=prospect.faces,
            model=prospect.card.name,
            moved=plan.faces_moved,
            unsorted=plan.faces_unsorted,
        )
    )
    say(
        sentence(
            "People: {new:,} new, {joined:,} joined with others, {split:,} split.",
            new=plan.people_created,
            joined=plan.people_joined,
            split=plan.people_split,
        )
    )
    say(sentence("Confirmed faces stay where they are."))
    tell_moving(prospect.moving)


def _tell_stand(arguments: argparse.Namespace, name: str) -> None:
    if arguments.preview:
        _tell_unchanged(name)
    elif arguments.regroup:
        say(sentence("{model} is in use now, and all faces are regrouped.", model=name))
        say(sentence("To undo the regrouping: kinfolk undo"))
    else:
        tell_in_use(name)


def tell_in_use(name: str) -> None:
    """Say that a model is in use and moved nobody."""
    say(sentence("{model} is in use now; no faces were moved.", model=name))
    say(sentence("To regroup all faces: kinfolk cluster --apply"))


def _tell_unchanged(name: str) -> None:
    say(sentence("Nothing has changed yet. To use it: {command}", command=f"kinfolk models use {name}"))
