"""`kinfolk embed`, `kinfolk models use` and `kinfolk models forget`."""

import argparse

from engine.cli.display import duration, open_display
from engine.cli.moving import tell_moving
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.library.library import Library
from engine.library.queries import counts
from engine.models.card import ModelCard, ModelKind
from engine.models.catalog import Catalog
from engine.models.fetch import fetch
from engine.paths import Places
from engine.scan.quiet_decoders import quiet_libraries
from engine.settings import Settings
from engine.workflows.embedding.ages import tell_with
from engine.workflows.embedding.embed import EmbedSummary
from engine.workflows.embedding.in_use import embedder_in_use
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
        print(
            f"{done.embedded:,} faces embedded with {done.model}, in {done.seconds:.1f} s; {done.faces_waiting:,} wait."
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
        people = counts(library).people
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
        people = counts(library).people
    _tell_waiting(done)
    if arguments.json:
        put_json({"model": card.name, "faces": done.embedded, "moved": 0, "people": people})
    if arguments.preview:
        say(f"Nothing has changed. Use it with: kinfolk models use {card.name}")
    else:
        say(f"{card.name} tells how old faces look: kinfolk faces. Grouping asks for more likeness of children now.")
        say(f"Do without with: kinfolk models forget {card.name}")
    return 0


def forget(arguments: argparse.Namespace) -> int:
    """Delete the vectors of a model that is not in use."""
    with open_library(arguments) as library:
        gone = using.forget(library, Catalog(places_of(arguments).models), arguments.name)
    if arguments.json:
        put_json({"model": arguments.name, "forgotten": gone})
    else:
        print(f"{gone:,} vectors of {arguments.name} deleted.")
        say(f"Make them again with: kinfolk embed --model {arguments.name}")
    return 0


def _announce(library: Library, card: ModelCard, places: Places, settings: Settings) -> None:
    """Fetch the model and say what embedding with it means, measured on a few photos."""
    run_workflow(fetch(card, places.models), open_display())
    cost = using.cost_of(library, card, places, settings)
    if cost.faces:
        say(
            f"{cost.faces:,} faces in {cost.photos:,} photos have no vector of {card.name} yet: about "
            f"{duration(cost.seconds)}, {cost.size / 1e6:.1f} MB. Licence of the model: {card.licence}."
        )


def _tell_waiting(done: EmbedSummary) -> None:
    for notice in done.notices:
        say(notice)
    if not done.waiting:
        return
    say(f"{done.faces_waiting:,} faces in {len(done.waiting):,} photos wait, since these cannot be read now:")
    for photo in done.waiting[:SHOWN]:
        say(f"  {photo.path}: {photo.reason}")
    if len(done.waiting) > SHOWN:
        say(f"  … and {len(done.waiting) - SHOWN:,} more")


def _tell_prospect(prospect: using.Prospect) -> None:
    plan = prospect.found.plan
    calibration = prospect.card.calibration
    if calibration is not None and calibration.provisional:
        say(f"What its similarities mean was measured on {calibration.people} people; with more it is measured again.")
    say(
        f"Grouped anew with {prospect.card.name}, {plan.faces_moved:,} of {prospect.faces:,} faces would move "
        f"({plan.faces_unsorted:,} to unsorted); people: {plan.people_created:,} new, {plan.people_joined:,} joined, "
        f"{plan.people_split:,} split. Confirmed faces stay."
    )
    tell_moving(prospect.moving)


def _tell_stand(arguments: argparse.Namespace, name: str) -> None:
    if arguments.preview:
        say(f"Nothing has changed. Use it with: kinfolk models use {name}")
    elif arguments.regroup:
        say(f"{name} is in use, and the faces are grouped anew. Take the moves back with: kinfolk undo")
    else:
        say(f"{name} is in use; nobody was moved. Group all faces anew with: kinfolk cluster --apply")
