"""`kinfolk learn albums`: folders that are mostly one person name that person."""

from engine.cli.output import put_json, say
from engine.library.library import Library
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
        faces = "1 face" if len(one.faces) == 1 else f"{len(one.faces):,} faces"
        print(f"{one.folder}: person {one.person} is {one.name}, {faces} (on {one.shown} of {one.photos} photos)")
    if not found:
        print("No folder is mostly one person who waits for its name.")
    elif apply:
        say("Named and confirmed. Take it back with: kinfolk undo")
    else:
        say("Nothing has changed. Name and confirm them with: kinfolk learn albums --apply")
    return 0


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
