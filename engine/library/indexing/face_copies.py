"""The same face in several files of one picture: what is said of one is said of all (`shared_answers`)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select, text, update
from sqlalchemy.orm import aliased

from engine.geometry import Box
from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.indexing.face_matching import match_faces
from engine.library.journal import FACES
from engine.library.library import Library
from engine.library.sight import in_picture
from engine.library.states import SPOKEN
from engine.library.tables import Face, Photo, Rejection

_TAKE_VECTORS = """
    INSERT INTO embeddings(face_id, model, vector, length)
    SELECT :told, model, vector, length FROM embeddings WHERE face_id = :telling
"""

_TAKE_REFUSALS = """
    INSERT INTO rejections(face_id, person_id) SELECT :told, person_id FROM rejections WHERE face_id = :telling
    ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class _One:
    """A face of a file, and what was said of it."""

    face_id: int
    box: Box
    drawn: bool
    copy_of: int | None
    person_id: int | None
    spoken: bool
    ignored: bool
    refused: frozenset[int]

    @property
    def answer(self) -> tuple[int | None, bool] | None:
        """What somebody said: who it is, and whether it is set aside; None where nobody did."""
        if not self.spoken and not self.ignored:
            return None
        return self.person_id if self.spoken else None, self.ignored

    def disagrees(self, other: "_One") -> bool:
        """Say whether something was said of one that cannot be true of the other."""
        if None not in (self.answer, other.answer) and self.answer != other.answer:
            return True
        return any(one.spoken and one.person_id in another.refused for one, another in ((self, other), (other, self)))


def share_faces(library: Library) -> Changes:
    """Join the faces at one place of the files that show one picture, and let them take over what was said.

    Files of one picture are those that `note_copies` found. A drawn face is made in the files that lack it. Two faces
    of which different things were said before are left as they are.
    """
    with library.read() as connection:
        work = _unshared(connection)
        left = _left(connection)
    if not work and not left:
        return Changes()
    with library.write() as transaction:
        connection = transaction.connection
        connection.execute(update(Face).where(Face.id.in_(among(left))).values(copy_of=None))
        faces = _faces(connection, {photo for pair in work for photo in pair})
        touched = set(left)
        for copy, original in work:
            touched |= _share(connection, faces[copy], faces[original], copy, original)
        people = connection.scalars(select(Face.person_id).where(Face.id.in_(among(touched)))).all()
        photos = [photo for pair in work for photo in pair]
        transaction.touched(Changes.of(faces=touched, photos=photos, people=(one for one in people if one is not None)))
    return transaction.changes


def copy_drawn(connection: Connection, face_id: int, photo_id: int) -> int:
    """Make a drawn face in another file of its picture, as its copy, with its vectors; return the new face."""
    columns = '"left", top, width, height, landmarks, score, quality, drawn'
    values = ", ".join(FACES.values)
    made = text(
        f"INSERT INTO faces(photo_id, copy_of, {columns}, {values}) "  # noqa: S608 names of our own columns
        f"SELECT :photo, :face, {columns}, {values} FROM faces WHERE id = :face RETURNING id"
    )
    twin = connection.execute(made, {"photo": photo_id, "face": face_id}).scalar_one()
    for statement in (_TAKE_VECTORS, _TAKE_REFUSALS):
        connection.execute(text(statement), {"told": twin, "telling": face_id})
    return int(twin)


def _unshared(connection: Connection) -> list[tuple[int, int]]:
    """Return (copy, original) photos of which a face of one is not joined to one of the other."""
    leader, drawn, follower = aliased(Face), aliased(Face), aliased(Face)
    there = select(Photo.id, Photo.copy_of).where(Photo.copy_of.is_not(None))
    joined = select(leader.id).where(leader.id == Face.copy_of, leader.photo_id == Photo.copy_of)
    alone = select(Face.id).where(Face.photo_id == Photo.id, in_picture(), ~joined.exists())
    has_follower = select(follower.id).where(follower.copy_of == drawn.id, follower.photo_id == Photo.id)
    undrawn = select(drawn.id).where(
        drawn.photo_id == Photo.copy_of, drawn.drawn, in_picture(drawn), ~has_follower.exists()
    )
    rows = connection.execute(there.where(alone.exists() | undrawn.exists()).order_by(Photo.id)).all()
    return [(copy, original) for copy, original in rows if original is not None]


def _left(connection: Connection) -> list[int]:
    """Return joined faces whose file shows another picture now, or that are joined to one of another file."""
    leader = aliased(Face)
    right = select(leader.id).where(
        leader.id == Face.copy_of, leader.photo_id == Photo.copy_of, leader.gone_since.is_(None)
    )
    query = select(Face.id).join(Photo, Photo.id == Face.photo_id).where(Face.copy_of.is_not(None), ~right.exists())
    return list(connection.scalars(query))


def _faces(connection: Connection, photos: Iterable[int]) -> dict[int, list[_One]]:
    here = Face.photo_id.in_(among(photos)) & in_picture()
    refused: dict[int, set[int]] = defaultdict(set)
    words = select(Rejection.face_id, Rejection.person_id).join(Face, Face.id == Rejection.face_id)
    for refusal in connection.execute(words.where(here)):
        refused[refusal.face_id].add(refusal.person_id)
    columns = (Face.left, Face.top, Face.width, Face.height)
    said = (Face.drawn, Face.copy_of, Face.person_id, Face.source, Face.ignored)
    found: dict[int, list[_One]] = defaultdict(list)
    query = select(Face.photo_id, Face.id, *columns, *said).where(here).order_by(Face.id)
    for photo, face, *sides, drawn, copy_of, person, source, ignored in connection.execute(query):
        spoken = source is not None and source in SPOKEN
        told = frozenset(refused[face])
        found[photo].append(_One(face, Box(*sides), drawn, copy_of, person, spoken, ignored, told))
    return found


def _share(connection: Connection, copies: list[_One], originals: list[_One], copy: int, original: int) -> set[int]:
    """Join the faces of two files; return those that were touched."""
    pairs = match_faces([face.box for face in originals], [face.box for face in copies])
    touched: set[int] = set()
    for row, face in enumerate(copies):
        if row in pairs:
            leader = originals[pairs[row]]
            if face.copy_of != leader.face_id and not face.disagrees(leader):
                _join(connection, face, leader)
                touched |= {face.face_id, leader.face_id}
        elif face.drawn:
            made = copy_drawn(connection, face.face_id, original)
            connection.execute(update(Face).where(Face.id == made).values(copy_of=None))
            connection.execute(update(Face).where(Face.id == face.face_id).values(copy_of=made))
            touched |= {face.face_id, made}
    matched = {originals[row].face_id for row in pairs.values()}
    for leader in originals:
        if leader.drawn and leader.face_id not in matched:
            touched |= {leader.face_id, copy_drawn(connection, leader.face_id, copy)}
    return touched


def _join(connection: Connection, face: _One, leader: _One) -> None:
    """Make a face the copy of another, and give what was said of one to both."""
    connection.execute(update(Face).where(Face.id == face.face_id).values(copy_of=leader.face_id))
    telling = face if leader.answer is None and face.answer is not None else leader
    told = leader if telling is face else face
    values = ", ".join(FACES.values)
    take = f"UPDATE faces SET ({values}) = (SELECT {values} FROM faces WHERE id = :telling) WHERE id = :told"  # noqa: S608 names of our own columns
    connection.execute(text(take), {"telling": telling.face_id, "told": told.face_id})
    for one, other in ((face, leader), (leader, face)):
        connection.execute(text(_TAKE_REFUSALS), {"telling": one.face_id, "told": other.face_id})
