"""Which faces make a batch: a function of seed and step, so a resumed run draws what it would have drawn.

Each class has `batch(step)`, an index vector into the dataset, and is an endless iterator over its batches too, whose
whole state is the next step.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.words import sentence
from trainer.data.faces import Indices, Labels


class Batches(ABC):
    """Batches without end; `step` is the number of the one that `next` draws."""

    step = 0

    @abstractmethod
    def batch(self, step: int) -> Indices:
        """Return the faces of the step-th batch, counted from 0."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Indices:
        drawn = self.batch(self.step)
        self.step += 1
        return drawn

    def state_dict(self) -> dict[str, object]:
        """Return where the iterator stands."""
        return {"step": self.step}

    def load_state_dict(self, state: dict[str, object]) -> None:
        """Go on from there. ValueError where the state is not one of `state_dict`."""
        step = state.get("step")
        if not isinstance(step, int) or step < 0:
            raise ValueError(sentence("The state of a sampler holds the next step, not '{step}'.", step=str(step)))
        self.step = step


class ShuffledBatches(Batches):
    """Every face once an epoch, in a new order each time; the faces that fill no batch wait for another epoch."""

    def __init__(self, faces: int, size: int, seed: int = 0) -> None:
        if not 0 < size <= faces:
            raise ValueError(sentence("A batch of {size} cannot be made of {faces} faces.", size=size, faces=faces))
        self.faces, self.size, self.seed = faces, size, seed
        self.per_epoch = faces // size
        self._epoch, self._order = -1, np.empty(0, dtype=np.int64)

    def batch(self, step: int) -> Indices:
        """Return `size` faces."""
        epoch, place = divmod(step, self.per_epoch)
        if epoch != self._epoch:
            # Kept while its epoch lasts: millions of faces are not shuffled anew for every batch.
            self._epoch, self._order = epoch, np.random.default_rng((self.seed, epoch)).permutation(self.faces)
        return self._order[place * self.size : (place + 1) * self.size].astype(np.int64)


@dataclass(frozen=True, slots=True)
class _PeoplesFaces:
    """The faces of each person that has any."""

    faces: tuple[Indices, ...]

    @classmethod
    def of(cls, labels: Labels, people: int) -> "_PeoplesFaces":
        """Gather labels (n,); ValueError where there are fewer than `people` people."""
        order = np.argsort(labels, kind="stable").astype(np.int64)
        found = tuple(np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)) if len(order) else ()
        if not 0 < people <= len(found):
            raise ValueError(
                sentence("A batch of {people} people cannot be made of {count}.", people=people, count=len(found))
            )
        return cls(found)

    def drawn(self, person: int, number: int, generator: np.random.Generator) -> Indices:
        """Draw faces of a person: each once before any twice."""
        faces = self.faces[person]
        rounds = [generator.permutation(faces) for _ in range(-(-number // len(faces)))]
        return np.concatenate(rounds)[:number]


class PKBatches(Batches):
    """P people × K faces (Hermans et al. 2017, https://arxiv.org/abs/1703.07737).

    An epoch shows every person once (those left over, fewer than P, wait for another epoch), so each person counts the
    same however many faces there are of them. Who has fewer than K faces appears with repeats: K rows all the same.
    """

    def __init__(self, labels: Labels, people: int, faces: int, seed: int = 0) -> None:
        if faces < 1:
            raise ValueError(sentence("A batch needs at least one face of each person, not {faces}.", faces=faces))
        self._people = _PeoplesFaces.of(labels, people)
        self.people, self.faces, self.seed = people, faces, seed
        self.per_epoch = len(self._people.faces) // people

    def batch(self, step: int) -> Indices:
        """Return people × faces indices, the faces of a person side by side."""
        epoch, place = divmod(step, self.per_epoch)
        order = np.random.default_rng((self.seed, 0, epoch)).permutation(len(self._people.faces))
        generator = np.random.default_rng((self.seed, 1, step))
        chosen = order[place * self.people : (place + 1) * self.people]
        return np.concatenate([self._people.drawn(int(person), self.faces, generator) for person in chosen])


class FaceNetBatches(Batches):
    """FaceNet's batch (section 3.2 of https://arxiv.org/abs/1503.03832): up to `faces` of each of `people` people.

    All their pairs are anchor and positive; `negatives` faces drawn from everybody else are added. No face appears
    twice, so the batch is shorter where people have few faces or the others run out.
    """

    def __init__(self, labels: Labels, people: int, faces: int, negatives: int, seed: int = 0) -> None:
        if faces < 2:
            raise ValueError(
                sentence("An anchor needs a positive: at least two faces of each person, not {faces}.", faces=faces)
            )
        if negatives < 0:
            raise ValueError(
                sentence("The number of added negatives must not be below 0, but is {negatives}.", negatives=negatives)
            )
        self._people = _PeoplesFaces.of(labels, people)
        self._anchors = [place for place, owned in enumerate(self._people.faces) if len(owned) > 1]
        if len(self._anchors) < people:
            raise ValueError(
                sentence(
                    "Only {count} people have two faces or more, fewer than {people}.",
                    count=len(self._anchors),
                    people=people,
                )
            )
        self._owners = np.unique(labels, return_inverse=True)[1]
        self.people, self.faces, self.negatives, self.seed = people, faces, negatives, seed

    def batch(self, step: int) -> Indices:
        """Return the people's faces, then the negatives."""
        generator = np.random.default_rng((self.seed, step))
        chosen = generator.choice(self._anchors, self.people, replace=False)
        anchors = [
            self._people.drawn(int(person), min(self.faces, len(self._people.faces[person])), generator)
            for person in chosen
        ]
        pool = np.flatnonzero(~np.isin(self._owners, chosen))
        added = generator.choice(pool, min(self.negatives, len(pool)), replace=False)
        return np.concatenate([*anchors, added]).astype(np.int64)
