"""The states that a photo goes through while it is scanned."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, case, select, update
from sqlalchemy.dialects.sqlite import Insert, insert

from engine.library.changes import Changes
from engine.library.ids import among, require_folders
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Face, Photo

UNREAD = -1
"""The modification time of a photo that must be read again: no file has it."""


class Problem(NamedTuple):
    """Why a photo cannot be read; `content_hash` is None where not even its bytes could be."""

    photo_id: int
    reason: str
    size: int
    mtime_ns: int
    content_hash: bytes | None
    ctime_ns: int | None = None


class Touch(NamedTuple):
    """A file whose content is what it was, with its present size in bytes and time."""

    photo_id: int
    size: int
    mtime_ns: int
    ctime_ns: int | None = None


def resting_state() -> ColumnElement[PhotoState]:
    """Return the state of a photo that is there and not being read: what its last reading came to, NEW without one."""
    return case(
        (Photo.problem.is_not(None), PhotoState.BROKEN),
        (Photo.detector.is_not(None), PhotoState.SCANNED),
        else_=PhotoState.NEW,
    )


def time_when_left() -> ColumnElement[int]:
    """Return the modification time of a photo that leaves its state: UNREAD where it was being read once more.

    What is noted then is the file that was not read to its end, and the photo must not pass for read.
    """
    is_open = (Photo.state == PhotoState.STARTED) | (Photo.state == PhotoState.SUSPECT)
    return case((is_open & (resting_state() != PhotoState.NEW), UNREAD), else_=Photo.mtime_ns)


def start_photos(
    library: Library,
    folder_id: int,
    files: Sequence[tuple[str, int, int]],
    state: PhotoState = PhotoState.STARTED,
) -> dict[str, int]:
    """Add or find the photos of (relpath, size, mtime_ns), give them this state and return their ids by relpath.

    Call it before reading them. A photo that is already known keeps the hash of what was last read to its end; its size
    and time are those of the file that is being read, so that one which ends the process is told from another that took
    its place. Raises LibraryError if the folder was removed.
    """
    rows = [
        {"folder_id": folder_id, "relpath": relpath, "size": size, "mtime_ns": mtime_ns, "state": state}
        for relpath, size, mtime_ns in files
    ]
    if not rows:
        return {}
    with library.write() as transaction:
        connection = transaction.connection
        require_folders(connection, [folder_id])
        found = dict(connection.execute(_starting(state).returning(Photo.relpath, Photo.id), rows).all())
        transaction.touched(Changes.of(photos=found.values()))
    return found


def _starting(state: PhotoState) -> Insert:
    added = insert(Photo)
    size, mtime_ns = added.excluded.size, added.excluded.mtime_ns
    # When the file last changed is noted once it was read to its end: until then it may change any time.
    update_known = {"state": state, "size": size, "mtime_ns": mtime_ns, "ctime_ns": None}
    return added.on_conflict_do_update(index_elements=[Photo.folder_id, Photo.relpath], set_=update_known)


def store_problems(library: Library, problems: Iterable[Problem]) -> Changes:
    """Mark photos as BROKEN with their reasons; their faces and all answers are kept."""
    broken = (
        update(Photo)
        .where(Photo.id == bindparam("photo_id"))
        .values(
            problem=bindparam("reason"),
            size=bindparam("size"),
            mtime_ns=bindparam("mtime_ns"),
            ctime_ns=bindparam("ctime_ns"),
            content_hash=bindparam("content_hash"),
            state=PhotoState.BROKEN,
        )
    )
    rows = [problem._asdict() for problem in problems]
    with library.write() as transaction:
        if rows:
            transaction.connection.execute(broken, rows)
        transaction.touched(with_faces(transaction.connection, [row["photo_id"] for row in rows]))
    return transaction.changes


def touch_photos(library: Library, touches: Iterable[Touch]) -> Changes:
    """Note new sizes and times of files whose content is what it was; they are SCANNED or BROKEN as before."""
    rows = [touch._asdict() for touch in touches]
    touched = (
        update(Photo)
        .where(Photo.id == bindparam("photo_id"))
        .values({name: bindparam(name) for name in ("size", "mtime_ns", "ctime_ns")} | {"state": resting_state()})
    )
    with library.write() as transaction:
        if rows:
            transaction.connection.execute(touched, rows)
        transaction.touched(with_faces(transaction.connection, [row["photo_id"] for row in rows]))
    return transaction.changes


def note_change_times(library: Library, times: Mapping[int, int | None]) -> None:
    """Note when files last changed, of photos of which that was not known; nothing that anybody sees changes."""
    rows = [{"photo": photo_id, "ctime_ns": ctime_ns} for photo_id, ctime_ns in times.items() if ctime_ns is not None]
    if rows:
        with library.write() as transaction:
            noted = update(Photo).where(Photo.id == bindparam("photo"), Photo.ctime_ns.is_(None))
            transaction.connection.execute(noted.values(ctime_ns=bindparam("ctime_ns")), rows)


def release_started(library: Library, ids: Collection[int]) -> Changes:
    """Give back photos whose reading was broken off by the user: NEW, or as before but due to be read again.

    One that was SUSPECT is STARTED, as it was found: that it ended the process once is still true.
    """
    due = update(Photo).where(Photo.id.in_(among(ids)), Photo.state.in_((PhotoState.STARTED, PhotoState.SUSPECT)))
    suspect = Photo.state == PhotoState.SUSPECT
    with library.write() as transaction:
        state = case((suspect, PhotoState.STARTED), else_=resting_state())
        time = case((suspect, Photo.mtime_ns), else_=time_when_left())
        released = due.values(state=state, mtime_ns=time).returning(Photo.id)
        transaction.touched(with_faces(transaction.connection, transaction.connection.scalars(released).all()))
    return transaction.changes


def mark_missing(library: Library, ids: Collection[int]) -> Changes:
    """Mark photos whose files are gone; everything about them is kept."""
    return _set_state(library, ids, PhotoState.MISSING)


def mark_found(library: Library, ids: Collection[int]) -> Changes:
    """Mark photos whose files are back as they were: BROKEN, SCANNED or NEW by what their last reading came to."""
    return _set_state(library, ids, resting_state())


def _set_state(library: Library, ids: Collection[int], state: PhotoState | ColumnElement[PhotoState]) -> Changes:
    with library.write() as transaction:
        connection = transaction.connection
        due = update(Photo).where(Photo.id.in_(among(ids)), Photo.state != state)
        marked = due.values(state=state, mtime_ns=time_when_left()).returning(Photo.id)
        photos = connection.scalars(marked).all()
        transaction.touched(with_faces(connection, photos))
    return transaction.changes


def with_faces(connection: Connection, photos: Collection[int]) -> Changes:
    """Return these photos, their faces and their people: a view of a face shows where its photo is, and whether."""
    rows = connection.execute(select(Face.id, Face.person_id).where(Face.photo_id.in_(among(photos)))).all()
    people = (person for _, person in rows if person is not None)
    return Changes.of(photos=photos, faces=(face for face, _ in rows), people=people)
