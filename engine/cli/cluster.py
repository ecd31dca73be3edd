"""`kinfolk cluster`: what grouping everything anew would change, and doing it."""

import argparse
from collections.abc import Sequence

from engine.cli.display import open_display
from engine.cli.edits import UNDO
from engine.cli.moving import tell_moving
from engine.cli.opening import embedder_of, open_library
from engine.cli.output import put_json, put_line, say
from engine.cli.running import run_workflow
from engine.clustering.constraints import ContradictionKind
from engine.errors import UsageError
from engine.words import Sentence, counted, sentence
from engine.workflows.grouping.regroup import Disagreement, Preview, Settings, accept, preview
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
            raise UsageError(
                sentence("'{word}' is not a setting.", word=word),
                sentence("Write NAME=VALUE, for example {example}.", example="min_samples=2"),
            )
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
    put_line(_moved(plan.faces_moved, plan.faces_unsorted, done=bool(arguments.apply)))
    put_line(
        sentence(
            "People: {new:,} new, {joined:,} joined with others, {split:,} split.",
            new=plan.people_created,
            joined=plan.people_joined,
            split=plan.people_split,
        )
    )
    put_line(sentence("Confirmed faces affected: {count:,}.", count=plan.confirmed_touched))
    if not arguments.apply:
        tell_moving(moving)
    for item in found.disagreements:
        say(_contradiction(item))
    say(UNDO if arguments.apply else sentence("To do this: kinfolk cluster --apply"))


def _moved(faces: int, unsorted: int, *, done: bool) -> Sentence:
    if done:
        return counted(
            "{count:,} face was moved ({unsorted:,} to Unsorted).",
            "{count:,} faces were moved ({unsorted:,} to Unsorted).",
            count=faces,
            unsorted=unsorted,
        )
    return counted(
        "{count:,} face would be moved ({unsorted:,} to Unsorted).",
        "{count:,} faces would be moved ({unsorted:,} to Unsorted).",
        count=faces,
        unsorted=unsorted,
    )


def _contradiction(item: Disagreement) -> Sentence:
    first, second = item.faces
    if item.kind is ContradictionKind.REJECTED_BUT_CONFIRMED:
        return sentence(
            "Person {person}: face {face} is confirmed as this person, but was also rejected.",
            person=item.person,
            face=first,
        )
    if item.kind is ContradictionKind.SAME_PHOTO:
        return sentence(
            "Person {person}: faces {first} and {second} are confirmed, but are in the same photo.",
            person=item.person,
            first=first,
            second=second,
        )
    return sentence(
        "Person {person}: faces {first} and {second} are confirmed, but must not be the same person.",
        person=item.person,
        first=first,
        second=second,
    )
