"""What the library holds, as rows to show or arrays of ids: each listing is one query."""

from engine.library.queries.confirmed_faces import ConfirmedFace, confirmed_faces
from engine.library.queries.copies import copies_of_photos
from engine.library.queries.counts import (
    Counts,
    OpenCounts,
    ShownCounts,
    count_problems,
    counts,
    open_counts,
    shown_counts,
)
from engine.library.queries.face_index import FaceIndex, FaceKind, FaceScope, face_index
from engine.library.queries.faces import (
    FaceRow,
    face_rows,
    faces_by_id,
    ignored_face_rows,
    newest_face_ids,
    people_of_faces,
    photo_face_rows,
    unsorted_face_rows,
    waiting_face_rows,
)
from engine.library.queries.folders import FolderSummary, folder_rows
from engine.library.queries.mapped_faces import MappedFaces, faces_with_vectors, mapped_faces
from engine.library.queries.people import (
    KnownPerson,
    PersonRow,
    people_by_size,
    people_names,
    people_rows,
    require_person,
)
from engine.library.queries.photo_index import PhotoIndex, PhotoSearch, photo_index
from engine.library.queries.photo_places import photos_below, photos_of_event
from engine.library.queries.photos import PhotoRow, photo_rows, photos_by_id, problem_photo_rows
from engine.library.queries.strangers import DoubledPerson, doubled_faces, unnamed_faces

__all__ = [
    "ConfirmedFace",
    "Counts",
    "DoubledPerson",
    "FaceIndex",
    "FaceKind",
    "FaceRow",
    "FaceScope",
    "FolderSummary",
    "KnownPerson",
    "MappedFaces",
    "OpenCounts",
    "PersonRow",
    "PhotoIndex",
    "PhotoRow",
    "PhotoSearch",
    "ShownCounts",
    "confirmed_faces",
    "copies_of_photos",
    "count_problems",
    "counts",
    "doubled_faces",
    "face_index",
    "face_rows",
    "faces_by_id",
    "faces_with_vectors",
    "folder_rows",
    "ignored_face_rows",
    "mapped_faces",
    "newest_face_ids",
    "open_counts",
    "people_by_size",
    "people_names",
    "people_of_faces",
    "people_rows",
    "photo_face_rows",
    "photo_index",
    "photo_rows",
    "photos_below",
    "photos_by_id",
    "photos_of_event",
    "problem_photo_rows",
    "require_person",
    "shown_counts",
    "unnamed_faces",
    "unsorted_face_rows",
    "waiting_face_rows",
]
