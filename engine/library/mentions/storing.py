"""Storing what metadata say about people, and placing the faces that they name: below what the user said.

Nothing of it is recorded for undo: it stands in the files, and a scan reads it again. What a user said of a face
(named, refused, set aside) stays, whatever a file says. A name that a file has no more takes its placement back.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update

from engine.geometry import Box
from engine.library.changes import Changes
from engine.library.edits.names import name_key
from engine.library.ground import loosen
from engine.library.ids import among
from engine.library.library import Library
from engine.library.mentions.matched import FaceHere, Matched, OldMention, matched
from engine.library.mentions.unmentioned import forget_unmentioned
from engine.library.mentions.who import Who
from engine.library.sight import in_picture
from engine.library.states import PhotoState, Source
from engine.library.tables import Face, MentionRow, Photo, Rejection
from engine.metadata.mentions import Origin, PhotoMentions

_OF_FILES = (Origin.FILE, Origin.SIDECAR)


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """A photo whose metadata were read, and the stamp (`stamp_of`) of what was read.

    `mentions` is None where they could not be read: what was known stays.
    """

    photo_id: int
    stamp: str
    mentions: PhotoMentions | None


@dataclass(frozen=True, slots=True)
class Named:
    """What came of it: faces that were given names, and how many names several people share (who got none)."""

    changes: Changes = field(default_factory=Changes)
    faces: int = 0
    shared: int = 0


def store_mentions(library: Library, photos: Sequence[ReadPhoto]) -> Named:
    """Store who is said to be in these photos, in place of what was said before, and place the faces that match.

    A box belongs to the face that it overlaps best, one to one. One name without a box and one face that nobody named
    are one person. Photos that are not in the library, or not read to their end, are left out.
    """
    with library.write() as transaction:
        connection = transaction.connection
        known = _scanned(connection, [photo.photo_id for photo in photos])
        readable = [photo for photo in photos if photo.photo_id in known and photo.mentions is not None]
        placing = _Placing(connection, [photo.photo_id for photo in readable])
        for photo in readable:
            placing.take(photo.photo_id, photo.mentions or PhotoMentions())
        placing.finish()
        _note(connection, [photo for photo in photos if photo.photo_id in known])
        changes = placing.changes()
        loosen(connection, changes | Changes.of(faces=placing.reconsidered))
        transaction.touched(changes)
    return Named(transaction.changes, len(placing.placed), len(placing.who.shared))


def _scanned(connection: Connection, ids: Sequence[int]) -> set[int]:
    return set(connection.scalars(select(Photo.id).where(Photo.id.in_(among(ids)), Photo.state == PhotoState.SCANNED)))


def _note(connection: Connection, photos: Sequence[ReadPhoto]) -> None:
    if photos:
        noted = update(Photo).where(Photo.id == bindparam("photo")).values(names_read=bindparam("stamp"))
        connection.execute(noted, [{"photo": photo.photo_id, "stamp": photo.stamp} for photo in photos])


class _Placing:
    """One transaction's work: what was there before, and what is to be written, photo by photo."""

    def __init__(self, connection: Connection, photo_ids: Sequence[int]) -> None:
        self._connection = connection
        self.who = Who(connection)
        self._faces = faces_of(connection, photo_ids)
        self._old = _old_mentions(connection, photo_ids)
        self._refused = refused_in(connection, photo_ids)
        self._photos = list(photo_ids)
        self._rows: list[dict[str, object]] = []
        self._people: set[int] = set()
        self.placed: dict[int, int] = {}
        self.freed: set[int] = set()
        self.reconsidered: set[int] = set()
        """Faces of photos of which is known now who may be in them."""

    def take(self, photo_id: int, said: PhotoMentions) -> None:
        """Match what is said of a photo with its faces, and note what follows."""
        faces, old = self._faces[photo_id], self._old[photo_id]
        found = matched(said, faces, old, self.who)
        for one in found:
            self._rows.append(_row(photo_id, one))
            if one.face is not None and self._may_be_placed(one, one.face, old):
                self._place(one.name, one.face)
        bare = {name_key(one.name) for one in found if one.box is None and one.face is None}
        if bare - {name_key(before.name) for before in old}:
            self.reconsidered |= {face.face_id for face in faces if not face.ignored}
        kept = {one.face.face_id for one in found if one.face is not None}
        here = {face.face_id: face for face in faces}
        for before in old:
            face = here.get(before.face_id or 0)
            if face is not None and face.face_id not in kept and face.source is Source.METADATA:
                self.freed.add(face.face_id)

    def finish(self) -> None:
        """Write all of it."""
        connection = self._connection
        before = (before for each in self._old.values() for before in each)
        drew = [one.face_id for one in before if one.drew and one.face_id in self.freed]
        connection.execute(
            delete(MentionRow).where(MentionRow.photo_id.in_(among(self._photos)), MentionRow.origin.in_(_OF_FILES))
        )
        if self._rows:
            connection.execute(insert(MentionRow), self._rows)
        freed = update(Face).where(Face.id.in_(among(self.freed)), Face.source == Source.METADATA)
        connection.execute(freed.values(person_id=None, source=None))
        if self.placed:
            untold = or_(Face.source.is_(None), Face.source != Source.USER)
            moved = update(Face).where(Face.id == bindparam("face"), untold)
            moved = moved.values(person_id=bindparam("person"), source=Source.METADATA)
            connection.execute(moved, [{"face": face, "person": person} for face, person in self.placed.items()])
        refused = exists(select(Rejection.face_id).where(Rejection.face_id == Face.id))
        connection.execute(delete(Face).where(Face.id.in_(among(one for one in drew if one)), ~refused))
        faces, people = forget_unmentioned(connection)
        self.freed |= faces
        self._people |= people

    def changes(self) -> Changes:
        """Return what was touched."""
        faces = self.freed | set(self.placed)
        photos = {photo for photo, here in self._faces.items() if any(face.face_id in faces for face in here)}
        return Changes.of(photos=photos, faces=faces, people=self._people | set(self.placed.values()))

    def _may_be_placed(self, one: Matched, face: FaceHere, old: Sequence[OldMention]) -> bool:
        """Say whether nobody said otherwise, and the file did not say the same before."""
        if face.ignored or face.source is Source.USER:
            return False
        is_old = any(before.face_id == face.face_id and before.is_of(one.name) for before in old)
        return not (face.source is Source.METADATA and is_old)

    def _place(self, name: str, face: FaceHere) -> None:
        person = self.who.named(name)
        if person is not None and (face.face_id, person) in self._refused:
            return
        person = self.who.named_or_made(name)
        if person is not None and (person, Source.METADATA) != (face.person_id, face.source):
            self.placed[face.face_id] = person
            self._people.update(one for one in (face.person_id, person) if one is not None)


