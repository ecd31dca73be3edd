"""Which people are listed, and in which order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app.names.name_matching import matcher
from app.names.name_order import name_orderer
from engine.library.queries import PersonRow

Latest = Mapping[int, datetime]
"""When a person's latest photo was taken; people without a dated photo are missing."""


class Order(StrEnum):
    """How named people are sorted."""

    NAME = "name"
    SIZE = "size"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """What the user wants to see: an order, the names that are meant by what is typed, and hidden people or not."""

    order: Order = Order.NAME
    typed: str = ""
    with_hidden: bool = False


class Group(StrEnum):
    """The groups in which people are listed, in their order."""

    NAMED = "named"
    UNNAMED = "unnamed"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Groups:
    """Ids of people as they are listed: named ones, those without a name, hidden ones."""

    named: list[int]
    unnamed: list[int]
    hidden: list[int]

    def of(self, group: Group) -> list[int]:
        """Return the people of a group."""
        return {Group.NAMED: self.named, Group.UNNAMED: self.unnamed, Group.HIDDEN: self.hidden}[group]

    def group_of(self, person: int) -> Group:
        """Return the group in which a person is listed; whoever is not listed counts as named."""
        return next((group for group in Group if person in self.of(group)), Group.NAMED)


def grouped(rows: Iterable[PersonRow], query: PeopleQuery, latest: Latest) -> Groups:
    """List people; a search finds only people with a name."""
    finds = matcher(query.typed)
    meant = [row for row in rows if not query.typed.strip() or (row.name and finds(row.name))]
    place = _places(query.order, latest)
    return Groups(
        named=_ids((row for row in meant if row.name is not None and not row.hidden), place),
        unnamed=_ids((row for row in meant if row.name is None and not row.hidden), _by_faces),
        hidden=_ids((row for row in meant if row.hidden and query.with_hidden), place),
    )


def kept(wanted: list[int], before: list[int]) -> list[int]:
    """Return `wanted` with those that were there before in their old order, and newcomers after them."""
    there, place = set(wanted), set(before)
    return [*(one for one in before if one in there), *(one for one in wanted if one not in place)]


def _ids(rows: Iterable[PersonRow], place: Callable[[PersonRow], tuple[object, ...]]) -> list[int]:
    return [row.person for row in sorted(rows, key=place)]


def _places(order: Order, latest: Latest) -> Callable[[PersonRow], tuple[object, ...]]:
    place = name_orderer()

    def by_name(row: PersonRow) -> tuple[object, ...]:
        return row.name is None, place(row.name or ""), row.person

    def by_size(row: PersonRow) -> tuple[object, ...]:
        return -row.faces, place(row.name or ""), row.person

    def by_latest(row: PersonRow) -> tuple[object, ...]:
        last = latest.get(row.person)
        return last is None, -last.replace(tzinfo=UTC).timestamp() if last else 0.0, *by_name(row)

    return {Order.NAME: by_name, Order.SIZE: by_size, Order.RECENT: by_latest}[order]


def _by_faces(row: PersonRow) -> tuple[object, ...]:
    return -row.faces, row.person
