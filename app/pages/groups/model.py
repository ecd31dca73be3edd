"""Examples of what a new grouping would change: a few faces of the largest changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from app.grid.grid_layout import Section
from app.grid.id_model import IdModel
from app.grid.tile import Tile
from app.pictures.pictures import Picture, Shape
from app.style import texts
from engine.words import fill
from engine.workflows.grouping.regrouping_plan import Regrouping

SHOWN_CHANGES = 12
SHOWN_FACES = 12


@dataclass(frozen=True, slots=True)
class Change:
    """Faces that would go together to a person, to a new one (`to_new`), or to nobody."""

    faces: tuple[int, ...]
    person: int | None = None
    to_new: bool = False


def changes_of(plan: Regrouping) -> list[Change]:
    """Return what would change, the largest changes first."""
    moved: dict[int | None, list[int]] = defaultdict(list)
    for face, person in plan.assignments.moves.items():
        moved[person].append(face)
    found = [Change(tuple(group), to_new=True) for group in plan.assignments.groups]
    found += [Change(tuple(faces), person) for person, faces in moved.items()]
    return sorted(found, key=lambda change: -len(change.faces))


class ExamplesModel(IdModel):
    """Faces by id, a section a change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken: dict[int, str] = {}

    def show(self, changes: Sequence[Change], names: Mapping[int, str]) -> None:
        """Show some faces of the first changes."""
        shown = changes[:SHOWN_CHANGES]
        sections = [
            Section(self._title(change, names), len(change.faces[:SHOWN_FACES]), texts.faces(len(change.faces)))
            for change in shown
        ]
        ids = [face for change in shown for face in change.faces[:SHOWN_FACES]]
        self._spoken = {face: self._title(change, names) for change in shown for face in change.faces[:SHOWN_FACES]}
        self.set_rows(np.array(ids, np.int64), sections)

    def tile(self, row: int) -> Tile:
        """Show the face; a screen reader hears where it would go."""
        face = int(self.ids[row])
        return Tile(Picture(Shape.ROUNDED, face), say=lambda: self._spoken.get(face, ""))

    def _title(self, change: Change, names: Mapping[int, str]) -> str:
        if change.to_new:
            return self.tr("A new person")
        if change.person is None:
            return self.tr("To unsorted")
        return fill(self.tr("To {name}"), name=texts.called_within(names.get(change.person)))
