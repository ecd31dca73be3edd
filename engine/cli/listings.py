"""`kinfolk photos`, `faces` and `people`. Their JSON is a contract: other programs read it."""

import argparse
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path

from engine.cli.codes import PHOTO_STATES
from engine.cli.opening import open_library, places_of, tell_lacking
from engine.cli.output import put_json, put_table, say
from engine.cli.whom import person_meant
from engine.errors import UsageError
from engine.library.library import Library
from engine.library.queries import (
    FaceRow,
    PersonRow,
    PhotoRow,
    PhotoSearch,
    copies_of_photos,
    face_rows,
    ignored_face_rows,
    people_rows,
    photo_index,
    photo_rows,
    problem_photo_rows,
)
from engine.library.states import PhotoState
from engine.models.catalog import Catalog
from engine.models.chosen import says_what_similarities_mean
from engine.scan.failures import may_be_mended
from engine.words import fill, sentence
from engine.workflows.embedding.in_use import embedder_in_use, told_ages
from engine.workflows.questions.proposals import ProposedName, proposed_names

PHOTO, PERSON, NAME, FACES = sentence("PHOTO"), sentence("PERSON"), sentence("NAME"), sentence("FACES")
STATE = sentence("STATE")
"""Columns that several tables have."""
SCAN_FIRST = sentence("None is known yet. To look for people in photos: kinfolk scan FOLDER")
TRY_AGAIN = sentence("Some of them may be readable now. To try again: kinfolk scan --retry")
GONE = sentence(
    "Files that are missing are read when they are back. To forget those that were deleted: kinfolk forget-photos"
)


def photos(arguments: argparse.Namespace) -> int:
    """List photos."""
    with open_library(arguments) as library:
        rows = problem_photo_rows(library) if arguments.problems else photo_rows(library)
        search = _search(library, arguments)
        if search != PhotoSearch():
            wanted = set(photo_index(library, search).photo_ids.tolist())
            rows = [row for row in rows if row.id in wanted]
        copies = copies_of_photos(library)
    if arguments.json:
        put_json([_photo(row, copies.get(row.id, [])) for row in rows])
    elif arguments.problems:
        put_table(
            (PHOTO, STATE, sentence("PROBLEM")), ((row.path, PHOTO_STATES[row.state], row.problem) for row in rows)
        )
        offer_another_try(rows)
        if any(row.state is PhotoState.MISSING for row in rows):
            say(GONE)
    else:
        head = (PHOTO, STATE, sentence("SIZE"), sentence("TAKEN"), FACES)
        put_table(head, ((row.path, PHOTO_STATES[row.state], _size(row), _date(row), row.faces) for row in rows))
        if not rows and search == PhotoSearch():
            say(SCAN_FIRST)
    return 0


def offer_another_try(rows: Sequence[PhotoRow]) -> None:
    """Say how to read photos again, where that can help some: a file that is gone is not there to be read."""
    if any(row.state is PhotoState.BROKEN and may_be_mended(row.problem or "") for row in rows):
        say(TRY_AGAIN)


def _search(library: Library, arguments: argparse.Namespace) -> PhotoSearch:
    """Return which photos are asked for. Raises UsageError for somebody who is not there, and for what is no year."""
    year: int | None = arguments.year
    if year is not None and not MINYEAR <= year < MAXYEAR:
        raise UsageError(
            sentence("{year} is not a year of which there are photos.", year=str(year)), sentence("Write it as 1998.")
        )
    return PhotoSearch(
        everyone=frozenset(person_meant(library, word) for word in arguments.person or ()),
        unnamed=arguments.unnamed,
        most_faces=0 if arguments.nobody else None,
        since=None if year is None else datetime(year, 1, 1),  # noqa: DTZ001 the camera's clock
        until=None if year is None else datetime(year + 1, 1, 1),  # noqa: DTZ001 the camera's clock
    )


def faces(arguments: argparse.Namespace) -> int:
    """List faces, all or those of one person, or those that were set aside."""
    with open_library(arguments) as library:
        person = None if arguments.person is None else person_meant(library, arguments.person)
        rows = ignored_face_rows(library) if arguments.aside else face_rows(library, person)
        tell_lacking(library, arguments)
        ages = told_ages(library, Catalog(places_of(arguments).models))
    if arguments.json:
        # An age only where the user has chosen a model that tells it.
        put_json([_face(row) | ({"age": _age(ages, row)} if ages else {}) for row in rows])
    else:
        _put_faces(rows, ages)
    return 0


