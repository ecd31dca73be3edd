"""What another program says, laid beside what is known here, and written as one edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library.before_many import kept_before_many
from engine.library.changes import Changes
from engine.library.edits.births import clean_birth_date
from engine.library.ground import loosen
from engine.library.ids import among
from engine.library.indexing import ScannedFace, insert_drawn
from engine.library.library import Library
from engine.library.mentions.matched import FaceHere, Matched, matched
from engine.library.mentions.storing import faces_of, refused_in
from engine.library.mentions.who import Who
from engine.library.sight import is_untold
from engine.library.states import PhotoState, Source
from engine.library.tables import Face, Folder, MentionRow, Person, Photo
from engine.metadata.mentions import Origin, PhotoMentions
from engine.words import counted


@dataclass(frozen=True, slots=True)
class ToDraw:
    """A box, relative (0 to 1) to the upright photo, that would become a face."""

    photo_id: int
    name: str
    box: Box


@dataclass(slots=True)
class Judged:
    """What would come of names: faces to be named, boxes to be drawn, names for a photo that nobody can place.

    `agreed` counts those that are so already. `conflicts` are names that something said here speaks against: another
    name, a refusal, a face that was set aside, a name that several people have.
    """

    named: list[tuple[int, str]] = field(default_factory=list)
    drawn: list[ToDraw] = field(default_factory=list)
    hints: list[tuple[int, str]] = field(default_factory=list)
    agreed: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A face that was made of a box."""

    photo_id: int
    name: str
    face: ScannedFace


@dataclass(frozen=True, slots=True)
class BroughtNames:
    """What is to be written: as `Judged`, with the drawn faces and the model of their embeddings; births by name."""

    named: Sequence[tuple[int, str]] = ()
    drawn: Sequence[Drawn] = ()
    hints: Sequence[tuple[int, str]] = ()
    births: Mapping[str, str] = field(default_factory=dict)
    model: str = ""


def scanned_photos(library: Library) -> list[tuple[int, Path]]:
    """Return all photos that were read to their end, with their paths."""
    query = select(Photo.id, Folder.path, Photo.relpath).join(Folder, Folder.id == Photo.folder_id)
    with library.read() as connection:
        rows = connection.execute(query.where(Photo.state == PhotoState.SCANNED).order_by(Photo.id)).all()
    return [(photo, Path(folder, relpath)) for photo, folder, relpath in rows]


def judge(library: Library, said: Mapping[int, PhotoMentions]) -> Judged:
    """Say what would come of the mentions of photos, boxes relative (0 to 1) to the upright photo; changes nothing."""
    judged = Judged()
    with library.read() as connection:
        who, faces = Who(connection), faces_of(connection, list(said))
        refused = refused_in(connection, list(said))
        for photo_id, mentions in said.items():
            for one in matched(mentions, faces[photo_id], (), who):
                _judge_one(judged, photo_id, one, who, refused)
    return judged


def _judge_one(judged: Judged, photo_id: int, one: Matched, who: Who, refused: set[tuple[int, int]]) -> None:
    person = who.named(one.name)
    if one.face is None:
        if one.box is not None:
            judged.drawn.append(ToDraw(photo_id, one.name, one.box))
        else:
            judged.hints.append((photo_id, one.name))
        return
    face = one.face
    if person is not None and face.person_id == person and face.source in (Source.USER, Source.METADATA):
        judged.agreed += 1
    elif _is_free(face) and not who.is_shared(one.name) and (face.face_id, person) not in refused:
        judged.named.append((face.face_id, one.name))
    else:
        judged.conflicts += 1


def _is_free(face: FaceHere) -> bool:
    return not face.ignored and face.source in (None, Source.CLUSTER)


def bring_names(library: Library, brought: BroughtNames) -> Changes:
    """Write names that another program gave, as one edit: below what a user said, above what the machine thinks.

    A face of which somebody spoke meanwhile is left alone. Drawn faces are gone with an undo, and back with a redo.
    """
    count = len(brought.named) + len(brought.drawn)
    with (
        kept_before_many(library.path, count),
        library.edit(counted("Bring {count:,} name", "Bring {count:,} names", count=count)) as edit,
    ):
        connection = edit.connection
        who = Who(connection)
        for face_id, name in brought.named:
            _place(connection, face_id, who.named_or_made(name))
        for one in brought.drawn:
            person = who.named_or_made(one.name)
            if person is not None:
                _draw(connection, one, person, brought.model)
        for name, written in brought.births.items():
            person, born = who.named(name), _possible_date(written)
            if person is not None and born is not None:
                undated = update(Person).where(Person.id == person, Person.birth_date.is_(None))
                connection.execute(undated.values(birth_date=born))
        _note_hints(connection, brought.hints)
        edit.touched(Changes.of(photos={one.photo_id for one in brought.drawn}))
    return edit.changes


def _possible_date(written: str) -> str | None:
    try:
        return clean_birth_date(written)
    except LibraryError:
        return None


def _place(connection: Connection, face_id: int, person: int | None) -> None:
    if person is not None:
        placed = update(Face).where(Face.id == face_id, is_untold(), ~Face.ignored)
        connection.execute(placed.values(person_id=person, source=Source.METADATA))


def _draw(connection: Connection, one: Drawn, person: int, model: str) -> None:
    # The journal records no new faces, only what becomes of them: made as withdrawn, then taken in.
    face_id = insert_drawn(connection, one.photo_id, one.face, model, {"withdrawn": True})
    taken = update(Face).where(Face.id == face_id)
    connection.execute(taken.values(withdrawn=False, person_id=person, source=Source.METADATA))


def _note_hints(connection: Connection, hints: Sequence[tuple[int, str]]) -> None:
    """Keep names that nobody can place yet; they are no answer, so undoing leaves them."""
    known = select(MentionRow.photo_id, MentionRow.name).where(MentionRow.origin == Origin.IMPORT)
    there = {(photo, name) for photo, name in connection.execute(known)}
    fresh = [hint for hint in dict.fromkeys(hints) if hint not in there]
    if fresh:
        rows = [{"photo_id": photo, "name": name, "origin": Origin.IMPORT} for photo, name in fresh]
        connection.execute(insert(MentionRow), rows)
        named = select(Face.id).where(Face.photo_id.in_(among({photo for photo, _ in fresh})))
        loosen(connection, Changes.of(faces=connection.scalars(named)))  # who may be in these photos is known now
