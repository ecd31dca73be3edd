"""What the library holds, as rows to show: each listing is one query."""

from engine.library.queries.confirmed import ConfirmedFace, confirmed_faces
from engine.library.queries.counts import Counts, counts
from engine.library.queries.faces import FaceRow, face_rows, ignored_face_rows, photo_face_rows, unsorted_face_rows
from engine.library.queries.people import PersonRow, people_rows, require_person
from engine.library.queries.photos import PhotoRow, photo_rows

__all__ = [
    "ConfirmedFace",
    "Counts",
    "FaceRow",
    "PersonRow",
    "PhotoRow",
    "confirmed_faces",
    "counts",
    "face_rows",
    "ignored_face_rows",
    "people_rows",
    "photo_face_rows",
    "photo_rows",
    "require_person",
    "unsorted_face_rows",
]
