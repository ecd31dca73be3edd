"""Photos whose files were moved or renamed."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from engine.library.changes import Changes
from engine.library.ids import among, require_folders
from engine.library.indexing.photo_states import resting_state, time_when_left, with_faces
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.library.tables import Photo


class Move(NamedTuple):
    """The new place of a photo, with the size in bytes and the time of its file there."""

    photo_id: int
    folder_id: int
    relpath: str
    size: int
    mtime_ns: int
    ctime_ns: int | None = None


_Place = tuple[int, str]


def move_photos(library: Library, moves: Iterable[Move | tuple[int, int, str, int, int]]) -> Changes:
    """Give photos their new places (`Move`s); ids, faces and answers stay. Swaps and circles of names are fine.

    A photo that is not moved itself but whose place another one takes has been overwritten on the disk: it is kept as
    MISSING under the path that became free, and is known again by its content should that turn up.
    Raises LibraryError if a folder was removed.
    """
    wanted = {move[0]: Move(*move) for move in moves}
    with library.write() as transaction:
        connection = transaction.connection
        require_folders(connection, {move.folder_id for move in wanted.values()})
        query = select(Photo.id, Photo.folder_id, Photo.relpath).where(Photo.id.in_(among(wanted)))
        old = {photo_id: (folder_id, relpath) for photo_id, folder_id, relpath in connection.execute(query)}
        new = {photo_id: (wanted[photo_id].folder_id, wanted[photo_id].relpath) for photo_id in old}
        displaced = _displaced(connection, old, new)
        _clear_places(connection, [*old, *displaced])
        _settle(connection, [wanted[photo_id] for photo_id in old])
        _keep_missing(connection, displaced)
        transaction.touched(with_faces(connection, [*old, *displaced]))
    return transaction.changes


def _displaced(connection: Connection, old: dict[int, _Place], new: dict[int, _Place]) -> dict[int, _Place]:
    """Return photos that stand where others move to, each with the free place at the end of the chain of moves."""
    left = {new[photo_id]: place for photo_id, place in old.items()}
    here = select(Photo.id).where(Photo.folder_id == bindparam("folder"), Photo.relpath == bindparam("relpath"))
    displaced: dict[int, _Place] = {}
    for target in left:
        occupant = connection.scalar(here, {"folder": target[0], "relpath": target[1]})
        if occupant is None or occupant in old:
            continue
        place = left[target]
        while place in left:
            place = left[place]
        displaced[occupant] = place
    return displaced


def _clear_places(connection: Connection, ids: list[int]) -> None:
    # No file name holds a NUL byte, so these stand in nobody's way until the second pass.
    if ids:
        aside = update(Photo).where(Photo.id == bindparam("photo")).values(relpath=bindparam("aside"))
        connection.execute(aside, [{"photo": photo_id, "aside": f"\0{photo_id}"} for photo_id in ids])


def _settle(connection: Connection, moves: list[Move]) -> None:
    if moves:
        moved = (
            update(Photo)
            .where(Photo.id == bindparam("photo_id"))
            .values({name: bindparam(name) for name in Move._fields[1:]} | {"state": resting_state()})
        )
        connection.execute(moved, [move._asdict() for move in moves])


def _keep_missing(connection: Connection, displaced: dict[int, _Place]) -> None:
    if displaced:
        kept = (
            update(Photo)
            .where(Photo.id == bindparam("photo"))
            .values(
                folder_id=bindparam("folder"),
                relpath=bindparam("to"),
                state=PhotoState.MISSING,
                mtime_ns=time_when_left(),
            )
        )
        rows = [{"photo": photo_id, "folder": at[0], "to": at[1]} for photo_id, at in displaced.items()]
        connection.execute(kept, rows)
