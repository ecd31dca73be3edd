"""Whom a name in metadata means here."""

from collections import defaultdict
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from engine.errors import LibraryError
from engine.library.edits.names import REMEMBERED, clean_name, name_key
from engine.library.tables import MentionedPerson, Person


class Who:
    """Finds people by the names that metadata give them; for one transaction.

    The person who is called so now comes first; where nobody is, whoever was meant when the name was first met, however
    the user calls them since. A name that several people have means none of them for certain.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._named: dict[str, list[int]] = defaultdict(list)
        for person, name in connection.execute(select(Person.id, Person.name).where(Person.name.is_not(None))):
            self._named[name_key(name or "")].append(person)
        meant = connection.execute(select(MentionedPerson.name, MentionedPerson.person_id))
        self._meant: dict[str, int] = {name: person for name, person in meant}  # noqa: C416 dict() takes a result for a mapping
        self.shared: set[str] = set()
        self.made: list[int] = []

    def is_somebody(self, name: str) -> bool:
        """Say whether somebody here is or was called so."""
        folded = name_key(name)
        return folded in self._named or folded in self._meant

    def is_shared(self, name: str) -> bool:
        """Say whether several people have a name."""
        return len(self._named.get(name_key(name), ())) > 1

    def named(self, name: str) -> int | None:
        """Return the person whom a clean name means, None where several share it or nobody has it."""
        folded = name_key(name)
        people = self._named.get(folded, ())
        if len(people) > 1:
            self.shared.add(folded)
            return None
        return people[0] if people else self._meant.get(folded)

    def named_or_made(self, name: str) -> int | None:
        """Return the person whom a clean name means, made where there was none; None where several share it."""
        folded, person = name_key(name), self.named(name)
        if person is None and folded not in self.shared:
            made = insert(Person).values(name=name, created_at=datetime.now(UTC)).returning(Person.id)
            person = self._connection.execute(made).scalar_one()
            self._named[folded].append(person)
            self.made.append(person)
        if person is not None and folded not in self._meant:
            self._meant[folded] = person
            noted = upsert(MentionedPerson).values(name=folded, person_id=person)
            self._connection.execute(noted.on_conflict_do_nothing())
        return person


@lru_cache(REMEMBERED)
def possible_name(name: str) -> str | None:
    """Return a name as it is kept, None where it cannot be one: empty, too long, no text."""
    try:
        return clean_name(name)
    except LibraryError:
        return None
