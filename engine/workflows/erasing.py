"""Erasing all face data: rows, small pictures, backups, and at last what is left in unused pages of the file."""

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.removal import delete_backups, delete_face_data
from engine.paths import Places
from engine.progress import Progress, Workflow
from engine.thumb_store import ThumbStore
from engine.workflows.scan.only_scan import only_scan


def erase_face_data(library: Library, places: Places, thumbs: ThumbStore) -> Workflow[Changes]:
    """Erase every face, embedding, person, answer, small picture and backup, and the history, in one go.

    Reports "erase" once, before anything is erased. No scan runs meanwhile, which would write faces again: raises
    ScanRunningError while another process scans. Raises LibraryError where all of it is gone but the file could not be
    written anew, so that traces may be left in it; and what `ThumbStore.clear` and `delete_backups` raise.
    """
    with only_scan(places.data):
        yield Progress("erase", 0)
        changes = delete_face_data(library)
        try:
            thumbs.clear()
            delete_backups(library)
        finally:
            _compact(library)
    return changes


def _compact(library: Library) -> None:
    try:
        library.compact()
    except LibraryError as error:
        message = "All face data is deleted, but traces of it may be left in the library's file."
        raise LibraryError(message, f"{error} To finish, erase once more.") from error
