"""`kinfolk learn`: learn from named people, use what gains, and go back."""

import argparse
from dataclasses import asdict

from engine.cli.display import open_display
from engine.cli.learn_albums import name_from_albums
from engine.cli.opening import open_library, places_of, settings_of, tell_lacking
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.errors import UsageError
from engine.library.library import Library
from engine.models.catalog import Catalog
from engine.models.learned import Gains
from engine.scan.quiet_decoders import quiet_libraries
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.learning.adapting import teach_adapter
from engine.workflows.learning.taught import Taught
from engine.workflows.learning.training_further import Wish, train_further
from engine.workflows.learning.using_taught import go_back, use_taught
from engine.workflows.scan.only_scan import only_scan

TRAINING_ANEW = (
    "The network in use is trained further. One trained from nothing on one album is hopeless below about a thousand "
    "people: of pairs, 46 % were told wrong, by the one in use 2 %."
)


WORDS = {
    "centred": "taking the mean face off, which needs no names",
    "whitened": "evening out what all faces differ in, which needs no names",
    "adapter": "an adapter",
    "network": "the network trained further",
}
"""What each way is called in a sentence."""


def run(arguments: argparse.Namespace) -> int:
    """Learn and say what it is worth; with --apply also use it, with --undo go back."""
    if arguments.undo and arguments.level != 1:
        raise UsageError("--undo goes back from whatever was learnt and has no --level.", "Leave --level out.")
    if arguments.level == 1 and (arguments.freeze, arguments.epochs) != (None, None):
        raise UsageError("--freeze and --epochs are for training the network.", "Add --level 2.")
    if arguments.what == "albums" and (arguments.undo or arguments.level != 1):
        raise UsageError("Naming people after albums is an edit and has no level.", "Take it back with: kinfolk undo")
    with open_library(arguments) as library:
        if arguments.what == "albums":
            return name_from_albums(library, apply=arguments.apply, json=arguments.json)
        return _undo(library, arguments) if arguments.undo else _learn(library, arguments)


def _learn(library: Library, arguments: argparse.Namespace) -> int:
    places, settings = places_of(arguments), settings_of(arguments)
    catalog = Catalog(places.models)
    tell_lacking(library, arguments)
    with only_scan(places.data), quiet_libraries():
        if arguments.level == 1:
            steps = teach_adapter(library, catalog)
        else:
            say(TRAINING_ANEW)
            steps = train_further(library, catalog, settings, _wish(arguments))
        taught = run_workflow(steps, open_display())
        if arguments.apply and taught.card is not None:
            run_workflow(use_taught(library, taught.card, places, settings), open_display())
    if arguments.json:
        put_json(_as_json(taught, applied=arguments.apply and taught.card is not None))
    else:
        _tell(taught)
    if taught.card is None:
        return 0
    if arguments.apply:
        say(f"{taught.card.name} is in use; nobody was moved. Group all faces anew with: kinfolk cluster --apply")
        say("Go back with: kinfolk learn --undo")
    else:
        again = "kinfolk learn --apply" if arguments.level == 1 else f"kinfolk models use {taught.card.name}"
        say(f"Nothing has changed. Use it with: {again}")
    return 0


def _wish(arguments: argparse.Namespace) -> Wish:
    given = {name: getattr(arguments, name) for name in ("freeze", "epochs")}
    return Wish(**{name: value for name, value in given.items() if value is not None})


def _undo(library: Library, arguments: argparse.Namespace) -> int:
    catalog = Catalog(places_of(arguments).models)
    left = embedder_in_use(library, catalog)
    before = go_back(library, catalog)
    if arguments.json:
        put_json({"model": before.name, "left": left.name})
    else:
        print(f"{before.name} is in use again.")
        say(f"What was learnt stays: kinfolk models use {left.name}")
    return 0


def _tell(taught: Taught) -> None:
    verdict = "A measurable gain" if taught.card is not None else "No measurable gain; nothing changes"
    print(f"{verdict}: {WORDS[taught.way]}, from {taught.faces:,} faces of {taught.people:,} people.")
    for who, verified, grouped in _lines(taught.gains):
        print(f"  {who}: pairs told right {verified}; grouping F {grouped}")
    say(
        "Pairs told right: of one person, where 1 % of pairs of two people are taken for one; in brackets the change "
        "and its 99 % interval."
    )
    if taught.fixed or taught.broken:
        say(f"Faces whose nearest face became the right one: {len(taught.fixed)}; the wrong one: {len(taught.broken)}.")


def _lines(gains: Gains) -> list[tuple[str, str, str]]:
    return [
        ("unseen photos of known people", str(gains.known_verified), str(gains.known_grouped)),
        ("people never seen", str(gains.strangers_verified), str(gains.strangers_grouped)),
    ]


def _as_json(taught: Taught, *, applied: bool) -> dict[str, object]:
    return {
        "model": taught.card.name if taught.card is not None else taught.ground.name,
        "accepted": taught.card is not None,
        "applied": applied,
        "way": taught.way,
        "people": taught.people,
        "faces": taught.faces,
        "fixed": list(taught.fixed),
        "broken": list(taught.broken),
        "gains": asdict(taught.gains),
    }