def faces_of(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[FaceHere]]:
    """Return the faces that photos show, by photo."""
    columns: tuple[Any, ...] = (Face.photo_id, Face.id, Face.person_id, Face.source, Face.ignored)
    query = select(*columns, Face.left, Face.top, Face.width, Face.height).order_by(Face.id)
    found: dict[int, list[FaceHere]] = defaultdict(list)
    for photo, face_id, person, source, ignored, *place in connection.execute(
        query.where(Face.photo_id.in_(among(photo_ids)), in_picture())
    ):
        found[photo].append(FaceHere(face_id, Box(*place), person, source, ignored))
    return found


def _old_mentions(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[OldMention]]:
    query = select(MentionRow.photo_id, MentionRow.name, MentionRow.face_id, MentionRow.drew)
    here = MentionRow.photo_id.in_(among(photo_ids)) & MentionRow.origin.in_(_OF_FILES)
    found: dict[int, list[OldMention]] = defaultdict(list)
    for photo, name, face_id, drew in connection.execute(query.where(here)):
        found[photo].append(OldMention(name, face_id, drew))
    return found


def refused_in(connection: Connection, photo_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return the faces of photos with the people whom the user refused for them."""
    query = select(Rejection.face_id, Rejection.person_id).join(Face, Face.id == Rejection.face_id)
    return {(face, person) for face, person in connection.execute(query.where(Face.photo_id.in_(among(photo_ids))))}


def _row(photo_id: int, one: Matched) -> dict[str, object]:
    box = one.box
    return {
        "photo_id": photo_id,
        "name": one.name,
        "left": box.left if box else None,
        "top": box.top if box else None,
        "width": box.width if box else None,
        "height": box.height if box else None,
        "origin": one.origin,
        "face_id": one.face.face_id if one.face else None,
        "drew": one.drew,
    }
