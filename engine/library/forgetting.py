"""Deleting one person with all that is known of them."""

from sqlalchemy import delete, or_, select

from engine.library.changes import Changes
from engine.library.ids import among, require_people
from engine.library.library import Library
from engine.library.tables import Face, JournalEntry, JournalStep, Person, PostponedQuestion


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
        named = [person_id, *faces]
        connection.execute(delete(JournalEntry))
        connection.execute(delete(JournalStep))
        # What the two numbers name depends on the question; one that is forgotten for nothing is asked anew.
        about = or_(PostponedQuestion.first_id.in_(among(named)), PostponedQuestion.second_id.in_(among(named)))
        connection.execute(delete(PostponedQuestion).where(about))
        connection.execute(delete(Face).where(Face.id.in_(among(faces))))
        connection.execute(delete(Person).where(Person.id == person_id))
        transaction.turned = True
        transaction.touched(Changes.of(photos=(photo for _, photo in rows), faces=faces, people=[person_id]))
    return transaction.changes
