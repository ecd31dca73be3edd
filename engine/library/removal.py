"""What cannot be undone: taking a folder out of the library, and deleting all that is known about faces."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, select, update

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library.before_many import back_up_before_many
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.states import SPOKEN, PhotoState
from engine.library.tables import (
    DistinctPeople,
    Embedding,
    Face,
    Folder,
    JournalEntry,
    JournalStep,
    MentionRow,
    Person,
    Photo,
    PostponedQuestion,
    Rejection,
)
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Holdings:
    """What goes with a folder, or with everything: photos, faces, and the faces that somebody confirmed."""

    photos: int
    faces: int
    confirmed: int


def folder_holdings(library: Library, folder_id: int | None = None) -> Holdings:
    """Count what a folder holds; None counts everything."""
    photos = select(func.count()).select_from(Photo)
    faces = select(func.count(), func.count().filter(Face.source.in_(SPOKEN))).select_from(Face)
    if folder_id is not None:
        photos = photos.where(Photo.folder_id == folder_id)
        faces = faces.join(Photo, Photo.id == Face.photo_id).where(Photo.folder_id == folder_id)
    with library.read() as connection:
        seen, confirmed = connection.execute(faces).one()
        return Holdings(connection.scalar(photos) or 0, seen, confirmed)


def picture_sources(library: Library, folder_id: int) -> dict[Path, list[Box]]:
    """Return each photo of a folder with the boxes of its faces, relative (0 to 1) to the upright photo."""
    return pictured(library, Photo.folder_id == folder_id)


def pictured(library: Library, which: ColumnElement[bool]) -> dict[Path, list[Box]]:
    """Return each photo of which a condition on `photos` holds, with the boxes of its faces, as `picture_sources`."""
    photos = select(Photo.id, Folder.path, Photo.relpath).join(Folder).where(which)
    boxes = select(Face.photo_id, Face.left, Face.top, Face.width, Face.height).join(Photo)
    with library.read() as connection:
        paths = {photo: Path(root) / relpath for photo, root, relpath in connection.execute(photos)}
        found: dict[Path, list[Box]] = {path: [] for path in paths.values()}
        for photo, *sides in connection.execute(boxes.where(which)):
            found[paths[photo]].append(Box(*sides))
    return found


def delete_folder(library: Library, folder_id: int) -> Changes:
    """Forget a folder with its photos and their faces; the files stay as they are.

    People who have no face left stay if they have a name. Raises LibraryError if there is no such folder.
    """
    back_up_before_many(library.path, folder_holdings(library, folder_id).faces)
    with library.write_said() as transaction:
        connection = transaction.connection
        if connection.scalar(select(Folder.id).where(Folder.id == folder_id)) is None:
            raise LibraryError(
                sentence("There is no folder {folder}.", folder=folder_id),
                sentence("It may have been removed already."),
            )
        theirs = select(Face.id, Face.person_id).join(Photo, Photo.id == Face.photo_id)
        faces = connection.execute(theirs.where(Photo.folder_id == folder_id)).all()
        photos = connection.scalars(select(Photo.id).where(Photo.folder_id == folder_id)).all()
        connection.execute(delete(Folder).where(Folder.id == folder_id))
        transaction.touched(
            Changes.of(
                folders=[folder_id],
                photos=photos,
                faces=(face for face, _ in faces),
                people=(person for _, person in faces if person is not None),
            )
        )
    return transaction.changes


def delete_face_data(library: Library) -> Changes:
    """Delete every face, embedding, person, answer and the history; folders and photos stay, as if never read.

    Traces stay in unused pages and the log until `Library.compact`, and in the backups.
    """
    with library.write_said() as transaction:
        connection = transaction.connection
        changes = Changes.of(
            photos=connection.scalars(select(Photo.id)),
            faces=connection.scalars(select(Face.id)),
            people=connection.scalars(select(Person.id)),
        )
        for table in (
            JournalEntry,
            JournalStep,
            Rejection,
            DistinctPeople,
            PostponedQuestion,
            MentionRow,
            Embedding,
            Face,
            Person,
        ):
            connection.execute(delete(table))
        unread = {"content_hash": None, "problem": None, "note": None, "detector": None, "names_read": None}
        connection.execute(update(Photo).values(unread))
        connection.execute(update(Photo).where(Photo.state != PhotoState.MISSING).values(state=PhotoState.NEW))
        transaction.touched(changes)
    return transaction.changes
