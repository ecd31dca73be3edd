"""Batches for the training loop: drawn in order, loaded and augmented ahead in threads, the same on every machine."""

from collections import deque
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count

import numpy as np
import torch
from torch import Tensor

from engine.geometry import Image
from trainer.backbones import Backbone
from trainer.data.augment import Augmentation
from trainer.data.batches import Batches
from trainer.data.faces import FaceSource, Indices, Labels
from trainer.preprocess import as_tensor

AHEAD = 3
"""Batches that wait, loaded, for the network."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step reads: `crops` (B, 3, S, S) float32, `labels` (B,) int64, `faces` (B,) positions in the source."""

    crops: Tensor
    labels: Tensor
    faces: Indices


@dataclass(frozen=True, slots=True)
class Feed:
    """Where batches come from. `backbone` says what is read; `part` is (rank, size): the process's share of each batch.

    Random changes depend on seed, step and place in the whole batch alone, so a resumed run sees the same ones.
    """

    source: FaceSource
    labels: Labels
    augmentation: Augmentation | None
    backbone: Backbone
    seed: int
    part: tuple[int, int] = (0, 1)
    threads: int = 2

    def batches(self, drawn: Batches, step: int) -> "closing[Generator[Batch, None, None]]":
        """Return a context of the batches from this step on, in order, without end; leaving it joins the threads."""
        return closing(self._batches(drawn, step))

    def _batches(self, drawn: Batches, step: int) -> Generator[Batch, None, None]:
        with ThreadPoolExecutor(self.threads, thread_name_prefix="feed") as pool:
            waiting: deque[Future[Batch]] = deque()
            steps = count(step)
            try:
                while True:
                    while len(waiting) < AHEAD:
                        number = next(steps)
                        waiting.append(pool.submit(self._load, drawn.batch(number), number))
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def _load(self, faces: Indices, step: int) -> Batch:
        rank, size = self.part
        mine = np.array_split(np.arange(len(faces)), size)[rank]
        crops = [self._crop(int(faces[place]), step, int(place)) for place in mine]
        return Batch(as_tensor(crops, self.backbone), torch.from_numpy(self.labels[faces[mine]]), faces[mine])

    def _crop(self, face: int, step: int, place: int) -> Image:
        crop = self.source.crop(face)
        if self.augmentation is None:
            return crop
        return self.augmentation.changed(crop, np.random.default_rng((self.seed, step, place)))
