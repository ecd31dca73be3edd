"""What a similarity means for one embedding model: how often strangers reach it, how likely it is one person."""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from engine.adapter import Adapter
from engine.by_quality import ByQuality, Counts, Numbers, OneOrEach
from engine.strict_toml import KEY, Needs, from_to
from engine.words import sentence

Tail = tuple[tuple[float, float], ...]

STEEPEST = 500.0
"""The largest slope and intercept that make sense. Models that work have slopes of 10 to 60 (SFace: 33); one that gives
every face nearly the same vector has thousands."""

MOST_CONFUSED = 0.2
"""The largest share of pairs of different people on the same-person side of an even chance."""

ENOUGH_PEOPLE = 50
"""A calibration that fewer people stood behind is provisional."""


def falls(tail: Tail) -> bool:
    """Say whether there are two or more pairs, the similarity rising and the share falling within (0, 1]."""
    shares = all(0 < share <= 1 for _, share in tail)
    return len(tail) > 1 and shares and all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(tail))


def rises(slope: float) -> bool:
    """Say whether a logistic with this slope rises: more similar is more likely the same person."""
    return slope > 0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Measured once per embedding model and kept on its card.

    `impostor_tail` holds (similarity, probability) pairs with rising similarity and falling probability: the share of
    pairs of two different people whose cosine similarity is at least that high. `slope` and `intercept` are Platt's
    logistic: P(same person | similarity s) = 1 / (1 + exp(-(slope · s + intercept))), with equal priors. `people` is
    how many people stood behind it, 0 where that is not stated. `by_quality` says how
    much less or more likely that is for faces of less than full quality and for groups; None where it was not measured.
    """

    impostor_tail: Annotated[
        Tail, Needs(sentence("two or more pairs of a rising similarity and a falling share above 0"), falls)
    ]
    slope: Annotated[float, Needs(sentence("a number above 0"), rises)]
    intercept: float
    people: Annotated[int, from_to(0, 2**31, sentence("a number of people"))] = 0
    by_quality: ByQuality | None = None

    @property
    def provisional(self) -> bool:
        """Whether so few people stood behind it that it is to be measured again when there are more."""
        return 0 < self.people < ENOUGH_PEOPLE

    def impostor_probability(self, similarity: float) -> float:
        """Share of pairs of different people at least this similar; log-linear between and beyond the points."""
        points, logs = self._tail()
        step = (logs[-1] - logs[-2]) / (points[-1] - points[-2])
        if similarity > points[-1]:
            return math.exp(logs[-1] + step * (similarity - points[-1]))
        return math.exp(float(np.interp(similarity, points, logs)))

    def surprise(self, similarities: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return −ln of the share of pairs of different people at least this similar, (m,) float32, in nats."""
        points, logs = self._tail()
        step = (logs[-1] - logs[-2]) / (points[-1] - points[-2])
        beyond = np.maximum(similarities - points[-1], 0) * step
        return np.asarray(-(np.interp(similarities, points, logs) + beyond), np.float32)

    def similarity_at(self, probability: float) -> float:
        """Return the similarity that only this share of pairs of different people reaches."""
        points, logs = self._tail()
        wanted = math.log(probability)
        if wanted < logs[-1]:
            return points[-1] + (wanted - logs[-1]) * (points[-1] - points[-2]) / (logs[-1] - logs[-2])
        return float(np.interp(-wanted, [-value for value in logs], points))

    def same_probability(self, similarity: float) -> float:
        """Return the probability, with equal priors, that two faces this similar are one person."""
        logit = self.slope * similarity + self.intercept
        # Of the two forms the one whose exponential cannot overflow.
        return 1.0 / (1.0 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1.0 + math.exp(logit))

    def probability(
        self,
        similarity: Numbers,
        quality: OneOrEach = 1.0,
        other: OneOrEach = 1.0,
        faces: Counts = 1,
    ) -> NDArray[np.float64]:
        """Return how likely the two sides of each pair are one person, at equal odds, (m,) float64.

        `similarity` (m,) is the cosine of two faces, of a face and the mean of several, or of two means; `quality` and
        `other` (m,), 0 to 1, are the two sides' (of several faces that of the best), `faces` (m,) how many faces are
        behind the larger side. Where nothing was measured by quality these three change nothing.
        """
        logits = np.clip(self.logits(similarity, quality, other, faces), -500, 500)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float64)

    def logits(
        self,
        similarity: Numbers,
        quality: OneOrEach = 1.0,
        other: OneOrEach = 1.0,
        faces: Counts = 1,
    ) -> Numbers:
        """Return ln(p / (1 - p)) of each probability p of `probability`, (m,) float64."""
        if self.by_quality is None:
            return self.nats(similarity)
        similarity = np.asarray(similarity, np.float32)
        return self.by_quality.logits(similarity, self.surprise(similarity), quality, other, faces)

    def nats(self, similarity: Numbers) -> NDArray[np.float64]:
        """Return ln(p / (1 - p)) of `same_probability`, (m,): whatever the qualities, even where measured."""
        return np.asarray(self.slope * np.asarray(similarity, np.float64) + self.intercept, np.float64)

    def similarity_of(self, probability: float) -> float:
        """Return the similarity at which two faces are one person with this probability, with equal priors."""
        return (math.log(probability / (1.0 - probability)) - self.intercept) / self.slope

    def complaint(self) -> str:
        """Return why these figures make no sense for grouping faces, as the end of a sentence; empty where they do."""
        if not self.slope > 0:
            return sentence("pairs of one person are no more similar than pairs of two")
        if not self.slope <= STEEPEST or abs(self.intercept) > STEEPEST:
            return sentence("it gives nearly the same similarity to all pairs, or was measured on too few")
        even = self.similarity_of(0.5)
        if not even < 1 or self.impostor_probability(even) > MOST_CONFUSED:
            return sentence("it takes more than {most:.0%} of pairs of two people for one person", most=MOST_CONFUSED)
        return ""

    def _tail(self) -> tuple[list[float], list[float]]:
        return [point for point, _ in self.impostor_tail], [math.log(share) for _, share in self.impostor_tail]


