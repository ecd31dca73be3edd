"""`kinfolk suggestions`, `page` and `split`: what could be asked, what is a page, and what could be divided."""

import argparse
from collections.abc import Mapping, Sequence

from engine.cli.edits import UNDO, edited, look_again
from engine.cli.opening import embedder_of, open_library
from engine.cli.output import put_json, put_line, put_table, say, whole_number
from engine.cli.whom import person_meant
from engine.clustering.questions import ReasonAgainst
from engine.clustering.wanted import LIKELY, RARELY, Outlook, Wanted
from engine.errors import UsageError
from engine.library.edits import split_off
from engine.library.library import Library
from engine.library.pages import note_ordinary, note_page
from engine.library.queries import people_names, photos_by_id
from engine.models.card import ModelCard
from engine.words import Sentence, counted, fill, joined, sentence
from engine.workflows.questions.pages import PAGE, PageQuestion, page_questions, shown_faces
from engine.workflows.questions.splitting import propose_leaving, propose_parts
from engine.workflows.questions.suggestions import Suggested, Suggestion, askable_among, suggestions

AGAINST = {
    ReasonAgainst.SAME_PHOTO: sentence("in the same photo"),
    ReasonAgainst.DATE_GAP: sentence("more than three years apart"),
    ReasonAgainst.LOW_QUALITY: sentence("poor quality"),
}
"""Why a yes may be wrong, as tables say it."""

NONE = Suggested((), Outlook())


def run(arguments: argparse.Namespace) -> int:
    """List the questions whose answers settle most faces."""
    if arguments.limit < 1:
        raise UsageError(
            sentence("--limit is {limit}.", limit=arguments.limit), sentence("Ask for at least one question.")
        )
    with open_library(arguments) as library:
        about = None if arguments.person is None else person_meant(library, arguments.person)
        card = embedder_of(library, arguments)
        faces = shown_faces(library, card)
        pages = page_questions(library, card, faces)[: arguments.limit] if about is None else []
        paths = {photo: str(row.path) for photo, row in photos_by_id(library, [one.photo for one in pages]).items()}
        wanted = Wanted(arguments.limit - len(pages), RARELY if arguments.less_likely else LIKELY, about)
        found = suggestions(library, card, wanted, askable_among(library, faces)) if wanted.limit else NONE
        names = people_names(library)
    if arguments.json:
        put_json([*(_page_as_json(one, paths) for one in pages), *(_as_json(item, names) for item in found.questions)])
    else:
        _put_asked(pages, paths, found, names)
    return 0


def _put_asked(
    pages: Sequence[PageQuestion], paths: Mapping[int, str], found: Suggested, names: dict[int, str]
) -> None:
    asked = [
        (_page_worded(one, paths), fill("{share:.0%}", share=one.probability), len(one.face_ids), "") for one in pages
    ]
    rows = [
        (
            _worded(item, names),
            fill("{share:.0%}", share=item.probability),
            item.settles,
            joined(AGAINST[each] for each in item.against),
        )
        for item in found.questions
    ]
    head = (sentence("QUESTION"), sentence("LIKELY"), sentence("FACES"), sentence("AGAINST"))
    put_table(head, [*asked, *rows])
    if not asked and not rows:
        say(sentence("There is nothing to ask now."))
    if pages:
        say(sentence("If a photo is such a page: kinfolk page PHOTO; if it is not: kinfolk page PHOTO --ordinary"))
    if found.further.count:
        say(
            counted(
                "{count:,} more is less likely: perhaps one in {number} is a yes. It is listed with --less-likely.",
                "{count:,} more are less likely: perhaps one in {number} is a yes. They are listed with --less-likely.",
                count=found.further.about,
                number=found.further.one_in,
            )
        )


def page(arguments: argparse.Namespace) -> int:
    """Note whether a photo is a page with several pictures."""
    photo = whole_number(arguments.photo)
    with edited(arguments) as library:
        (note_ordinary if arguments.ordinary else note_page)(library, photo)
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
            faces = " ".join(map(str, part))
            put_line(counted("{count:,} face: {faces}", "{count:,} faces: {faces}", count=len(part), faces=faces))
        if not arguments.apply:
            say(sentence("To make each of these a separate person, add --apply."))
        elif len(made) == 1:
            say(UNDO)
        elif made:
            say(sentence("To undo this, once for each part: kinfolk undo"))
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


def _page_worded(one: PageQuestion, paths: Mapping[int, str]) -> Sentence:
    path = paths.get(one.photo, "")
    return sentence("Is photo {photo} a page with several pictures? ({path})", photo=one.photo, path=path)


def _worded(item: Suggestion, names: dict[int, str]) -> Sentence:
    face, person, other, name = item.face, item.person or 0, item.other, names.get(item.other)
    if face is not None and name is not None:
        return sentence("Is face {face} {name}?", face=face, name=name)
    if face is not None:
        return sentence("Is face {face} person {other}?", face=face, other=other)
    if name is not None:
        return sentence("Is person {person} {name}?", person=person, name=name)
    return sentence("Is person {person} the same as person {other}?", person=person, other=other)