def _put_faces(rows: Sequence[FaceRow], ages: dict[int, float]) -> None:
    """Print faces as a table, with a column of ages where a model tells them."""
    head = (sentence("FACE"), PERSON, NAME, sentence("QUALITY"))
    shown = ((row, (row.face, row.person, row.name, fill("{quality:.2f}", quality=row.quality))) for row in rows)
    if ages:
        put_table((*head, sentence("AGE"), PHOTO), ((*cells, _age(ages, row), row.photo) for row, cells in shown))
    else:
        put_table((*head, PHOTO), ((*cells, row.photo) for row, cells in shown))


def people(arguments: argparse.Namespace) -> int:
    """List people, named ones first by name, then unnamed ones by size."""
    with open_library(arguments) as library:
        rows = people_rows(library)
        tell_lacking(library, arguments)
        proposed = _proposed(library, arguments)
    names = {row.person: row.name for row in rows}
    if arguments.json:
        put_json([_person(row, proposed.get(row.person), names) for row in rows])
    else:
        head = (PERSON, NAME, FACES, sentence("PHOTOS"), sentence("PERHAPS"))
        shown = ((row, proposed.get(row.person)) for row in rows)
        put_table(head, ((row.person, row.name, row.faces, row.photos, _perhaps(may, names)) for row, may in shown))
        if not rows:
            say(SCAN_FIRST)
    return 0


def _proposed(library: Library, arguments: argparse.Namespace) -> dict[int, ProposedName]:
    """Return whom the groups without a name may be; nobody where the model does not say what similarities mean."""
    card = embedder_in_use(library, Catalog(places_of(arguments).models))
    return proposed_names(library, card) if says_what_similarities_mean(card) else {}


def _perhaps(proposed: ProposedName | None, names: dict[int, str | None]) -> str | None:
    return (
        fill("{name} ({share:.0%})", name=names.get(proposed.person), share=proposed.probability)
        if proposed is not None
        else None
    )


def _photo(row: PhotoRow, copies: list[Path]) -> dict[str, object]:
    """Return the contract's object: the path absolute, width and height in pixels of the upright photo.

    `copies` are the other files of the same picture, whichever of them this one is.
    """
    return {
        "path": str(row.path),
        "state": row.state,
        "problem": row.problem,
        "width": row.width,
        "height": row.height,
        "taken_at": row.taken_at.isoformat() if row.taken_at else None,
        "faces": row.faces,
        "taken_precision": row.taken_precision,
        "taken_from": row.taken_from,
        "copies": [str(path) for path in copies],
    }


def _face(row: FaceRow) -> dict[str, object]:
    """Return the contract's object: the box in pixels of the upright photo, cluster null for an outlier."""
    box = row.box.scaled(row.photo_width, row.photo_height)
    return {
        "face": row.face,
        "photo": str(row.photo),
        "box": {
            "left": round(box.left, 2),
            "top": round(box.top, 2),
            "width": round(box.width, 2),
            "height": round(box.height, 2),
        },
        "score": round(row.score, 4),
        "quality": round(row.quality, 4),
        "person": row.person,
        "name": row.name,
        "source": row.source,
        "cluster": row.cluster,
        "doubtful": row.doubtful,
        "aside": row.ignored,
    }


def _age(ages: dict[int, float], row: FaceRow) -> int | None:
    """Return how old the face looks in whole years, None where nobody told."""
    years = ages.get(row.face)
    return None if years is None else round(years)


def _person(row: PersonRow, may: ProposedName | None, names: dict[int, str | None]) -> dict[str, object]:
    """Return the contract's object: `doubtful` faces come on top of `faces`; `proposed` is null or whom it may be."""
    return {
        "person": row.person,
        "name": row.name,
        "faces": row.faces,
        "photos": row.photos,
        "doubtful": row.doubtful,
        "hidden": row.hidden,
        "born": row.born,
        "proposed": None
        if may is None
        else {"person": may.person, "name": names.get(may.person), "probability": round(may.probability, 4)},
    }


def _date(row: PhotoRow) -> str:
    """Return the date as exactly as it is known."""
    if row.taken_at is None:
        return ""
    length = {"day": 10, "month": 7, "year": 4}.get(row.taken_precision or "", 19)
    return row.taken_at.isoformat(sep=" ")[:length]


def _size(row: PhotoRow) -> str:
    return f"{row.width} × {row.height}" if row.width and row.height else ""
