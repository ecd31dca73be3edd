"""Naming people after the albums that are mostly theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from engine.errors import LibraryError
from engine.library.before_many import kept_before_many
from engine.library.changes import Changes
from engine.library.edits.names import clean_name, same_name
from engine.library.ids import among, require_people
from engine.library.library import Library
from engine.library.sight import is_untold
from engine.library.states import Source
from engine.library.tables import Face, Person
from engine.words import counted, sentence


@dataclass(frozen=True, slots=True)
class AlbumName:
    """A person without a name, or with this one, and those of the person's faces that are to be confirmed."""

    person: int
    name: str
    faces: tuple[int, ...]


def name_after_albums(library: Library, albums: Sequence[AlbumName]) -> Changes:
    """Give these people these names and confirm these faces, as one edit.

    A face that is not the person's any more, or that somebody has spoken about, stays as it is. Raises LibraryError
    where a person is gone or has got another name meanwhile.
    """
    people = len({album.person for album in albums})
    label = counted("Name {count:,} person after an album", "Name {count:,} people after albums", count=people)
    with kept_before_many(library.path, sum(len(album.faces) for album in albums)), library.edit(label) as edit:
        connection = edit.connection
        require_people(connection, [album.person for album in albums])
        for album in albums:
            wanted = clean_name(album.name)
            given = connection.scalar(select(Person.name).where(Person.id == album.person))
            if wanted is None or (given is not None and not same_name(given, wanted)):
                raise LibraryError(
                    sentence("Person {person} has another name by now.", person=album.person),
                    sentence("Look at the albums again."),
                )
            if given is None:
                connection.execute(update(Person).where(Person.id == album.person).values(name=wanted))
            own = (Face.id.in_(among(album.faces)), Face.person_id == album.person, ~Face.ignored)
            connection.execute(update(Face).where(*own, is_untold()).values(source=Source.USER))
    return edit.changes
