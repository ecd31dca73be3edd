"""The mark by which a library knows again what it wrote beside photos."""

import secrets

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from engine.library.library import Library
from engine.library.tables import LibraryMark


def mark_of(library: Library) -> str:
    """Return the library's mark, "" as long as it has written nothing. Backups have the same one."""
    with library.read() as connection:
        return connection.scalar(select(LibraryMark.mark)) or ""


def made_mark(library: Library) -> str:
    """Return the library's mark, which is made if need be; it says nothing about anybody."""
    mark = mark_of(library)
    if mark:
        return mark
    with library.write_said() as transaction:
        transaction.connection.execute(
            insert(LibraryMark).values(id=1, mark=secrets.token_hex(8)).on_conflict_do_nothing()
        )
    return mark_of(library)
