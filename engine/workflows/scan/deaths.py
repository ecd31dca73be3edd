"""What a scan owes the next one where it, or the whole process, does not come to its end."""

from collections.abc import Collection, Sequence

from engine.errors import PhotoError
from engine.library import indexing
from engine.library.indexing import KnownPhoto
from engine.library.library import Library
from engine.scan.fingerprint import file_hash
from engine.workflows.scan.analysis import PhotoFile

KILLED = "Kinfolk was ended twice while it read this file, so it is left alone until the file changes."


def condemn(library: Library, files: Sequence[PhotoFile]) -> int:
    """List files that ended the process twice as problems, and return how many they are."""
    indexing.store_problems(library, [_killing(file) for file in files])
    return len(files)


def put_back(library: Library, before: Collection[KnownPhoto]) -> None:
    """Give back what a scan has begun to read, where its workflow cannot be closed any more.

    `before` are the `unfinished_photos` that the scan found. The caller sees to it that no other scan runs.
    """
    found = {(photo.id, photo.state) for photo in before}
    begun = [photo.id for photo in indexing.unfinished_photos(library) if (photo.id, photo.state) not in found]
    indexing.release_started(library, begun)


def _killing(file: PhotoFile) -> indexing.Problem:
    """Return the problem of a file that ended the process; it is hashed, which no decoder takes part in."""
    try:
        reason, digest = KILLED, file_hash(file.path)
    except PhotoError as error:
        reason, digest = str(error), None
    return indexing.Problem(file.photo_id, reason, file.size, file.mtime_ns, digest)
