"""People as tiles: those with a name first, then the others by size."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject

from app import texts
from app.models.id_model import IdModel
from app.models.tile import Tile
from app.pictures import Picture, Shape
from app.widgets.grid_layout import Section
from engine.library.queries import PersonRow

SortKey = Callable[[PersonRow], object]


class PeopleModel(IdModel):
    """Rows of `PersonRow`, by the id of the person."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: dict[int, PersonRow] = {}

    def show(self, rows: Sequence[PersonRow]) -> None:
        """Show these people: named ones first, in the order given within each of the two sections."""
        named = [row for row in rows if row.name is not None]
        others = [row for row in rows if row.name is None]
        before, self._people = self._people, {row.person: row for row in rows}
        ids = np.array([row.person for row in (*named, *others)], np.int64)
        self.set_rows(
            ids,
            [
                Section("", len(named)),
                Section(self.tr("Who are these?") if others else "", len(others)),
            ],
        )
        self.refresh([row.person for row in rows if before.get(row.person) not in (None, row)])

    def person(self, person: int) -> PersonRow | None:
        """Return what is known of a person."""
        return self._people.get(person)

    def tile(self, row: int) -> Tile:
        """Show the cover, the name and the number of faces; a mark says how many are suggestions."""
        person = self._people[int(self.ids[row])]
        suggested = person.faces - person.confirmed if person.name else 0
        spoken = self.tr("{name}, {confirmed} of {faces} confirmed").format(
            name=texts.called(person.name),
            confirmed=texts.number(person.confirmed),
            faces=texts.faces(person.faces),
        )
        return Tile(
            picture=Picture(Shape.CIRCLE, person.cover) if person.cover is not None else None,
            title=person.name or self.tr("Add a name"),
            hint=texts.number(person.faces),
            mark=f"•{texts.number(suggested)}" if suggested else "",
            spoken=spoken,
        )
