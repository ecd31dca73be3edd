"""An adapter learnt by MV-AM-Softmax with imprinted agents, in numpy: seconds on a CPU, without torch.

Loss and mask are those of Wang et al., AAAI 2020, https://arxiv.org/abs/1912.00833, as `trainer/losses/mv_softmax` has
them, which a test compares. Agents begin as the means of their people (Qi et al., CVPR 2018,
https://arxiv.org/abs/1712.07136). Vectors are held near where they were: without that, people who were not learnt from
are confused more than before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.adapter import Adapter
from engine.learning.adamw import AdamW

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an adapter is learnt: `hold` is the weight of 1 − cosine to where a vector was, of named and other faces.

    The margin loss has scale `s`, margin `m`, and raises hard negatives by `t`. Measured on LFW, blurred and clean.
    """

    rank: int = 16
    hold: float = 2.0
    s: float = 16.0
    m: float = 0.2
    t: float = 0.2
    rate: float = 3e-3
    decay: float = 1e-2
    batch: int = 128
    epochs: int = 150
    most_steps: int = 4000


@dataclass(frozen=True, slots=True)
class Step:
    """Where learning stands: steps done of all, and the mean loss since the last report."""

    done: int
    total: int
    loss: float


REPORT_EVERY = 25


class AdapterFit:
    """Learning an adapter of unit vectors (n, d) of people (n,); `others` (u, d) are faces of whoever else there is."""

    def __init__(
        self, vectors: Matrix, people: NDArray[np.integer], others: Matrix, recipe: Recipe | None = None, seed: int = 0
    ) -> None:
        self.recipe = recipe or Recipe()
        self._vectors, self._others = vectors, others if len(others) else vectors
        _, self._people = np.unique(people, return_inverse=True)
        self._generator = np.random.default_rng(seed)
        dimension = vectors.shape[1]
        self._back = np.zeros((dimension, self.recipe.rank), np.float32)
        self._into = self._generator.standard_normal(self._back.shape).astype(np.float32) / np.float32(dimension**0.5)
        agents = np.zeros((self._people.max() + 1, dimension), np.float32)
        np.add.at(agents, self._people, vectors)
        self._agents = unit(agents)

    @property
    def adapter(self) -> Adapter:
        """What has been learnt so far."""
        return Adapter.of(np.zeros(len(self._back)), self._into, self._back)

    def steps(self) -> Iterator[Step]:
        """Learn; each step that is yielded is a place to stop."""
        recipe, count = self.recipe, len(self._vectors)
        batches = -(-count // recipe.batch)
        total = min(recipe.epochs * batches, recipe.most_steps)
        descent = AdamW((self._into, self._back, self._agents), recipe.rate, recipe.decay)
        losses: list[float] = []
        for done in range(total):
            if done % batches == 0:
                order = self._generator.permutation(count)
            rows = order[done % batches * recipe.batch :][: recipe.batch]
            loss, gradients = self._gradients(rows)
            descent.step(gradients)
            losses.append(loss)
            if (done + 1) % REPORT_EVERY == 0 or done + 1 == total:
                yield Step(done + 1, total, float(np.mean(losses)))
                losses = []

    def _gradients(self, rows: NDArray[np.intp]) -> tuple[float, tuple[Matrix, Matrix, Matrix]]:
        """Return the loss of a batch and its gradients by `into`, `back` and the agents."""
        given, people = self._vectors[rows], self._people[rows]
        drawn = self._others[self._generator.integers(0, len(self._others), self.recipe.batch)]
        both = np.concatenate([given, drawn])
        inner = both @ self._into
        mapped = both + inner @ self._back.T
        lengths = np.linalg.norm(mapped, axis=1, keepdims=True)
        placed = mapped / lengths
        loss, by_placed, by_agents = margin_gradients(placed[: len(rows)], people, self._agents, self.recipe)
        weights = np.repeat([self.recipe.hold / len(rows), self.recipe.hold / len(drawn)], [len(rows), len(drawn)])
        weights = weights.astype(np.float32)[:, None]
        loss += float((weights[:, 0] * (1 - (placed * both).sum(axis=1))).sum())
        by_unit = -weights * both
        by_unit[: len(rows)] += by_placed
        by_mapped = through_length(by_unit, placed, lengths)
        return loss, (both.T @ (by_mapped @ self._back), by_mapped.T @ inner, by_agents)


def margin_gradients(
    placed: Matrix, people: NDArray[np.integer], agents: Matrix, recipe: Recipe
) -> tuple[float, Matrix, Matrix]:
    """Return the mean MV-AM loss of unit vectors (b, d) of people (b,), and its gradients by them and by the agents.

    `agents` (p, d) need not be of unit length. A hard negative, cos > cos_y − m, has the logit s ((1 + t) cos + t).
    """
    lengths = np.linalg.norm(agents, axis=1, keepdims=True)
    towards = agents / lengths
    cosines = placed @ towards.T
    rows = np.arange(len(people))
    target = cosines[rows, people] - recipe.m
    slopes = np.where(cosines > target[:, None], np.float32(1 + recipe.t), np.float32(1))
    logits = slopes * cosines + np.where(slopes > 1, np.float32(recipe.t), np.float32(0))
    logits[rows, people], slopes[rows, people] = target, 1
    logits *= recipe.s
    logits -= logits.max(axis=1, keepdims=True)
    shares = np.exp(logits)
    sums = shares.sum(axis=1, keepdims=True)
    loss = float((np.log(sums[:, 0]) - logits[rows, people]).mean())
    shares /= sums
    shares[rows, people] -= 1
    by_cosines = (shares * slopes * (recipe.s / len(people))).astype(np.float32)
    return loss, by_cosines @ towards, through_length(by_cosines.T @ placed, towards, lengths)


def through_length(by_unit: Matrix, units: Matrix, lengths: Matrix) -> Matrix:
    """Return the gradient by vectors from that by what they are at unit length: (n, d), (n, d), (n, 1)."""
    along = (by_unit * units).sum(axis=1, keepdims=True)
    result: Matrix = ((by_unit - along * units) / lengths).astype(np.float32)
    return result


def unit(vectors: Matrix) -> Matrix:
    """Return vectors (n, d) at unit length."""
    result: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return result
