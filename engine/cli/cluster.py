"""`kinfolk cluster`: what grouping everything anew would change, and doing it."""

import argparse
from collections.abc import Sequence

from engine.cli.display import open_display
from engine.cli.moving import tell_moving
from engine.cli.opening import embedder_of, open_library
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.errors import UsageError
from engine.workflows.grouping.regroup import Preview, Settings, accept, preview
from engine.workflows.grouping.who_moves import Moving, who_moves


def run(arguments: argparse.Namespace) -> int:
    """Print what would change; with --apply also do it, as one edit that can be undone."""
    with open_library(arguments) as library:
        card = embedder_of(library, arguments)
        found = run_workflow(preview(library, card, arguments.algorithm, _settings(arguments)), open_display())
        moving = who_moves(library, found.plan)
        if arguments.apply:
            accept(library, found.plan)
    if arguments.json:
        put_json(_as_json(found, arguments))
    else:
        _tell(found, moving, arguments)
    return 0


def _settings(arguments: argparse.Namespace) -> Settings:
    """Return the algorithm's settings: --k, and NAME=VALUE pairs as numbers where they are."""
    settings: dict[str, int | float | str] = {}
    for word in arguments.set or []:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"{word!r} is not a setting.", "Write NAME=VALUE, such as min_samples=2.")
        settings[name] = _number(value)
    if arguments.k is not None:
        settings["k"] = arguments.k
    return settings


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _as_json(found: Preview, arguments: argparse.Namespace) -> dict[str, object]:
    plan = found.plan
    return {
        "algorithm": found.algorithm,
        "settings": dict(found.settings),
        "applied": bool(arguments.apply),
        "people_created": plan.people_created,
        "people_joined": plan.people_joined,
        "people_split": plan.people_split,
        "faces_moved": plan.faces_moved,
        "faces_unsorted": plan.faces_unsorted,
        "confirmed_touched": plan.confirmed_touched,
        "contradictions": [
            {"kind": item.kind, "person": item.person, "faces": list(item.faces)} for item in found.disagreements
        ],
    }


def _tell(found: Preview, moving: Sequence[Moving], arguments: argparse.Namespace) -> None:
    plan = found.plan
    verb = "were" if arguments.apply else "would be"
    print(f"{plan.faces_moved:,} faces {verb} moved, {plan.faces_unsorted:,} of them to unsorted.")
    print(
        f"People: {plan.people_created:,} new, {plan.people_joined:,} joined with others, {plan.people_split:,} split."
    )
    print(f"Confirmed faces touched: {plan.confirmed_touched}.")
    if not arguments.apply:
        tell_moving(moving)
    for item in found.disagreements:
        first, second = item.faces
        say(f"Person {item.person}, faces {first} and {second}: {item.kind.replace('_', ' ')}.")
    say("Take it back with: kinfolk undo" if arguments.apply else "Do it with: kinfolk cluster --apply")
