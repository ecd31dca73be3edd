"""Storing what was found in photos, one transaction a batch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from engine.geometry import Box
from engine.library.changes import Changes
from engine.library.ids import among
from engine.library.indexing.face_matching import match_faces
from engine.library.indexing.scan_results import PhotoScan, ScannedFace, embedding_bytes, face_columns
from engine.library.library import Library
from engine.library.states import SPOKEN, PhotoState
from engine.library.tables import Embedding, Face, Person, Photo, Rejection


@dataclass(frozen=True, slots=True)
class _Stored:
    face_id: int
    box: Box
    person_id: int | None
    vector: NDArray[np.float32] | None = None


_Matched = list[tuple[int, ScannedFace, PhotoScan]]


def store_scans(library: Library, scans: Sequence[PhotoScan], *, apart: float = -1.0) -> Changes:
    """Store photos with their faces and mark them SCANNED.

    A face that overlaps one stored before is that face: it keeps its id, person, source, rejections and whether it is
    ignored. Not so where the photo's content changed and the two are less similar than `apart` (cosine, by embeddings
    of one model; −1 for never): then another picture took the file's name. Of the stored ones that were not found
    again, those that a person drew or said something about are kept, the others deleted. A photo whose content changed
    loses the embeddings of other models: they are of other pixels. A photo that is no longer in the library is left
    out, which the returned ids show.
    """
    with library.write() as transaction:
        connection = transaction.connection
        hashes = _hashes(connection, [scan.photo_id for scan in scans])
        known = [scan for scan in scans if scan.photo_id in hashes]
        changed = [scan for scan in known if hashes[scan.photo_id] != scan.content_hash]
        stored = _stored_faces(connection, list(hashes))
        stored |= _with_vectors(connection, stored, changed)
        matched, added, lost = _compare(known, stored, apart)
        _forget_old_embeddings(connection, [scan.photo_id for scan in changed])
        _delete_unspoken(connection, [face.face_id for face in lost])
        _update_faces(connection, matched)
        placed = matched + _insert_faces(connection, added)
        _store_embeddings(connection, placed)
        _update_photos(connection, known)
        before = [face for faces in stored.values() for face in faces]
        people = (face.person_id for face in before if face.person_id is not None)
        seen = {face.face_id for face in before} | {face_id for face_id, _, _ in placed}
        transaction.touched(Changes.of(photos=hashes, faces=seen, people=people))
    return transaction.changes


def _hashes(connection: Connection, ids: Sequence[int]) -> dict[int, bytes | None]:
    rows = connection.execute(select(Photo.id, Photo.content_hash).where(Photo.id.in_(among(ids))))
    return dict(rows.all())


def _stored_faces(connection: Connection, ids: Sequence[int]) -> dict[int, list[_Stored]]:
    query = select(Face.photo_id, Face.id, Face.left, Face.top, Face.width, Face.height, Face.person_id)
    stored: dict[int, list[_Stored]] = defaultdict(list)
    for photo, face, left, top, width, height, person in connection.execute(query.where(Face.photo_id.in_(among(ids)))):
        stored[photo].append(_Stored(face, Box(left, top, width, height), person))
    return stored


def _with_vectors(
    connection: Connection, stored: dict[int, list[_Stored]], scans: Sequence[PhotoScan]
) -> dict[int, list[_Stored]]:
    """Return the stored faces of these photos with their embeddings by the models of the scans."""
    models = {scan.photo_id: scan.model for scan in scans if scan.photo_id in stored}
    query = select(Face.photo_id, Face.id, Embedding.model, Embedding.vector).join(Face, Face.id == Embedding.face_id)
    rows = connection.execute(query.where(Face.photo_id.in_(among(models))))
    vectors = {face: np.frombuffer(data, "<f4") for photo, face, model, data in rows if models[photo] == model}
    return {photo: [replace(face, vector=vectors.get(face.face_id)) for face in stored[photo]] for photo in models}


def _strangers(old: Sequence[_Stored], new: Sequence[ScannedFace], apart: float) -> NDArray[np.bool_]:
    """Return (new, old): which pairs their embeddings tell apart; without an embedding none."""
    marked = np.zeros((len(new), len(old)), bool)
    for column, face in enumerate(old):
        if face.vector is not None:
            marked[:, column] = [float(fresh.embedding @ face.vector) < apart for fresh in new]
    return marked


def _compare(
    scans: Sequence[PhotoScan], stored: dict[int, list[_Stored]], apart: float
) -> tuple[_Matched, list[tuple[ScannedFace, PhotoScan]], list[_Stored]]:
    """Sort the faces into those stored before, the new ones, and the stored ones that were not found again."""
    matched: _Matched = []
    added: list[tuple[ScannedFace, PhotoScan]] = []
    lost: list[_Stored] = []
    for scan in scans:
        old = stored.get(scan.photo_id, [])
        strangers = _strangers(old, scan.faces, apart)
        pairs = match_faces([face.box for face in old], [face.box for face in scan.faces], strangers)
        for place, face in enumerate(scan.faces):
            if place in pairs:
                matched.append((old[pairs[place]].face_id, face, scan))
            else:
                added.append((face, scan))
        lost += [face for place, face in enumerate(old) if place not in pairs.values()]
    return matched, added, lost


def _forget_old_embeddings(connection: Connection, changed: Sequence[int]) -> None:
    if changed:
        faces = select(Face.id).where(Face.photo_id.in_(among(changed)))
        connection.execute(delete(Embedding).where(Embedding.face_id.in_(faces)))


def _delete_unspoken(connection: Connection, lost: Sequence[int]) -> None:
    """Delete those of these faces that nobody has said anything about."""
    spoken = or_(
        # Without this, NOT of an unknown source would be unknown too, and the face would stay.
        and_(Face.source.is_not(None), Face.source.in_(SPOKEN)),
        Face.ignored,
        Face.drawn,
        select(Rejection.face_id).where(Rejection.face_id == Face.id).exists(),
        select(Person.id).where(Person.cover_face_id == Face.id).exists(),
    )
    if lost:
        connection.execute(delete(Face).where(Face.id.in_(among(lost)), ~spoken))


def _update_faces(connection: Connection, matched: _Matched) -> None:
    if matched:
        rows = [{"face": face_id, **face_columns(face)} for face_id, face, _ in matched]
        names = [name for name in rows[0] if name != "face"]
        found_again = update(Face).where(Face.id == bindparam("face"))
        connection.execute(found_again.values({name: bindparam(name) for name in names}), rows)


def _insert_faces(connection: Connection, added: Sequence[tuple[ScannedFace, PhotoScan]]) -> _Matched:
    if not added:
        return []
    rows = [{"photo_id": scan.photo_id, **face_columns(face)} for face, scan in added]
    ids = connection.scalars(insert(Face).returning(Face.id, sort_by_parameter_order=True), rows).all()
    return [(face_id, face, scan) for face_id, (face, scan) in zip(ids, added, strict=True)]


def _store_embeddings(connection: Connection, placed: _Matched) -> None:
    if placed:
        rows = [
            {"face_id": face_id, "model": scan.model, "vector": embedding_bytes(face)} for face_id, face, scan in placed
        ]
        stored = upsert(Embedding)
        connection.execute(stored.on_conflict_do_update(set_={"vector": stored.excluded.vector}), rows)


def _update_photos(connection: Connection, scans: Sequence[PhotoScan]) -> None:
    names = ("size", "mtime_ns", "ctime_ns", "content_hash", "width", "height", "detector", "note")
    dates = ("taken_at", "taken_precision", "taken_from")
    if scans:
        rows = [{"photo": scan.photo_id, **{name: getattr(scan, name) for name in (*names, *dates)}} for scan in scans]
        read = update(Photo).where(Photo.id == bindparam("photo"))
        settled = read.values(
            state=PhotoState.SCANNED, problem=None, **{name: bindparam(name) for name in (*names, *dates)}
        )
        connection.execute(settled, rows)
