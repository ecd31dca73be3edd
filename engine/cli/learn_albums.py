"""`kinfolk learn albums`: folders that are mostly one person name that person."""

from engine.cli.edits import UNDO
from engine.cli.output import put_json, put_line, say
from engine.library.library import Library
from engine.words import Sentence, counted, sentence
from engine.workflows.learning.albums import AlbumProposal, accept, propose


def name_from_albums(library: Library, *, apply: bool, json: bool) -> int:
    """Print what folders propose; with `apply` name and confirm it, as one edit."""
    found = propose(library)
    if apply and found:
        accept(library, found)
    if json:
        put_json({"applied": apply and bool(found), "albums": [_row(one) for one in found]})
        return 0
    for one in found:
        put_line(_worded(one))
    if not found:
        put_line(sentence("No folder shows mostly one person who still needs a name."))
    elif apply:
        say(sentence("These people have their names now, and their faces are confirmed."))
        say(UNDO)
    else:
        say(sentence("Nothing has changed yet. To name and confirm them: kinfolk learn albums --apply"))
    return 0


def _worded(one: AlbumProposal) -> Sentence:
    return counted(
        "{folder}: person {person} is {name}, {count:,} face (in {shown:,} of {photos:,} photos)",
        "{folder}: person {person} is {name}, {count:,} faces (in {shown:,} of {photos:,} photos)",
        count=len(one.faces),
        folder=one.folder,
        person=one.person,
        name=one.name,
        shown=one.shown,
        photos=one.photos,
    )


def _row(one: AlbumProposal) -> dict[str, object]:
    return {
        "folder": str(one.folder),
        "name": one.name,
        "person": one.person,
        "faces": list(one.faces),
        "shown": one.shown,
        "photos": one.photos,
        "known": one.known,
    }
