"""Offline mining: triplets picked every n steps from embeddings of an earlier moment, over more than a batch.

FaceNet (section 3.2 of https://arxiv.org/abs/1503.03832): "generate triplets offline every n steps, using the most
recent network checkpoint and computing the argmin and argmax on a subset of the data".
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.words import sentence
from trainer.data.batches import Batches
from trainer.data.faces import Indices, Labels

TripletTable = NDArray[np.int64]
"""(T, 3): anchor, positive and negative, as indices into the dataset."""

BLOCK = 1024
"""Anchors compared at a time, so that memory stays at BLOCK × subset distances."""


class Choice(StrEnum):
    """Which positive and negative an anchor gets."""

    HARDEST = "hardest"
    """The farthest positive and the nearest negative."""
    SEMI_HARD = "semihard"
    """A random positive, and the nearest negative that is farther than it but within the margin; else none."""


@dataclass(frozen=True, slots=True)
class OfflineMining:
    """Mine at step 0 and every `every` steps; at most `subset` faces, drawn at random, are looked at."""

    every: int
    margin: float = 0.2
    choice: Choice = Choice.SEMI_HARD
    subset: int = 20_000

    def __post_init__(self) -> None:
        if self.every < 1 or self.subset < 3:
            raise ValueError(sentence("Offline mining needs every ≥ 1 step and a subset of at least three faces."))
        if not self.margin > 0:
            raise ValueError(sentence("The margin must be above 0, not {margin}.", margin=self.margin))

    def due(self, step: int) -> bool:
        """Say whether triplets are to be mined anew before this step."""
        return step % self.every == 0

    def mine(self, embeddings: NDArray[np.float32], labels: Labels, generator: np.random.Generator) -> TripletTable:
        """Return one triplet for each anchor that has one, from unit embeddings (n, dim) and labels (n,)."""
        size = min(self.subset, len(labels))
        looked_at = np.sort(generator.choice(len(labels), size, replace=False))
        faces, people = embeddings[looked_at], labels[looked_at]
        parts = [self._block(faces, people, slice(start, start + BLOCK), generator) for start in range(0, size, BLOCK)]
        table: TripletTable = looked_at[np.concatenate(parts)] if parts else np.empty((0, 3), dtype=np.int64)
        return table

    def _block(
        self, faces: NDArray[np.float32], people: Labels, rows: slice, generator: np.random.Generator
    ) -> TripletTable:
        squared = 2 - 2 * faces[rows] @ faces.T
        anchors = np.arange(len(faces))[rows]
        same = people[rows][:, None] == people[None, :]
        positive = same.copy()
        positive[np.arange(len(anchors)), anchors] = False
        # Semi-hard takes any positive: the largest of random numbers instead of the largest distance.
        rank = squared if self.choice is Choice.HARDEST else generator.random(squared.shape)
        chosen = np.where(positive, rank, -np.inf).argmax(1)
        allowed = ~same
        if self.choice is Choice.SEMI_HARD:
            far = squared[np.arange(len(anchors)), chosen][:, None]
            allowed &= (squared > far) & (squared < far + self.margin)
        nearest = np.where(allowed, squared, np.inf).argmin(1)
        found = positive.any(1) & allowed.any(1)
        table: TripletTable = np.stack([anchors, chosen, nearest], axis=1)[found].astype(np.int64)
        return table


class TripletBatches(Batches):
    """Batches of mined triplets: `size` anchors, then their positives, then their negatives."""

    def __init__(self, triplets: TripletTable, size: int, seed: int = 0) -> None:
        if not 0 < size <= len(triplets):
            raise ValueError(
                sentence("A batch of {size} triplets cannot be made of {count}.", size=size, count=len(triplets))
            )
        self.triplets, self.size, self.seed = triplets, size, seed

    def batch(self, step: int) -> Indices:
        """Return 3 · size indices, anchors first."""
        epoch, place = divmod(step, len(self.triplets) // self.size)
        order = np.random.default_rng((self.seed, epoch)).permutation(len(self.triplets))
        chosen: Indices = self.triplets[order[place * self.size : (place + 1) * self.size]]
        return np.concatenate([chosen[:, 0], chosen[:, 1], chosen[:, 2]])
