"""The named people of a Kinfolk library as faces to learn from: the trainer's only door to the library."""

from pathlib import Path

from engine.errors import LibraryError, UsageError
from engine.library.library import Library
from engine.library.queries import ConfirmedFace, confirmed_faces
from engine.paths import Places
from engine.progress import Workflow
from engine.words import sentence
from trainer.data.crop_folder import LIST_NAME, write_crops
from trainer.data.library_rows import FaceRow, LibraryFaces


def write_library_crops(path: Path, crops: Path) -> Workflow[int]:
    """Write the confirmed faces of a library's named people into the new crop folder `crops`.

    `path` is the library's file or the data folder that holds it. A crop's person is the id in the library, not
    the name, and its event the day the photo was taken. Returns how many faces were left out because their photos
    cannot be read. Raises UsageError where there is no library or nobody to learn from.
    """
    source = LibraryFaces(_row(face) for face in _faces(path))
    unreadable = yield from write_crops(source, crops)
    if len(unreadable) == len(source.faces):
        # An empty list would pass for an earlier run's crops the next time.
        (crops / LIST_NAME).unlink()
        raise UsageError(
            sentence("None of the photos of the named people in {path} can be read.", path=path),
            sentence("Connect the disk that they lie on."),
        )
    return len(unreadable)


def _faces(path: Path) -> list[ConfirmedFace]:
    file = Places(path).library if path.is_dir() else path
    # Opening makes a library where there is none, and of an empty file too.
    if not file.is_file() or file.stat().st_size == 0:
        raise UsageError(
            sentence("There is no library at {path}.", path=path),
            sentence("Name a library.sqlite, or the data folder that holds it."),
        )
    try:
        with Library(file) as library:
            faces = confirmed_faces(library)
    except LibraryError as error:
        raise UsageError(error.message, sentence("Name a library.sqlite that this Kinfolk can open.")) from error
    if not faces:
        raise UsageError(
            sentence("Nobody in the library {file} has a name and confirmed faces.", file=file),
            sentence("Name people in Kinfolk first."),
        )
    return faces


def _row(face: ConfirmedFace) -> FaceRow:
    day = "" if face.taken_at is None else face.taken_at.date().isoformat()
    return FaceRow(face.photo, face.landmarks, str(face.person), day)
