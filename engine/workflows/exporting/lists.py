"""People and faces as lists for other programs: JSON, or a table of faces (CSV)."""

import csv
import io
import json

from engine.library.library import Library
from engine.library.queries import FaceRow, PersonRow, face_rows, ignored_face_rows, people_rows

FRAME = "upright photo, 0 to 1, from the top left"
"""What the boxes are relative to."""

COLUMNS = (
    *("face", "photo", "photo_width", "photo_height", "frame", "left", "top", "width", "height"),
    *("score", "quality", "person", "name", "source", "doubtful", "aside"),
)


def as_json(library: Library) -> str:
    """Return people and faces as one JSON object; `frame` says what boxes are relative to.

    Of the same picture in several files only the one that counts is there. Paths that are no text keep Python's
    surrogate escapes.
    """
    faces = [_face(row) | {"box": _box(row)} for row in _faces(library)]
    people = [_person(row) for row in people_rows(library)]
    return json.dumps({"frame": FRAME, "people": people, "faces": faces}, indent=1) + "\n"


def as_csv(library: Library) -> str:
    """Return the faces as a table with a head (RFC 4180); `source` is who said that the face is the person.

    USER is the user, METADATA another program, CLUSTER only this one.
    """
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS)
    table.writeheader()
    for row in _faces(library):
        table.writerow(_face(row) | _box(row) | {"frame": FRAME})
    return written.getvalue()


def _faces(library: Library) -> list[FaceRow]:
    return sorted((*face_rows(library), *ignored_face_rows(library)), key=lambda row: row.face)


def _face(row: FaceRow) -> dict[str, object]:
    return {
        "face": row.face,
        "photo": str(row.photo),
        "photo_width": row.photo_width,
        "photo_height": row.photo_height,
        "score": round(row.score, 4),
        "quality": round(row.quality, 4),
        "person": row.person,
        "name": row.name,
        "source": row.source,
        "doubtful": row.doubtful,
        "aside": row.ignored,
    }


def _box(row: FaceRow) -> dict[str, object]:
    box = row.box
    sides = {"left": box.left, "top": box.top, "width": box.width, "height": box.height}
    return {side: round(value, 6) for side, value in sides.items()}


def _person(row: PersonRow) -> dict[str, object]:
    return {
        "person": row.person,
        "name": row.name,
        "faces": row.faces,
        "photos": row.photos,
        "confirmed": row.confirmed,
        "hidden": row.hidden,
        "born": row.born,
    }
