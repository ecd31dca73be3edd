"""`kinfolk learn`: learn from named people, use what gains, and go back."""

import argparse
from dataclasses import asdict

from engine.cli.display import open_display
from engine.cli.edits import UNDO
from engine.cli.learn_albums import name_from_albums
from engine.cli.opening import open_library, places_of, settings_of, tell_lacking
from engine.cli.output import put_json, put_line, say
from engine.cli.running import run_workflow
from engine.cli.using import tell_in_use
from engine.errors import UsageError
from engine.learning.lesson import Way
from engine.library.library import Library
from engine.models.catalog import Catalog
from engine.models.learned import Gain, Gains
from engine.scan.quiet_decoders import quiet_libraries
from engine.words import Sentence, counted, following, sentence
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.learning.adapting import teach_adapter
from engine.workflows.learning.taught import Taught
from engine.workflows.learning.training_further import Wish, train_further
from engine.workflows.learning.using_taught import go_back, use_taught
from engine.workflows.scan.only_scan import only_scan

TRAINING_ANEW = sentence(
    "This trains the network in use further. A network trained from scratch on one album is useless below about a "
    "thousand people: it got 46 % of pairs wrong, the one in use 2 %."
)

WAYS = {
    Way.CENTRED: sentence("subtracting the average face, which needs no names"),
    Way.WHITENED: sentence("evening out what all faces differ in, which needs no names"),
    Way.ADAPTER: sentence("an adapter"),
    Way.NETWORK: sentence("training the network further"),
}
"""What each way is called in a sentence."""


def run(arguments: argparse.Namespace) -> int:
    """Learn and say what it is worth; with --apply also use it, with --undo go back."""
    if arguments.undo and arguments.level != 1:
        raise UsageError(
            sentence("--undo goes back from whatever was learnt and has no --level."), sentence("Leave --level out.")
        )
    if arguments.level == 1 and (arguments.freeze, arguments.epochs) != (None, None):
        raise UsageError(sentence("--freeze and --epochs are for training the network."), sentence("Add --level 2."))
    if arguments.what == "albums" and arguments.undo:
        raise UsageError(
            sentence("--undo goes back from what was learnt; naming people after albums is an edit."), UNDO
        )
    if arguments.what == "albums" and arguments.level != 1:
        raise UsageError(sentence("Naming people after albums has no --level."), sentence("Leave --level out."))
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
        tell_in_use(taught.card.name)
        say(sentence("To go back: kinfolk learn --undo"))
    else:
        again = "kinfolk learn --apply" if arguments.level == 1 else f"kinfolk models use {taught.card.name}"
        say(sentence("Nothing has changed yet. To use it: {command}", command=again))
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
        put_line(sentence("{model} is in use again.", model=before.name))
        say(sentence("What was learnt is kept. To use it: {command}", command=f"kinfolk models use {left.name}"))
    return 0


def _tell(taught: Taught) -> None:
    if taught.card is not None:
        put_line(sentence("A measurable gain."))
    else:
        put_line(following(sentence("No measurable gain; nothing changes."), taught.refusal or ""))
    put_line(
        counted(
            "Tried: {way} (learnt from {faces:,} faces of {count:,} person).",
            "Tried: {way} (learnt from {faces:,} faces of {count:,} people).",
            count=taught.people,
            way=WAYS[Way(taught.way)],
            faces=taught.faces,
        )
    )
    for line in _lines(taught.gains):
        put_line(f"  {line.told()}")
    say(
        sentence(
            "Correct pairs: the share of pairs of one person that are recognised where 1 % of pairs of two people are "
            "taken for one. In brackets: the change, and its 99 % interval."
        )
    )
    if taught.fixed or taught.broken:
        say(
            sentence(
                "Faces whose closest match became the right person: {fixed:,}; the wrong person: {broken:,}.",
                fixed=len(taught.fixed),
                broken=len(taught.broken),
            )
        )


def _lines(gains: Gains) -> list[Sentence]:
    return [
        sentence(
            "unseen photos of known people: correct pairs {pairs}; grouping F {grouping}",
            pairs=worded(gains.known_verified),
            grouping=worded(gains.known_grouped),
        ),
        sentence(
            "people never seen before: correct pairs {pairs}; grouping F {grouping}",
            pairs=worded(gains.strangers_verified),
            grouping=worded(gains.strangers_grouped),
        ),
    ]


def worded(gain: Gain) -> Sentence:
    """Return what was before and is after learning, the change, and its interval."""
    return sentence(
        "{before:.3f} → {after:.3f} ({change:+.3f} [{low:+.3f}, {high:+.3f}])",
        before=gain.before,
        after=gain.after,
        change=gain.change,
        low=gain.low,
        high=gain.high,
    )


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
