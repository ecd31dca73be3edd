"""Photos whose files are gone: what would go with them, and forgetting them where they were deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select

from engine.geometry import Box
from engine.library.before_many import back_up_before_many
from engine.library.changes import Changes
from engine.library.forgetting import forget_questions
from engine.library.ids import among
from engine.library.indexing import note_copies, share_faces
from engine.library.library import Library
from engine.library.removal import pictured
from engine.library.states import PhotoState
from engine.library.tables import Face, JournalEntry, Person, Photo


@dataclass(frozen=True, slots=True)
class MissingHoldings:
    """What goes with the missing photos of a folder: photos, faces, and the people who are in no other photo."""

    photos: int
    faces: int
    people: int


def missing_holdings(library: Library, folder_id: int) -> MissingHoldings:
    """Count what would be forgotten with the missing photos of a folder."""
    with library.read() as connection:
        photos = connection.scalar(select(func.count()).where(_gone(folder_id))) or 0
        theirs = Face.photo_id.in_(select(Photo.id).where(_gone(folder_id)))
        faces = select(func.count()).select_from(Face).where(theirs)
        return MissingHoldings(photos, connection.scalar(faces) or 0, len(_only_there(connection, folder_id)))


def missing_pictures(library: Library, folder_id: int) -> dict[Path, list[Box]]:
    """Return each missing photo of a folder with the boxes of its faces, relative (0 to 1) to the upright photo."""
    return pictured(library, _gone(folder_id))


def forget_missing(library: Library, folder_id: int) -> Changes:
    """Forget the missing photos of a folder with their faces and the people who are in no other photo, for good.

    What the history says of these faces and people goes, too; the rest of it can still be undone. What was said of a
    picture of which another file is there stays with that one.
    """
    back_up_before_many(library.path, missing_holdings(library, folder_id).faces)
    with library.write_said() as transaction:
        connection = transaction.connection
        people = _only_there(connection, folder_id)
        photos = connection.scalars(select(Photo.id).where(_gone(folder_id))).all()
        theirs = select(Face.id, Face.person_id).where(Face.photo_id.in_(among(photos)))
        faces = connection.execute(theirs).all()
        _forget_in_history(connection, [face for face, _ in faces], people)
        connection.execute(delete(Photo).where(Photo.id.in_(among(photos))))
        connection.execute(delete(Person).where(Person.id.in_(among(people))))
        transaction.turned = True
        seen = {person for _, person in faces if person is not None}
        transaction.touched(
            Changes.of(folders=[folder_id], photos=photos, faces=(face for face, _ in faces), people=seen)
        )
    return transaction.changes | note_copies(library) | share_faces(library)


def forget_unread(library: Library, photos: Collection[int]) -> Changes:
    """Forget those of these photos, whose files are gone, that were never read: nothing is known of them but a path.

    A file that goes while it is scanned, or could not be read and was deleted, is no loss that anybody asks about.
    """
    never_read = Photo.detector.is_(None) & ~exists().where(Face.photo_id == Photo.id)
    with library.write() as transaction:
        unread = delete(Photo).where(Photo.id.in_(among(photos)), never_read).returning(Photo.id)
        transaction.touched(Changes.of(photos=transaction.connection.scalars(unread).all()))
    return transaction.changes


def _gone(folder_id: int) -> ColumnElement[bool]:
    return and_(Photo.folder_id == folder_id, Photo.state == PhotoState.MISSING)


def _only_there(connection: Connection, folder_id: int) -> list[int]:
    """Return the people who have faces in missing photos of the folder and nowhere else."""
    gone = select(Photo.id).where(_gone(folder_id))
    elsewhere = select(Face.id).where(Face.person_id == Person.id, Face.photo_id.not_in(gone)).correlate(Person)
    there = select(Face.person_id).where(Face.photo_id.in_(gone))
    return list(connection.scalars(select(Person.id).where(Person.id.in_(there), ~elsewhere.exists())))


def _forget_in_history(connection: Connection, faces: list[int], people: list[int]) -> None:
    of_faces = JournalEntry.table_name.in_(("faces", "rejections")) & JournalEntry.row_id.in_(among(faces))
    of_people = or_(
        JournalEntry.table_name.in_(("people", "distinct_people")) & JournalEntry.row_id.in_(among(people)),
        JournalEntry.table_name.in_(("rejections", "distinct_people")) & JournalEntry.other_id.in_(among(people)),
    )
    connection.execute(delete(JournalEntry).where(or_(of_faces, of_people)))
    forget_questions(connection, [*faces, *people])
