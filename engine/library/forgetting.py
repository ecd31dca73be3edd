"""Deleting one person with all that is known of them."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, or_, select

from engine.library.changes import Changes
from engine.library.edits.names import name_key
from engine.library.ids import among, require_people
from engine.library.library import Library
from engine.library.tables import (
    Face,
    JournalEntry,
    JournalStep,
    MentionedPerson,
    MentionRow,
    Person,
    PostponedQuestion,
)


def person_exists(library: Library, person_id: int) -> bool:
    """Say whether there is a person of this number."""
    with library.read() as connection:
        return connection.scalar(select(Person.id).where(Person.id == person_id)) is not None


def delete_person(library: Library, person_id: int) -> Changes:
    """Delete a person, their faces and embeddings, every answer about them, and the history of edits.

    The whole history goes, since the names of a person, and of others who were merged with them, lie in steps of many
    kinds. Raises LibraryError where there is no such person. Traces stay in unused pages until `Library.compact`.
    """
    with library.write_said() as transaction:
        connection = transaction.connection
        require_people(connection, [person_id])
        rows = connection.execute(select(Face.id, Face.photo_id).where(Face.person_id == person_id)).all()
        faces = [face for face, _ in rows]
        called = select(Person.name).where(Person.id == person_id)
        connection.execute(delete(JournalEntry))
        connection.execute(delete(JournalStep))
        forget_questions(connection, [person_id, *faces])
        meant = select(MentionedPerson.name).where(MentionedPerson.person_id == person_id)
        names = set(connection.scalars(meant)) | {name_key(name) for name in connection.scalars(called) if name}
        written = connection.execute(select(MentionRow.id, MentionRow.name)).all()
        mentions = [mention for mention, name in written if name_key(name) in names]
        connection.execute(delete(MentionRow).where(MentionRow.id.in_(among(mentions))))
        connection.execute(delete(Face).where(Face.id.in_(among(faces))))
        connection.execute(delete(Person).where(Person.id == person_id))
        transaction.turned = True
        transaction.touched(Changes.of(photos=(photo for _, photo in rows), faces=faces, people=[person_id]))
    return transaction.changes


def forget_questions(connection: Connection, ids: Collection[int]) -> None:
    """Forget questions about these faces and people that were put off.

    What a question's two numbers name depends on its kind; one that is forgotten for nothing is asked anew.
    """
    named = among(ids)
    about = or_(PostponedQuestion.first_id.in_(named), PostponedQuestion.second_id.in_(named))
    connection.execute(delete(PostponedQuestion).where(about))
