"""Storing what was found in photos, one transaction a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from engine.geometry import Box
from engine.library.changes import Changes
from engine.library.indexing.face_matching import NEVER_ALIKE, Likeness, Pairs, PlacedFace, match_changed, match_faces
from engine.library.indexing.scan_results import PhotoScan, ScannedFace, face_columns, place_columns
from engine.library.indexing.stored_faces import (
    Place,
    StoredFace,
    StoredPhoto,
    delete_unspoken,
    forget_vectors_of_other_pixels,
    keep_places,
    known_places,
    let_wait,
    not_in_history,
    stored_photos,
)
from engine.library.library import Library
from engine.library.packed import pack
from engine.library.states import PhotoState
from engine.library.tables import Embedding, Face, Photo

_Matched = list[tuple[int, ScannedFace, PhotoScan]]
_Places = dict[int, Place]

SAME_SHAPE = 0.02
"""Of the ratio of the sides: a picture that was saved smaller is rounded to pixels."""


@dataclass(slots=True)
class _Outcome:
    """The faces of a batch: found again, found again without a detection, new, and those of which the scans know not.

    `lost` are those of files whose content is what it was, `gone` those whose picture does not show them any more.
    """

    matched: _Matched = field(default_factory=list)
    returned: _Places = field(default_factory=dict)
    added: list[tuple[ScannedFace, PhotoScan]] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def store_scans(library: Library, scans: Sequence[PhotoScan], *, likeness: Likeness = NEVER_ALIKE) -> Changes:
    """Store photos with their faces and mark them SCANNED.

    A face that was stored before keeps its id, person, source, rejections and whether it is ignored: where the content
    is what it was, the one in its place; where it changed, the one that shows the same face (`match_changed`), or lies
    where it lay when the file had just this content before. Of those that were not found again, the ones of which
    nobody said anything are deleted. Where the content changed, the others wait (`gone_since`) until a content shows
    them. A face of a changed photo loses its embeddings of other models: they are of other pixels. A photo that is no
    longer in the library is left out, which the returned ids show.
    """
    with library.write() as transaction:
        connection = transaction.connection
        stored = stored_photos(connection, {scan.photo_id: scan.model for scan in scans})
        known = [scan for scan in scans if scan.photo_id in stored]
        changed = {scan.photo_id for scan in known if stored[scan.photo_id].content_hash != scan.content_hash}
        places = _places_in(known, stored, known_places(connection, changed))
        outcome = _compare(known, stored, places, likeness)
        # What can be undone or redone finds its face again should the picture come back.
        delete_unspoken(connection, [*outcome.lost, *not_in_history(connection, outcome.gone)])
        keep_places(connection, changed)
        let_wait(connection, outcome.gone)
        _update_faces(connection, {face: place_columns(*place) for face, place in outcome.returned.items()})
        _update_faces(connection, {face: face_columns(found) for face, found, _ in outcome.matched})
        again = {face_id: scan.model for face_id, _, scan in outcome.matched if scan.photo_id in changed}
        forget_vectors_of_other_pixels(connection, again)
        placed = outcome.matched + _insert_faces(connection, outcome.added)
        _store_embeddings(connection, placed)
        _update_photos(connection, known)
        before = [face for photo in stored.values() for face in photo.faces]
        people = (face.person_id for face in before if face.person_id is not None)
        seen = {face.face_id for face in before} | {face_id for face_id, _, _ in placed}
        transaction.touched(Changes.of(photos=stored, faces=seen, people=people))
    return transaction.changes


def _places_in(
    scans: Sequence[PhotoScan], stored: Mapping[int, StoredPhoto], earlier: Mapping[int, Mapping[bytes, Place]]
) -> _Places:
    """Return where faces (by id) lay when their file had just the content that was read now."""
    faces = ((face.face_id, scan.content_hash) for scan in scans for face in stored[scan.photo_id].faces)
    return {face: earlier[face][digest] for face, digest in faces if digest in earlier.get(face, {})}


def _compare(
    scans: Sequence[PhotoScan], stored: dict[int, StoredPhoto], places: _Places, likeness: Likeness
) -> _Outcome:
    """Sort the faces of a batch."""
    outcome = _Outcome()
    for scan in scans:
        photo = stored[scan.photo_id]
        changed = photo.content_hash != scan.content_hash
        pairs = _matches(scan, photo, places, likeness)
        for row, face in enumerate(scan.faces):
            if row in pairs:
                outcome.matched.append((photo.faces[pairs[row]].face_id, face, scan))
            else:
                outcome.added.append((face, scan))
        taken = set(pairs.values())
        for row, known in enumerate(photo.faces):
            if row in taken:
                continue
            if changed and known.face_id in places:
                outcome.returned[known.face_id] = places[known.face_id]
            elif changed:
                outcome.gone.append(known.face_id)
            elif not known.gone:
                outcome.lost.append(known.face_id)
    return outcome


def _matches(scan: PhotoScan, photo: StoredPhoto, places: _Places, likeness: Likeness) -> Pairs:
    """Return new row → row of the stored face that it is: by place in this content, then by looks."""
    changed = photo.content_hash != scan.content_hash
    here: dict[int, Box] = {}
    for row, face in enumerate(photo.faces):
        if not changed and not face.gone:
            here[row] = face.box
        elif changed and face.face_id in places:
            here[row] = places[face.face_id][0]
    rows = list(here)
    found = match_faces([here[row] for row in rows], [face.box for face in scan.faces])
    pairs = {fresh: rows[stored] for fresh, stored in found.items()}
    new = [row for row in range(len(scan.faces)) if row not in pairs]
    old = [row for row, face in enumerate(photo.faces) if row not in here and (changed or face.gone)]
    alike = match_changed(
        [_placed(photo.faces[row]) for row in old],
        [
            PlacedFace(face.box, face.landmarks, face.embedding, face.quality)
            for face in (scan.faces[row] for row in new)
        ],
        likeness,
        same_shape=_same_shape(scan, photo),
    )
    return pairs | {new[fresh]: old[stored] for fresh, stored in alike.items()}


def _placed(face: StoredFace) -> PlacedFace:
    return PlacedFace(face.box, face.landmarks, face.vector, face.quality, elsewhere=face.gone)


def _same_shape(scan: PhotoScan, photo: StoredPhoto) -> bool:
    if not photo.width or not photo.height:
        return False
    return abs(scan.width * photo.height / (scan.height * photo.width) - 1) <= SAME_SHAPE


def _update_faces(connection: Connection, columns: Mapping[int, Mapping[str, float | bytes]]) -> None:
    """Write these columns, the same ones of each face (by id); its picture shows it now."""
    if columns:
        rows = [{"face": face, **values} for face, values in columns.items()]
        names = [name for name in rows[0] if name != "face"]
        seen = update(Face).where(Face.id == bindparam("face"))
        connection.execute(seen.values({name: bindparam(name) for name in names} | {"gone_since": None}), rows)


def _insert_faces(connection: Connection, added: Sequence[tuple[ScannedFace, PhotoScan]]) -> _Matched:
    if not added:
        return []
    rows = [{"photo_id": scan.photo_id, **face_columns(face)} for face, scan in added]
    ids = connection.scalars(insert(Face).returning(Face.id, sort_by_parameter_order=True), rows).all()
    return [(face_id, face, scan) for face_id, (face, scan) in zip(ids, added, strict=True)]


def _store_embeddings(connection: Connection, placed: _Matched) -> None:
    if placed:
        rows = [
            {"face_id": face_id, "model": scan.model, "vector": pack(face.embedding), "length": face.length}
            for face_id, face, scan in placed
        ]
        stored = upsert(Embedding)
        anew = {"vector": stored.excluded.vector, "length": stored.excluded.length}
        connection.execute(stored.on_conflict_do_update(set_=anew), rows)


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
