"""People as tiles: those with a name first, then the others by size, hidden ones last."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np
from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from app.grid.grid_layout import Section
from app.grid.id_model import IdModel, Index
from app.grid.tile import ID
from app.names.namesakes import called_with_number
from app.pages.people.known import Known, Tally
from app.pages.people.listing import Groups, Latest, Listing, Order, PeopleQuery
from app.pages.people.tile import PersonTile
from app.pictures.pictures import Picture, Shape
from app.style import texts
from engine.library.queries import PersonRow
from engine.words import fill

NAMED = ID + 1
"""The role under which the model says whether a person has a name."""

PROPOSED = ID + 2
"""The role under which it gives the name that a group may have; "" where none is proposed."""

CARRIED = "application/x-kinfolk-people"
"""People that are dragged: their ids as text, with commas."""

Flag = Qt.ItemFlag


class PeopleModel(IdModel):
    """Rows of `PersonRow`, by the id of the person. People can be dragged onto each other: `dropped` tells of it."""

    dropped = Signal(list, int)
    """Ids of people, and the id of the one onto whom they were dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: dict[int, PersonRow] = {}
        self._latest: dict[int, datetime] = {}
        self._listing, self._known = Listing(self._people, self._latest), Known()
        self._leaving: dict[int, PersonRow] = {}
        self._proposed: dict[int, int] = {}
        self.foreseen: set[int] = set()
        """People who are shown with a name that the library has not told yet."""
        self._held, self._hint = False, ""

    @property
    def query(self) -> PeopleQuery:
        """Whom the user wants to see."""
        return self._listing.query

    def show(self, rows: Sequence[PersonRow], latest: Latest) -> None:
        """Show these people and nobody else."""
        self._latest.clear()
        self._change({row.person: row for row in rows}, self._people.keys() - {row.person for row in rows}, latest)

    def update(self, asked: Collection[int], rows: Sequence[PersonRow], latest: Latest) -> None:
        """Show what has become of some people; whoever of `asked` is not among the rows is gone."""
        for person in asked:
            self._latest.pop(person, None)
        now = {row.person: row for row in rows}
        self._change(now, set(asked) - now.keys(), latest)

    def set_query(self, query: PeopleQuery) -> None:
        """List whom the user wants to see, in the order that they want."""
        if query != self.query:
            self._listing.ask(query)
            self._tell_rows()

    def hold(self, hint: str) -> None:
        """Keep everybody where they are: newcomers come last in their group until `release`.

        Meanwhile `hint` stands beside the heading of those without a name.
        """
        if not self._held:
            self._held, self._hint = True, hint
            self._listing.hold()
            self._tell_rows()

    def release(self) -> None:
        """Sort again."""
        if self._held:
            self._held, self._hint = False, ""
            self._listing.release()
            self._tell_rows()

    def foresee(self, person: int, name: str | None) -> None:
        """Show a name that is being given before the library has it; the first name confirms all faces."""
        row = self._people.get(person)
        if row is not None:
            confirmed = row.faces if row.name is None else row.confirmed
            self._change({person: replace(row, name=name, confirmed=confirmed)}, (), {})
            self.foreseen.add(person)

    def propose(self, proposed: Mapping[int, int]) -> None:
        """Show groups with the name of the person whom each may be."""
        before, self._proposed = self._proposed, dict(proposed)
        self.refresh([group for group in {*before, *proposed} if before.get(group) != proposed.get(group)])

    def proposed(self, group: int) -> PersonRow | None:
        """Return the named person whom somebody without a name may be."""
        if group not in self._proposed:
            return None
        row, may = self._people.get(group), self._people.get(self._proposed[group])
        return may if row is not None and row.name is None and may is not None and may.name is not None else None

    def person(self, person: int) -> PersonRow | None:
        """Return what is known of a person."""
        return self._people.get(person)

    def covered(self, face: int) -> int | None:
        """Return the person whose cover a face is."""
        return self._known.covers.get(face)

    def people(self, ids: Iterable[int]) -> list[PersonRow]:
        """Return what is known of these people."""
        return [self._people[person] for person in ids if person in self._people]

    @property
    def groups(self) -> Groups:
        """Whom the rows show."""
        return self._listing.groups

    @property
    def tally(self) -> Tally:
        """How many people there are, whoever is listed now."""
        return self._known.tally

    def names(self, without: int) -> dict[int, str]:
        """Return the names of everybody but one, those with most faces first."""
        rows = sorted(self._people.values(), key=lambda row: -row.faces)
        return {row.person: row.name for row in rows if row.name is not None and row.person != without}

    def tile(self, row: int) -> PersonTile:
        """Show the cover, the name and the number of faces; a mark says how many wait to be reviewed."""
        person = self._row(row)
        waiting = person.suggested if person.name is not None else 0
        return PersonTile(
            picture=Picture(Shape.CIRCLE, person.cover) if person.cover is not None else None,
            title=person.name if person.name is not None else self.tr("Add a name"),
            hint=texts.faces(person.faces),
            mark=f"•{texts.number(waiting)}" if waiting else "",
            say=partial(self._spoken, person),
            explain=partial(self._tip, person, waiting),
            person=person.person,
            is_named=person.name is not None,
            may=self._proposed_name(person.person),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say whether a person has a name, and what every grid says."""
        if role == NAMED and index.isValid():
            return self._row(index.row()).name is not None
        if role == PROPOSED and index.isValid():
            return self._proposed_name(int(self.ids[index.row()]))
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everybody can be named, dragged, and have others dropped onto them."""
        flags = super().flags(index)
        return (
            flags | Flag.ItemIsEditable | Flag.ItemIsDragEnabled | Flag.ItemIsDropEnabled if index.isValid() else flags
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Nothing leaves its place by being dropped: the user is asked first."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Return what is carried."""
        return [CARRIED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the ids, beside the files."""
        carried = super().mimeData(indexes)
        carried.setData(CARRIED, ",".join(str(int(self.ids[index.row()])) for index in indexes).encode())
        return carried

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Take people onto somebody else."""
        return parent.isValid() and bool(set(_carried(data)) - {int(self.ids[parent.row()])})

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell who was dropped onto whom."""
        onto = int(self.ids[parent.row()])
        self.dropped.emit([person for person in _carried(data) if person != onto], onto)
        return True

    def _row(self, row: int) -> PersonRow:
        """Return the person of a row; a view may ask for one that is just leaving."""
        person = int(self.ids[row])
        return self._people[person] if person in self._people else self._leaving[person]

    def _change(self, now: Mapping[int, PersonRow], gone: Collection[int], latest: Latest) -> None:
        """Take in what has become of some people, and who is gone; the others are not looked at where these are few."""
        self.foreseen -= {*now, *gone}
        there = {person: self._people.pop(person) for person in gone if person in self._people}
        before = {person: self._people.get(person) for person in now}
        changed = [person for person, row in now.items() if before[person] is not row and before[person] != row]
        self._people.update(now)
        self._latest.update(latest)
        for person in changed:
            self._known.turn(before[person], now[person])
        for row in there.values():
            self._known.turn(row, None)
        self._listing.change([*there, *(now if self.query.order is Order.RECENT else changed)])
        self._leaving = there
        self._tell_rows()
        self._leaving = {}
        self.refresh(changed)

    def _tell_rows(self) -> None:
        groups = self._listing.groups
        self.set_rows(np.array([*groups.named, *groups.unnamed, *groups.hidden], np.int64), self._headings(groups))

    def _headings(self, groups: Groups) -> list[Section]:
        return [
            Section("", len(groups.named)),
            Section(
                self.tr("Who are these?") if groups.unnamed else "",
                len(groups.unnamed),
                self._hint or self.tr("Most faces first"),
            ),
            Section(self.tr("Hidden") if groups.hidden else "", len(groups.hidden)),
        ]

    def _proposed_name(self, group: int) -> str:
        """Return the name that a group may have, with a number where several people have it; "" where there is none."""
        may = self.proposed(group)
        if may is None or may.name is None:
            return ""
        return called_with_number(may.name, may) if self._known.is_shared(may.name) else may.name

    def _spoken(self, person: PersonRow) -> str:
        if person.name is None:
            may = self.proposed(person.person)
            parts = [texts.nameless(), texts.faces(person.faces)]
            return ", ".join(parts + ([fill(self.tr("perhaps {name}"), name=may.name)] if may is not None else []))
        return fill(
            self.tr("{name}, {confirmed} of {faces} confirmed"),
            name=person.name,
            confirmed=texts.number(person.confirmed),
            faces=texts.number(person.faces),
        )

    def _tip(self, person: PersonRow, waiting: int) -> str:
        lines = [person.name] if person.name is not None else []
        lines.append(f"{texts.faces(person.faces)} · {texts.photos(person.photos)}")
        if waiting:
            lines.append(fill(self.tr("{number} to review"), number=texts.number(waiting)))
        return "\n".join(lines)


def _carried(data: QMimeData) -> list[int]:
    return [int(person) for person in bytes(data.data(CARRIED).data()).decode().split(",") if person]
