"""Who else may be a person, as the grid shows them: one tile for a group, the likeliest first."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from app.faces.face_order import Arrangement
from app.faces.model import FacesModel, no_faces
from app.grid.grid_layout import Section
from app.grid.tile import Standing, Tile
from app.style import texts
from engine.library.library import Library
from engine.library.queries import FaceIndex, FaceScope, face_index
from engine.models.card import ModelCard

if TYPE_CHECKING:
    # What compares faces loads libraries that the first window must not wait for.
    from engine.workflows.questions.candidates import Candidate

BANDS = (0.5, 0.08, 0.0)
"""From which likelihood on each heading stands; the second is that from which questions are asked unasked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates for somebody, the likeliest first, and the faces that stand for them."""

    candidates: "tuple[Candidate, ...]"
    faces: FaceIndex

    def without(self, shown: Collection[int]) -> "Found":
        """Return what is left when those are answered whom these faces stand for."""
        gone = frozenset(shown)
        return replace(self, candidates=tuple(one for one in self.candidates if one.face_ids[0] not in gone))

    def faces_of(self, shown: Collection[int]) -> list[int]:
        """Return all faces of the candidates whom these stand for."""
        meant = frozenset(shown)
        return [face for one in self.candidates if one.face_ids[0] in meant for face in one.face_ids]


NOBODY = Found((), no_faces())


def read_candidates(library: Library, embedder: Callable[[], ModelCard], person: int) -> Found:
    """Look for candidates; takes seconds in a large library."""
    from engine.workflows.questions.candidates import candidates

    found = candidates(library, embedder(), person)
    return Found(tuple(found), face_index(library, FaceScope.these(one.face_ids[0] for one in found)))


class CandidatesModel(FacesModel):
    """Faces that stand for candidates: a group's has a mark with the number of its faces."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[int, int] = {}
        self._likely: dict[int, float] = {}

    def show_found(self, found: Found, titles: Sequence[str]) -> None:
        """Show the candidates below headings, one for each of the `BANDS`, which say how many of them are expected."""
        known = frozenset(found.faces.face_ids.tolist())
        there = [one for one in found.candidates if one.face_ids[0] in known]
        self._sizes = {one.face_ids[0]: len(one.face_ids) for one in there}
        self._likely = {one.face_ids[0]: one.probability for one in there}
        sections, rest = [], there
        for title, least in zip(titles, BANDS, strict=True):
            band = [one for one in rest if one.probability >= least]
            rest = rest[len(band) :]
            if band:
                expected = sum(one.probability for one in band) / len(band)
                sections.append(Section(title, len(band), texts.expected_yes(len(band), expected)))
        ids = np.array([one.face_ids[0] for one in there], np.int64)
        self.show(found.faces, Arrangement(ids, tuple(sections)), Standing.PLAIN)

    def tile(self, row: int) -> Tile:
        """Show the face, how many it stands for, and by a tool tip how likely it is."""
        face, plain = int(self.ids[row]), super().tile(row)
        size, likely = self._sizes.get(face, 1), self._likely.get(face, 0.0)

        def said() -> str:
            parts = [plain.spoken, texts.likely(likely)]
            return ", ".join([*parts, texts.faces(size)] if size > 1 else parts)

        return replace(plain, mark=texts.number(size) if size > 1 else "", say=said, explain=said)
