"""The groups of a run that is under way: the faces they hold, how alike they are, and joining them.

Two groups are as alike as their mean vectors, by the cosine. Strangers' cosines then scatter alike whatever the sizes
of the groups, so one measure of chance serves single faces and hundreds. Where a library's people are all alike
(children, one part of the world, the blur of a crowd) chance explains more: of what a group has in common with
everybody, half is taken off (after the score normalisation of speaker recognition, Auckenthaler et al. 2000).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.apart import Apart
from engine.clustering.joining import Ids, Joining
from engine.clustering.neighbours import Vectors
from engine.clustering.paired import paired_similarities
from engine.clustering.sums_by_group import sums_by
from engine.similarity import Calibration

SURE = 0.995
"""How likely one person two groups of several faces must be, by the cosine of their means, at equal odds.

Of 500 pairs of parent and child 99 % were less alike than that (by SFace)."""

SEVERAL = 3
"""From this many faces on each side that is asked for."""

ORDINARY = 0.1
"""The share of the others that is compared with what the calibration says of strangers: the most alike tenth."""

FEW = 30
"""Among fewer groups nothing is taken off: the most alike tenth may be the same person."""

DOUBTED = 20
"""As many groups would have to speak for it as for nothing in common at all."""

_WITNESSES = 2000
_ROWS = 1 << 11


@dataclass(frozen=True, slots=True)
class PlacedFaces:
    """The unit embeddings (n, d) of n faces, and how much more alike strangers are who look as young, (n,), 0: not."""

    vectors: Vectors
    childlike: NDArray[np.float32]

    def at(self, rows: NDArray[np.intp]) -> "PlacedFaces":
        """Return the faces at these rows (rising, each once), themselves where these are all."""
        if len(rows) == len(self.vectors):
            return self
        return PlacedFaces(self.vectors[rows], self.childlike[rows])


class Groups(Joining):
    """Groups of n faces that join by evidence, in nats."""

    def __init__(self, faces: PlacedFaces, nodes: Ids, apart: Apart, calibration: Calibration) -> None:
        """Take the faces and the group that each starts in (n,)."""
        super().__init__(nodes)
        size = self.count
        self.sizes = np.bincount(nodes, minlength=size)
        self.apart = apart
        self._calibration, self._sure = calibration, calibration.similarity_of(SURE)
        self._sums = sums_by(faces.vectors, np.arange(len(nodes)), nodes, size)
        self._lengths = _lengths(self._sums)
        self._common = np.zeros(size, np.float32)
        young = np.bincount(nodes, faces.childlike, size) / np.maximum(self.sizes, 1)
        self._young = young.astype(np.float32)

    def means(self, groups: Ids) -> Vectors:
        """Return the mean vectors of these groups, (m, d), at unit length."""
        means: Vectors = self._sums[groups]
        means /= self._lengths[groups, None]
        return means

    def evidence_of(self, probability: float) -> float:
        """Return the evidence, in nats, of two groups that are one person with this probability, at equal odds."""
        return -float(np.log(self._calibration.impostor_probability(self._calibration.similarity_of(probability))))

    def measure_common(self, elsewhere: Vectors | None = None) -> None:
        """Measure how much each group is like the others beyond what strangers are, at most 2,000 of them asked.

        `elsewhere` (e, d) are unit means of groups that are not part of this run.
        """
        alive = self.alive
        count = len(alive) + (0 if elsewhere is None else len(elsewhere))
        if count < FEW:
            return
        asked = np.arange(min(count, _WITNESSES)) * count // min(count, _WITNESSES)
        others = self.means(alive[asked[asked < len(alive)]])
        if elsewhere is not None:
            others = np.concatenate([others, elsewhere[asked[asked >= len(alive)] - len(alive)]])
        expected, trust = self._calibration.similarity_at(ORDINARY), count / (count + DOUBTED)
        place = len(others) - 2 - int(ORDINARY * (len(others) - 1))
        for start in range(0, len(alive), _ROWS):
            block = alive[start : start + _ROWS]
            seen = self.means(block) @ others.T
            # Only where so many are more like it than strangers are, which takes a tenth of the time to see.
            more = np.flatnonzero(np.count_nonzero(seen > expected, axis=1) >= len(others) - place)
            self._common[block] = 0
            self._common[block[more]] = (np.partition(seen[more], place, axis=1)[:, place] - expected) * trust

    def beyond_common(self, similarity: NDArray[np.float32], first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return what the similarity of each pair is worth, (m,): that of two adults who are as likely strangers.

        Half of what the two have in common with everybody is taken off; children are more alike than adults.
        """
        alike = similarity - (self._common[first] + self._common[second]) / 2
        return np.asarray(alike / (1 + np.minimum(self._young[first], self._young[second])), np.float32)

    def join(self, first: Ids, second: Ids) -> None:
        """Make each second group part of the first, whatever keeps them apart; no first one is a second one."""
        homes, place = np.unique(first, return_inverse=True)
        before, count = self.sizes[homes], len(homes)
        self.sizes[homes] += np.bincount(place, self.sizes[second], count).astype(np.int64)
        for trait in (self._common, self._young):
            added = np.bincount(place, trait[second] * self.sizes[second], count)
            trait[homes] = (trait[homes] * before + added) / self.sizes[homes]
        self._sums[homes] += sums_by(self._sums, second, place, count)
        self._lengths[homes] = _lengths(self._sums[homes])
        self._point(second, first)
        self.apart.joined(first, second)

    def hand_over(self, stray: int, target: int) -> None:
        """Make one group part of another at the end of a run: only labels follow, neither means nor what is apart."""
        self._point(np.array([stray]), np.array([target]))

    def strengths(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return how far chance is from explaining each likeness, less what it costs to be one, (e,) in nats."""
        alike = paired_similarities(self._sums, first, self._sums, second)
        alike /= self._lengths[first] * self._lengths[second]
        alike = self.beyond_common(alike, first, second)
        evidence = self._calibration.surprise(alike) - self.apart.cost(first, second)
        relatives = (np.minimum(self.sizes[first], self.sizes[second]) >= SEVERAL) & (alike < self._sure)
        evidence[relatives] = -np.inf
        return evidence


def _lengths(vectors: Vectors) -> NDArray[np.float32]:
    """Return the lengths of the rows, (m,); a row of zeros counts as 1, so that it is like nobody."""
    lengths = np.linalg.norm(vectors, axis=1).astype(np.float32)
    return np.where(lengths > 0, lengths, np.float32(1))
