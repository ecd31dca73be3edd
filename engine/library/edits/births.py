"""When people were born, as exactly as is known."""

import re
from datetime import UTC, date, datetime

from sqlalchemy import update

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.ids import require_people
from engine.library.library import Library
from engine.library.tables import Person
from engine.words import sentence

FIRST_YEAR = 1700
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def clean_birth_date(written: str) -> str | None:
    """Return a year, a month or a day as ISO 8601 writes it ("1906", "1906-12", "1906-12-09"), None for nothing.

    Raises LibraryError for what is no such date, or none on which anybody in a photo was born.
    """
    plain = written.strip()
    if not plain:
        return None
    parts = _WRITTEN.fullmatch(plain)
    try:
        year, month, day = (int(part or 1) for part in parts.groups()) if parts else (0, 0, 0)
        born = date(year, month, day)
    except ValueError:
        born = date.min
    if not born.year >= FIRST_YEAR or born > datetime.now(UTC).date():
        raise LibraryError(
            sentence("{plain} is no date of birth.", plain=plain), sentence("Write 1906, 1906-12 or 1906-12-09.")
        )
    return plain


def set_birth_date(library: Library, person_id: int, written: str) -> Changes:
    """Note when a person was born (`clean_birth_date`), or that it is not known, with nothing.

    Raises LibraryError if there is no such person or the date is none.
    """
    born = clean_birth_date(written)
    with library.edit(sentence("Set a date of birth")) as edit:
        require_people(edit.connection, [person_id])
        edit.connection.execute(update(Person).where(Person.id == person_id).values(birth_date=born))
    return edit.changes
