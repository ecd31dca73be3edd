"""`kinfolk forget-photos`: what goes with photos whose files are gone, and forgetting them where they were deleted."""

import argparse

from engine.cli.opening import open_library, places_of
from engine.cli.output import put_json, put_table, say
from engine.errors import UsageError
from engine.library.folders import FolderRow, folders
from engine.library.library import Library
from engine.library.missing import missing_holdings
from engine.thumb_store import ThumbStore
from engine.words import sentence
from engine.workflows.erasing import remove_missing


def run(arguments: argparse.Namespace) -> int:
    """Say of each folder what is gone and what would go with it; with --deleted forget that."""
    thumbs = ThumbStore(places_of(arguments).thumbs)
    with open_library(arguments) as library:
        chosen = _chosen(library, arguments)
        found = [(folder, held) for folder in chosen if (held := missing_holdings(library, folder.id)).photos]
        if arguments.deleted:
            for folder, _ in found:
                remove_missing(library, thumbs, folder.id)
    if arguments.json:
        figures = [
            {
                "folder": str(folder.path),
                "photos": held.photos,
                "faces": held.faces,
                "people": held.people,
                "forgotten": bool(arguments.deleted),
            }
            for folder, held in found
        ]
        put_json(figures)
    elif found:
        rows = ((held.photos, held.faces, held.people, folder.path) for folder, held in found)
        head = (sentence("PHOTOS"), sentence("FACES"), sentence("ONLY THERE"), sentence("FOLDER"))
        put_table(head, rows)
    _tell(gone=bool(found), deleted=bool(arguments.deleted))
    return 0


def _tell(*, gone: bool, deleted: bool) -> None:
    """Say what was done, or what may be done."""
    if not gone:
        say(sentence("No photos are missing."))
    elif deleted:
        say(sentence("They are forgotten, with their faces and the people who were in no other photo."))
    else:
        say(sentence("If you deleted these photos: kinfolk forget-photos --deleted"))
        say(sentence("This forgets them and the people who are in no other photo, and cannot be undone."))
        say(sentence("A photo that comes back later counts as new."))


def _chosen(library: Library, arguments: argparse.Namespace) -> list[FolderRow]:
    """Return the folders that are meant, all where none is named."""
    known = {row.path: row for row in folders(library)}
    wanted = [path.expanduser().absolute() for path in arguments.folders]
    for path in wanted:
        if path not in known:
            raise UsageError(
                sentence("{path} is not a folder of the library.", path=path),
                sentence("`kinfolk forget-photos` lists the folders with missing photos."),
            )
    return [known[path] for path in wanted] if wanted else list(known.values())
