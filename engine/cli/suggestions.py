"""`kinfolk suggestions` and `kinfolk split`: what could be asked, and what could be divided."""

import argparse

from engine.cli.opening import embedder_of, open_library
from engine.cli.output import put_json, put_table, say, whole_number
from engine.errors import UsageError
from engine.library.edits import split_off
from engine.library.library import Library
from engine.library.queries import people_rows
from engine.models.card import ModelCard
from engine.workflows.questions.splitting import propose_leaving, propose_parts
from engine.workflows.questions.suggestions import Suggestion, suggestions


def run(arguments: argparse.Namespace) -> int:
    """List the questions whose answers settle most faces."""
    if arguments.limit < 1:
        raise UsageError(f"--limit is {arguments.limit}.", "Ask for at least one question.")
    with open_library(arguments) as library:
        found = suggestions(library, embedder_of(library, arguments), arguments.limit)
        names = {row.person: row.name for row in people_rows(library)}
    if arguments.json:
        put_json([_as_json(item, names) for item in found])
    else:
        rows = (
            (_worded(item, names), f"{item.probability:.0%}", item.settles, ", ".join(item.against)) for item in found
        )
        put_table(("QUESTION", "LIKELY", "FACES", "AGAINST"), rows)
    return 0


def split(arguments: argparse.Namespace) -> int:
    """Say which faces of a person would go; with --apply make a new person of them."""
    person = whole_number(arguments.person)
    with open_library(arguments) as library:
        parts = _parts(library, embedder_of(library, arguments), person, arguments)
        made = [split_off(library, part).person_id for part in parts] if arguments.apply else []
    if arguments.json:
        put_json({"person": person, "parts": parts, "applied": bool(arguments.apply), "people": made})
    else:
        for part in parts:
            print(f"{len(part)} faces: {' '.join(map(str, part))}")
        if not arguments.apply:
            say("Make them people of their own with --apply.")
    return 0


def _parts(library: Library, card: ModelCard, person: int, arguments: argparse.Namespace) -> list[list[int]]:
    """Return the parts that would leave the person."""
    if arguments.faces:
        return [propose_leaving(library, card, person, [whole_number(face) for face in arguments.faces])]
    return propose_parts(library, card, person, arguments.k)[1:]


def _as_json(item: Suggestion, names: dict[int, str | None]) -> dict[str, object]:
    return {
        "question": item.kind,
        "face": item.face,
        "person": item.person,
        "other": item.other,
        "name": names.get(item.other),
        "similarity": round(item.similarity, 4),
        "probability": round(item.probability, 4),
        "settles": item.settles,
        "examples": list(item.examples),
        "against": list(item.against),
    }


def _worded(item: Suggestion, names: dict[int, str | None]) -> str:
    subject = f"face {item.face}" if item.face is not None else f"person {item.person}"
    other = names.get(item.other) or f"person {item.other}"
    return f"Is {subject} {other}?"
