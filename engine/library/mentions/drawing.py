"""Faces that metadata frame and no detector found: made as a scan makes faces, named as metadata name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from engine.geometry import Box
from engine.library.changes import Changes
from engine.library.ground import loosen
from engine.library.ids import among
from engine.library.indexing import ScannedFace, insert_drawn
from engine.library.indexing.face_matching import SAME_FACE_IOU
from engine.library.library import Library
from engine.library.mentions.who import Who
from engine.library.states import PhotoState, Source
from engine.library.tables import Face, Folder, MentionRow, Photo

LEAST_PIXELS = 8
"""A box of fewer pixels a side shows nobody."""


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A mention with a box, relative (0 to 1) to the upright photo, that no face was found for."""

    mention_id: int
    photo_id: int
    path: Path
    box: Box


def undrawn(library: Library) -> list[Undrawn]:
    """Return the mentions whose boxes wait to become faces, by photo."""
    box: tuple[Any, ...] = (MentionRow.left, MentionRow.top, MentionRow.width, MentionRow.height)
    query = select(MentionRow.id, MentionRow.photo_id, Folder.path, Photo.relpath, *box)
    query = query.join(Photo, Photo.id == MentionRow.photo_id).join(Folder, Folder.id == Photo.folder_id)
    waiting = (MentionRow.left.is_not(None), MentionRow.face_id.is_(None), MentionRow.drew.is_(None))
    large = (MentionRow.width * Photo.width >= LEAST_PIXELS, MentionRow.height * Photo.height >= LEAST_PIXELS)
    query = query.where(*waiting, *large, Photo.state == PhotoState.SCANNED)
    with library.read() as connection:
        rows = connection.execute(query.order_by(MentionRow.photo_id, MentionRow.id)).all()
    return [Undrawn(one, photo, Path(folder, relpath), Box(*place)) for one, photo, folder, relpath, *place in rows]


def store_drawn(library: Library, drawn: Sequence[tuple[int, ScannedFace]], model: str) -> Changes:
    """Store faces (mention id, face) that mentions frame and place them; `model` made their embeddings.

    A mention that is gone meanwhile makes no face, nor does one whose face is there already under another name.
    """
    with library.write() as transaction:
        connection = transaction.connection
        who = Who(connection)
        for mention_id, face in drawn:
            there = select(MentionRow.photo_id, MentionRow.name)
            row = connection.execute(there.where(MentionRow.id == mention_id, MentionRow.face_id.is_(None))).first()
            if row is None:
                continue
            if _is_there(connection, row[0], face.box):
                connection.execute(update(MentionRow).where(MentionRow.id == mention_id).values(drew=False))
            else:
                transaction.touched(_made(connection, mention_id, row[0], who.named_or_made(row[1]), face, model))
        loosen(connection, transaction.changes)
    return transaction.changes


def _is_there(connection: Connection, photo_id: int, box: Box) -> bool:
    columns = (Face.left, Face.top, Face.width, Face.height)
    rows = connection.execute(select(*columns).where(Face.photo_id == photo_id, ~Face.withdrawn))
    return any(Box(*row).iou(box) >= SAME_FACE_IOU for row in rows)


def _made(
    connection: Connection, mention_id: int, photo_id: int, person: int | None, face: ScannedFace, model: str
) -> Changes:
    said = {"person_id": person, "source": Source.METADATA if person is not None else None}
    face_id = insert_drawn(connection, photo_id, face, model, said)
    connection.execute(update(MentionRow).where(MentionRow.id == mention_id).values(face_id=face_id, drew=True))
    return Changes.of(photos=[photo_id], faces=[face_id], people=[] if person is None else [person])


def note_vain(library: Library, mentions: Sequence[int]) -> None:
    """Note that these mentions cannot be drawn, so that it is not tried at every scan: their photos cannot be read."""
    with library.write() as transaction:
        vain = update(MentionRow).where(MentionRow.id.in_(among(mentions)))
        transaction.connection.execute(vain.values(drew=False))
