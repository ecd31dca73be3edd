"""What can be learnt from: the faces that the user confirmed, and whether they suffice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.folds import LEAST_DAYS, LEAST_FACES, LEAST_PEOPLE, sufficient
from engine.learning.lesson import Album
from engine.library.library import Library
from engine.library.vectors import LeftOut
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.words import sentence
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.grouping.clustering_input import SECONDS_A_DAY, placed_faces
from engine.workflows.grouping.regrouping_plan import is_confirmed

LOOK_THE_SAME = 0.9
"""Faces of one person at least this similar, in photos without a date, are taken for pictures of one occasion."""

MOST_OTHERS = 20_000
"""So many of the faces that nobody confirmed are looked at, spread over the library."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Almost:
    """Somebody of whom too little is confirmed: so many faces, on so many days."""

    person: int
    faces: int
    days: int


@dataclass(frozen=True, slots=True)
class LibraryAlbum:
    """Confirmed faces and, by the same rows, their ids; `usable` are the people, by id, who suffice.

    `other_ids` are those of faces whom nobody confirmed, `almost` the people who do not suffice, most faces first.
    """

    album: Album
    face_ids: Numbers
    other_ids: Numbers
    usable: Numbers
    almost: tuple[Almost, ...]

    @property
    def suffices(self) -> bool:
        """Whether something can be learnt."""
        return len(self.usable) >= LEAST_PEOPLE

    @property
    def faces(self) -> int:
        """How many faces of people who suffice there are."""
        return int(np.isin(self.album.people, self.usable).sum())

    def sentence(self) -> str:
        """Say what is needed and what there is."""
        if self.suffices:
            return sentence(
                "{faces:,} confirmed faces of {people:,} people will be used.",
                faces=self.faces,
                people=len(self.usable),
            )
        return sentence(
            "{people} people with {faces} confirmed faces on {days} days are needed; you have {usable}.",
            people=LEAST_PEOPLE,
            faces=LEAST_FACES,
            days=LEAST_DAYS,
            usable=len(self.usable),
        )


def ground_card(library: Library, catalog: Catalog) -> ModelCard:
    """Return the model on which something is learnt: the one in use, or what that itself was learnt on."""
    card = embedder_in_use(library, catalog)
    return catalog.card(card.base) if card.base else card


def read_album(library: Library, card: ModelCard) -> LibraryAlbum:
    """Read the confirmed faces, placed where the model compares them, and, as others, all that nobody confirmed."""
    faces = placed_faces(library, card, {LeftOut.IGNORED})
    confirmed = is_confirmed(faces) & (faces.person_ids >= 0)
    people, vectors = faces.person_ids[confirmed], faces.vectors[confirmed]
    days = _days(faces.taken_at[confirmed], people, vectors)
    usable = sufficient(people, days)
    known = np.isin(people, usable)
    others = np.flatnonzero(~confirmed)
    others = others[np.linspace(0, len(others) - 1, min(len(others), MOST_OTHERS)).astype(np.intp)]
    rest = np.concatenate([faces.vectors[others], vectors[~known]])
    album = Album(vectors[known], people[known], days[known], rest)
    almost = _almost(people[~known], days[~known])
    return LibraryAlbum(album, faces.face_ids[confirmed][known], faces.face_ids[others], usable, almost)


def _almost(people: Numbers, days: Numbers) -> tuple[Almost, ...]:
    found = []
    for person in np.unique(people).tolist():
        own = days[people == person]
        found.append(Almost(person, len(own), len(np.unique(own))))
    return tuple(sorted(found, key=lambda one: (-one.faces, one.person)))


def _days(taken_at: NDArray[np.float64], people: Numbers, vectors: NDArray[np.float32]) -> Numbers:
    """Return the day of each face, (n,), as a number.

    A photo without a date is a day of its own, with those of the same person that look nearly the same: a burst.
    """
    known = np.isfinite(taken_at)
    days = np.zeros(len(taken_at), np.int64)
    days[known] = np.unique(taken_at[known] // SECONDS_A_DAY, return_inverse=True)[1]
    after = int(known.sum())
    for person in np.unique(people[~known]):
        rows = np.flatnonzero(~known & (people == person))
        _, labels = _alike(vectors[rows])
        days[rows] = after + labels
        after += int(labels.max()) + 1
    return days


def _alike(vectors: NDArray[np.float32]) -> tuple[int, Numbers]:
    """Return how many groups of faces that look the same there are, and the group of each."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count, labels = connected_components(csr_array(vectors @ vectors.T >= LOOK_THE_SAME), directed=False)
    return int(count), labels.astype(np.int64)
