"""`kinfolk suggestions`, `page` and `split`: what could be asked, what is a page, and what could be divided."""

import argparse
from collections.abc import Mapping

from engine.cli.edits import look_again
from engine.cli.more_edits import UNDO
from engine.cli.opening import embedder_of, open_library
from engine.cli.output import put_json, put_table, say, whole_number
from engine.errors import UsageError
from engine.library.edits import split_off
from engine.library.library import Library
from engine.library.pages import note_ordinary, note_page
from engine.library.queries import people_names, photos_by_id
from engine.models.card import ModelCard
from engine.workflows.questions.pages import PAGE, PageQuestion, page_questions
from engine.workflows.questions.splitting import propose_leaving, propose_parts
from engine.workflows.questions.suggestions import Suggestion, suggestions


def run(arguments: argparse.Namespace) -> int:
    """List the questions whose answers settle most faces."""
    if arguments.limit < 1:
        raise UsageError(f"--limit is {arguments.limit}.", "Ask for at least one question.")
    with open_library(arguments) as library:
        card = embedder_of(library, arguments)
        pages = page_questions(library, card)[: arguments.limit]
        paths = {photo: str(row.path) for photo, row in photos_by_id(library, [one.photo for one in pages]).items()}
        found = suggestions(library, card, arguments.limit - len(pages)) if len(pages) < arguments.limit else []
        names = people_names(library)
    if arguments.json:
        put_json([*(_page_as_json(one, paths) for one in pages), *(_as_json(item, names) for item in found)])
    else:
        asked = [(_page_worded(one, paths), f"{one.probability:.0%}", len(one.face_ids), "") for one in pages]
        rows = (
            (_worded(item, names), f"{item.probability:.0%}", item.settles, ", ".join(item.against)) for item in found
        )
        put_table(("QUESTION", "LIKELY", "FACES", "AGAINST"), [*asked, *rows])
        if pages:
            say("Say that a photo is such a page with: kinfolk page PHOTO, that it is not with --ordinary.")
    return 0


def page(arguments: argparse.Namespace) -> int:
    """Note whether a photo is a page with several pictures."""
    photo = whole_number(arguments.photo)
    with open_library(arguments) as library:
        (note_ordinary if arguments.ordinary else note_page)(library, photo)
        look_again(library, arguments)
    say(UNDO)
    return 0


def split(arguments: argparse.Namespace) -> int:
    """Say which faces of a person would go; with --apply make a new person of them."""
    person = whole_number(arguments.person)
    with open_library(arguments) as library:
        parts = _parts(library, embedder_of(library, arguments), person, arguments)
        made = [split_off(library, part).person_id for part in parts] if arguments.apply else []
        if made:
            look_again(library, arguments)
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


def _as_json(item: Suggestion, names: dict[int, str]) -> dict[str, object]:
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


def _page_as_json(one: PageQuestion, paths: Mapping[int, str]) -> dict[str, object]:
    return {
        "question": PAGE,
        "photo": one.photo,
        "path": paths.get(one.photo),
        "faces": list(one.face_ids),
        "probability": round(one.probability, 4),
    }


def _page_worded(one: PageQuestion, paths: Mapping[int, str]) -> str:
    return f"Is photo {one.photo} a page with several pictures? ({paths.get(one.photo, '')})"


def _worded(item: Suggestion, names: dict[int, str]) -> str:
    subject = f"face {item.face}" if item.face is not None else f"person {item.person}"
    other = names.get(item.other) or f"person {item.other}"
    return f"Is {subject} {other}?"
