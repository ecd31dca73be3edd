"""`kinfolk photos`, `faces` and `people`. Their JSON is a contract: other programs read it."""

import argparse
from pathlib import Path

from engine.cli.opening import open_library
from engine.cli.output import put_json, put_table, say, whole_number
from engine.library.queries import (
    FaceRow,
    PersonRow,
    PhotoRow,
    copies_of_photos,
    face_rows,
    people_rows,
    photo_rows,
    problem_photo_rows,
    require_person,
)
from engine.scan.failures import may_be_mended


def photos(arguments: argparse.Namespace) -> int:
    """List photos."""
    with open_library(arguments) as library:
        rows = problem_photo_rows(library) if arguments.problems else photo_rows(library)
        copies = copies_of_photos(library)
    if arguments.json:
        put_json([_photo(row, copies.get(row.id, [])) for row in rows])
    elif arguments.problems:
        put_table(("PHOTO", "STATE", "PROBLEM"), ((row.path, row.state, row.problem) for row in rows))
        if any(may_be_mended(row.problem or "") for row in rows):
            say("Some may be readable now. Read them again with: kinfolk scan --retry")
    else:
        head = ("PHOTO", "STATE", "SIZE", "TAKEN", "FACES")
        put_table(head, ((row.path, row.state, _size(row), _date(row), row.faces) for row in rows))
    return 0


def faces(arguments: argparse.Namespace) -> int:
    """List faces, all or those of one person."""
    person = None if arguments.person is None else whole_number(arguments.person)
    with open_library(arguments) as library:
        if person is not None:
            require_person(library, person)
        rows = face_rows(library, person)
    if arguments.json:
        put_json([_face(row) for row in rows])
    else:
        head = ("FACE", "PERSON", "NAME", "QUALITY", "PHOTO")
        put_table(head, ((row.face, row.person, row.name, f"{row.quality:.2f}", row.photo) for row in rows))
    return 0


def people(arguments: argparse.Namespace) -> int:
    """List people, named ones first by name, then unnamed ones by size."""
    with open_library(arguments) as library:
        rows = people_rows(library)
    if arguments.json:
        put_json([_person(row) for row in rows])
    else:
        head = ("PERSON", "NAME", "FACES", "PHOTOS")
        put_table(head, ((row.person, row.name, row.faces, row.photos) for row in rows))
    return 0


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
    }


def _person(row: PersonRow) -> dict[str, object]:
    return {"person": row.person, "name": row.name, "faces": row.faces, "photos": row.photos}


def _date(row: PhotoRow) -> str:
    """Return the date as exactly as it is known."""
    if row.taken_at is None:
        return ""
    length = {"day": 10, "month": 7, "year": 4}.get(row.taken_precision or "", 19)
    return row.taken_at.isoformat(sep=" ")[:length]


def _size(row: PhotoRow) -> str:
    return f"{row.width} × {row.height}" if row.width and row.height else ""
