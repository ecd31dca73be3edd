"""One face and one name that are left in a photo are one person, also where the others got theirs later."""

from collections import defaultdict

from sqlalchemy import Connection, select, update

from engine.library.changes import Changes
from engine.library.edits.names import name_key
from engine.library.ground import loosen
from engine.library.library import Library
from engine.library.mentions.matched import FaceHere
from engine.library.mentions.storing import faces_of, refused_in
from engine.library.mentions.who import Who
from engine.library.states import SPOKEN, PhotoState, Source
from engine.library.tables import Face, MentionRow, Photo

_Bare = tuple[int, str]
"""The id of a mention without a box, and its name."""


def place_left_over(library: Library) -> Changes:
    """Place the faces that are left over, as metadata's word, in every photo where one name and one face are.

    Left are names without a box whose person has no face in the photo that somebody spoke for, and faces that nobody
    spoke for. Where a box waits for its face, nothing is concluded; what the user refused or set aside stays.
    """
    with library.write() as transaction:
        connection = transaction.connection
        waiting = _waiting(connection)
        if waiting:
            transaction.touched(_placed(connection, waiting))
            loosen(connection, transaction.changes)
    return transaction.changes


def _waiting(connection: Connection) -> dict[int, list[_Bare]]:
    """Return the names that have no face, by photo; photos in which a box has none are left out."""
    query = select(MentionRow.photo_id, MentionRow.id, MentionRow.name, MentionRow.left)
    query = query.join(Photo, Photo.id == MentionRow.photo_id).where(MentionRow.face_id.is_(None))
    found: dict[int, list[_Bare]] = defaultdict(list)
    boxed: set[int] = set()
    for photo, mention, name, left in connection.execute(query.where(Photo.state == PhotoState.SCANNED)):
        found[photo].append((mention, name))
        if left is not None:
            boxed.add(photo)
    return {photo: bare for photo, bare in found.items() if photo not in boxed}


def _placed(connection: Connection, waiting: dict[int, list[_Bare]]) -> Changes:
    faces, refused, who = faces_of(connection, list(waiting)), refused_in(connection, list(waiting)), Who(connection)
    changes = Changes()
    for photo, bare in waiting.items():
        there = {face.person_id for face in faces[photo] if face.source in SPOKEN and face.person_id is not None}
        open_names = {name_key(name): (mention, name) for mention, name in bare if who.named(name) not in there}
        free = [face for face in faces[photo] if face.source not in SPOKEN and not face.ignored]
        if len(open_names) == 1 and len(free) == 1:
            ((mention, name),) = open_names.values()
            changes |= _place(connection, photo, free[0], mention, name, who, refused)
    return changes


def _place(
    connection: Connection,
    photo: int,
    face: FaceHere,
    mention: int,
    name: str,
    who: Who,
    refused: set[tuple[int, int]],
) -> Changes:
    known = who.named(name)
    if who.is_shared(name) or (known is not None and (face.face_id, known) in refused):
        return Changes()
    person = who.named_or_made(name)
    if person is None:
        return Changes()
    connection.execute(update(Face).where(Face.id == face.face_id).values(person_id=person, source=Source.METADATA))
    connection.execute(update(MentionRow).where(MentionRow.id == mention).values(face_id=face.face_id))
    people = {one for one in (person, face.person_id) if one is not None}
    return Changes.of(photos=[photo], faces=[face.face_id], people=people)
