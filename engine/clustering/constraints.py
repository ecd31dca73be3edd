"""What the user has said about faces, in the form that clustering obeys: who belongs together and who does not."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.clustering.pairs import distinct_pairs

Pairs = NDArray[np.int64]
"""(m, 2) int64, one pair a row."""


def _no_pairs() -> Pairs:
    return np.empty((0, 2), dtype=np.int64)


class ContradictionKind(StrEnum):
    """Which two statements cannot both be true."""

    REJECTED_BUT_CONFIRMED = "rejected_but_confirmed"
    """A face was refused for the person that it is confirmed to be."""
    APART_BUT_CONFIRMED = "apart_but_confirmed"
    """Two faces that must not be together are confirmed as one person."""
    SAME_PHOTO = "same_photo"
    """Two faces of one photo are confirmed as one person: a mirror, a collage or a mistake."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two faces (row indices, first ≤ second) of one group that something keeps apart; equal for a refused face."""

    kind: ContradictionKind
    group: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Constraints:
    """Must-links and cannot-links over n faces, all by row index.

    `groups` (n,) int64: faces with the same label ≥ 0 are one person by the user's word (confirmed faces of a person);
    −1 where the user said nothing. Two groups are never joined. `apart` (m, 2): pairs of faces that are two people.
    `rejected` (m, 2): rows of (face, group), "this face is not this person". `photos` (n,) int64: faces of one photo
    are two people unless much speaks for one or the user said so; −1 where the photo is not known or must not count.
    `together` (n,) int64: faces with the same label ≥ 0 start as one group, which may join others; no such face has a
    group.
    """

    groups: NDArray[np.int64]
    apart: Pairs = field(default_factory=_no_pairs)
    rejected: Pairs = field(default_factory=_no_pairs)
    photos: NDArray[np.int64] | None = None
    together: NDArray[np.int64] | None = None

    @classmethod
    def none(cls, count: int) -> "Constraints":
        """Return constraints over `count` faces that say nothing."""
        return cls(np.full(count, -1, dtype=np.int64))

    def checked(self, count: int) -> "Constraints":
        """Return itself, or raise ValueError where a length or an index does not fit `count` faces."""
        if len(self.groups) != count or (self.photos is not None and len(self.photos) != count):
            raise ValueError(f"constraints do not cover the {count} faces")
        for pairs in (self.apart, self.rejected[:, :1]):
            if pairs.size and (pairs.min() < 0 or pairs.max() >= count):
                raise ValueError(f"a constraint names a face outside the {count} faces")
        return self

    def subset(self, rows: NDArray[np.int64]) -> "Constraints":
        """Return the constraints among these faces only (rising row indices), renumbered from 0."""
        place = np.full(len(self.groups), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        apart = place[self.apart]
        rejected = np.column_stack([place[self.rejected[:, 0]], self.rejected[:, 1]])
        photos = None if self.photos is None else self.photos[rows]
        together = None if self.together is None else self.together[rows]
        apart, rejected = apart[(apart >= 0).all(axis=1)], rejected[rejected[:, 0] >= 0]
        return Constraints(self.groups[rows], apart, rejected, photos, together)

    def nodes(self) -> NDArray[np.int64]:
        """Return (n,) int64, the node of each face: one a group, one a start, one a face of neither, from 0."""
        count = len(self.groups)
        first = self.groups.max(initial=-1) + 1
        keys = np.where(self.groups >= 0, self.groups, first + np.arange(count))
        if self.together is not None:
            keys = np.where((self.together >= 0) & (self.groups < 0), first + count + self.together, keys)
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)

    def forbidden(self) -> Pairs:
        """Return all pairs of faces (m, 2), first < second, that may not be together, by what the user said.

        A refused (face, group) gives the pair with the group's first face: the others are in the same node.
        """
        return _ordered(np.concatenate([self.apart, self._refused_pairs()]))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Return everything said twice and differently. The confirmed person stands; nothing is raised."""
        found = [
            Contradiction(ContradictionKind.REJECTED_BUT_CONFIRMED, int(group), int(face), int(face))
            for face, group in self.rejected
            if group >= 0 and self.groups[face] == group
        ]
        found += self._inside_groups(_ordered(self.apart), ContradictionKind.APART_BUT_CONFIRMED)
        found += self._inside_groups(self.photo_pairs(), ContradictionKind.SAME_PHOTO)
        return tuple(found)

    def photo_pairs(self) -> Pairs:
        """Return all pairs of faces (m, 2), first < second, that share a photo: m · (m − 1) / 2 for one of m faces."""
        if self.photos is None:
            return _no_pairs()
        known = np.flatnonzero(self.photos >= 0)
        order = known[np.argsort(self.photos[known], kind="stable")]
        shots = self.photos[order]
        found: list[Pairs] = []
        for step in range(1, len(order)):
            same = np.flatnonzero(shots[step:] == shots[:-step])
            if not len(same):
                break
            found.append(np.column_stack([order[same], order[same + step]]))
        return _ordered(np.concatenate(found)) if found else _no_pairs()

    def _refused_pairs(self) -> Pairs:
        present, first = np.unique(self.groups, return_index=True)
        faces, groups = self.rejected[:, 0], self.rejected[:, 1]
        place = np.searchsorted(present, groups)
        known = (place < len(present)) & (groups >= 0)
        known[known] = present[place[known]] == groups[known]
        pairs = np.column_stack([faces[known], first[place[known]]])
        others: Pairs = pairs[self.groups[pairs[:, 0]] != groups[known]]
        return others

    def _inside_groups(self, pairs: Pairs, kind: ContradictionKind) -> list[Contradiction]:
        groups = self.groups[pairs[:, 0]]
        inside = pairs[(groups >= 0) & (groups == self.groups[pairs[:, 1]])]
        return [Contradiction(kind, int(self.groups[a]), int(a), int(b)) for a, b in inside]


def _ordered(pairs: Pairs) -> Pairs:
    """Put the smaller index first, drop pairs of a face with itself and repeated pairs."""
    pairs = np.sort(pairs.reshape(-1, 2), axis=1)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    return distinct_pairs(pairs[:, 0], pairs[:, 1])[0]