_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Childlike:
    """How much more alike the pictures of children are than those of adults, by how far they lie along the look.

    The look is that of a child in its positive direction. Where both of two faces lie `beyond` it, a cosine, strangers
    are more alike, by `wider` times as much as the less childlike of them lies beyond it.
    """

    beyond: float
    wider: Annotated[float, from_to(0, 10, sentence("a number from 0 to 10"))]


@dataclass(frozen=True, slots=True)
class Space:
    """Where the embeddings of one model are compared when faces are grouped, measured once and kept on its card.

    `mean` (d) is the mean face, each person counting once; `look` (d), of unit length, the direction in which pictures
    of one person differ most (for SFace: how young or childlike somebody looks). Both say nothing of who it is and are
    taken off. Then comes the `adapter`, if people of a library have taught one. `calibration` says what similarities
    mean there, `childlike` how that changes among children.
    """

    mean: tuple[float, ...]
    look: tuple[float, ...]
    calibration: Calibration = field(metadata={KEY: "similarity"})
    childlike: Childlike | None = None
    adapter: Adapter | None = None

    def fits(self, dimension: int) -> bool:
        """Say whether this is a place for embeddings of that length."""
        mapped = self.adapter is None or self.adapter.fits(dimension)
        return len(self.mean) == len(self.look) == dimension and mapped

    def place(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Move unit embeddings (n, d) into the space, in place; they keep unit length.

        Returns (n,) float32, at least 0: by what share the strangers of each face who look as young are more alike than
        those of adults, so that a similarity of both divided by 1 plus that is as good as one of adults.
        """
        young = np.zeros(len(vectors), np.float32)
        mean, look = np.array(self.mean, np.float32), np.array(self.look, np.float32)
        for start in range(0, len(vectors), _BLOCK):
            block = vectors[start : start + _BLOCK]
            block -= mean
            lengths, along = np.maximum(np.linalg.norm(block, axis=1), 1e-9), block @ look
            if self.childlike is not None:
                beyond = along / lengths - self.childlike.beyond
                young[start : start + _BLOCK] = np.maximum(beyond, 0) * self.childlike.wider
            block -= along[:, None] * look
            block /= np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-9)
            if self.adapter is not None:
                self.adapter.place(block)
        return young
