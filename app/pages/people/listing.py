"""Which people are listed, and in which order."""

from bisect import insort
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from app.names.name_matching import matcher
from app.names.name_order import name_orderer
from engine.library.queries import PersonRow

Latest = Mapping[int, datetime]
"""When a person's latest photo was taken; people without a dated photo are missing."""

FEW = 200
"""So many people are put in their places one by one; of more, sorting everybody is as quick."""

Place = Callable[[PersonRow], tuple[Any, ...]]
"""What people are sorted by."""


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


class Listing:
    """Whom the rows show, in their order. A few who change are put in their places without a look at the others.

    While it is held everybody listed stays where they are, and newcomers come last in their group.
    """

    def __init__(self, people: Mapping[int, PersonRow], latest: Latest) -> None:
        """List of these people; their owner says by `fill` and `change` what has become of them."""
        self._people, self._latest = people, latest
        self._group: dict[int, Group] = {}
        self._held = self._anew = False
        self._displaced: set[int] = set()
        self.groups = Groups([], [], [])
        self.ask(PeopleQuery())

    def ask(self, query: PeopleQuery) -> None:
        """List whom the user wants to see."""
        self.query = query
        self._finds = matcher(query.typed)
        place = _places(query.order, self._latest)
        self._order = {Group.NAMED: place, Group.UNNAMED: _by_faces, Group.HIDDEN: place}
        self.fill()

    def fill(self) -> None:
        """List everybody anew."""
        meant: dict[Group, list[PersonRow]] = {group: [] for group in Group}
        for row in self._people.values():
            if (group := self._group_of(row)) is not None:
                meant[group].append(row)
        listed = {group: [row.person for row in sorted(rows, key=self._order[group])] for group, rows in meant.items()}
        if self._held:
            listed = {group: kept(people, self.groups.of(group)) for group, people in listed.items()}
            self._anew = True
        self.groups = Groups(*(listed[group] for group in Group))
        self._group = {person: group for group, people in listed.items() for person in people}

    def change(self, people: Collection[int]) -> None:
        """Put these people where they belong now; whoever is gone or is not meant leaves."""
        if len(people) > FEW:
            self.fill()
            return
        moves: list[tuple[int, Group]] = []
        for person in people:
            row, before = self._people.get(person), self._group.get(person)
            after = self._group_of(row) if row is not None else None
            if self._held and before is after:
                self._displaced.add(person)
                continue
            if before is not None:
                self.groups.of(before).remove(person)
                del self._group[person]
            if after is not None:
                moves.append((person, after))
        # Only when all of them are away the others stand in order.
        for person, group in moves:
            self._insert(person, group)

    def hold(self) -> None:
        """Keep everybody where they are."""
        self._held = True

    def release(self) -> None:
        """Sort again."""
        self._held = False
        displaced, self._displaced = self._displaced, set()
        if self._anew:
            self._anew = False
            self.fill()
        else:
            self.change(displaced)

    def _insert(self, person: int, group: Group) -> None:
        self._group[person] = group
        if self._held:
            self.groups.of(group).append(person)
            self._displaced.add(person)
        else:
            place = self._order[group]
            insort(self.groups.of(group), person, key=lambda one: place(self._people[one]))

    def _group_of(self, row: PersonRow) -> Group | None:
        """Return where somebody is listed; a search finds only people with a name."""
        if self.query.typed.strip() and not (row.name and self._finds(row.name)):
            return None
        if row.hidden:
            return Group.HIDDEN if self.query.with_hidden else None
        return Group.UNNAMED if row.name is None else Group.NAMED


def kept(wanted: list[int], before: list[int]) -> list[int]:
    """Return `wanted` with those that were there before in their old order, and newcomers after them."""
    there, place = set(wanted), set(before)
    return [*(one for one in before if one in there), *(one for one in wanted if one not in place)]


def _places(order: Order, latest: Latest) -> Place:
    place = name_orderer()

    def by_name(row: PersonRow) -> tuple[Any, ...]:
        return row.name is None, place(row.name or ""), row.person

    def by_size(row: PersonRow) -> tuple[Any, ...]:
        return -row.faces, place(row.name or ""), row.person

    def by_latest(row: PersonRow) -> tuple[Any, ...]:
        last = latest.get(row.person)
        return last is None, -last.replace(tzinfo=UTC).timestamp() if last else 0.0, *by_name(row)

    return {Order.NAME: by_name, Order.SIZE: by_size, Order.RECENT: by_latest}[order]


def _by_faces(row: PersonRow) -> tuple[Any, ...]:
    return -row.faces, row.person
