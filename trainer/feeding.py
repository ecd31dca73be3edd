"""Batches for the training loop: drawn in order, read and changed ahead of it, the same on every machine.

What a batch holds follows from seed and step alone, whoever reads it: threads of this process, which suit a network on
the CPU, or processes, which a GPU needs. Crops stay uint8 until they are on the device: a quarter of the bytes to move.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import cast

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from engine.errors import KinfolkError
from trainer.data.augment import Augmentation
from trainer.data.batches import Batches
from trainer.data.faces import FaceSource, Indices, Labels
from trainer.distributed import Group
from trainer.sections import SpeedConfig

AHEAD = 3
"""Batches that wait, read, for the network; each process reads so many ahead."""
THREADS = 2

MOST_WORKERS = 16

Draw = tuple[int, Indices]
"""A step, from 0, and the faces of its batch."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step reads: `crops` (B, 112, 112, 3) RGB uint8, `mirrored` (B,) bool, `labels` (B,) int64.

    `faces` (B,) int64 are positions in the source.
    """

    crops: Tensor
    mirrored: Tensor
    labels: Tensor
    faces: Tensor

    def pin_memory(self) -> "Batch":
        """Return it in memory that a GPU reads by itself; torch's loader calls this, by this name."""
        return Batch(self.crops.pin_memory(), self.mirrored.pin_memory(), self.labels.pin_memory(), self.faces)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a drawn batch is read; goes to other processes whole. `part` is (rank, size): the share of each batch.

    Random changes depend on seed, step and place in the whole batch alone, so a resumed run sees the same ones.
    """

    source: FaceSource
    labels: Labels
    augmentation: Augmentation | None
    seed: int
    part: tuple[int, int] = (0, 1)

    def read(self, draw: Draw) -> Batch:
        """Return this process's share of a batch. Raises PhotoError where a crop cannot be read."""
        step, faces = draw
        rank, size = self.part
        places = np.array_split(np.arange(len(faces)), size)[rank]
        mine = faces[places]
        crops = np.stack([self.source.crop(int(face)) for face in mine])
        mirrored = np.zeros(len(mine), dtype=np.bool_)
        if self.augmentation is not None:
            draws = self.augmentation.draws(len(faces), np.random.default_rng((self.seed, step)))[places]
            mirrored = self.augmentation.mirrored(draws)
            crops = self.augmentation.changed(crops, draws)
        return Batch(*(torch.from_numpy(each) for each in (crops, mirrored, self.labels[mine], mine)))


class Drawn(Dataset[Batch]):
    """What torch's loader asks in its processes: a draw stands where an index would. Errors come back as values."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __getitem__(self, draw: Draw) -> Batch:
        try:
            return self.reading.read(draw)
        except KinfolkError as error:
            # Raised, it would reach the user as the other process's traceback.
            return cast("Batch", error)


@dataclass(frozen=True, slots=True)
class Feed:
    """Batches from `workers` processes, or with 0 from threads of this one; `pinned` where a GPU will read them."""

    reading: Reading
    workers: int = 0
    pinned: bool = False

    def batches(self, drawn: Batches, step: int) -> "closing[Generator[Batch, None, None]]":
        """Return a context of the batches from this step on, in order, without end; leaving it ends who reads them."""
        draws = ((number, drawn.batch(number)) for number in count(step))
        return closing(self._from_processes(draws) if self.workers else self._from_threads(draws))

    def _from_threads(self, draws: Iterator[Draw]) -> Generator[Batch, None, None]:
        with ThreadPoolExecutor(THREADS, thread_name_prefix="feed") as pool:
            waiting: deque[Future[Batch]] = deque()
            try:
                while True:
                    while len(waiting) < AHEAD:
                        waiting.append(pool.submit(self.reading.read, next(draws)))
                    batch = waiting.popleft().result()
                    yield batch.pin_memory() if self.pinned else batch
            finally:
                for future in waiting:
                    future.cancel()

    def _from_processes(self, draws: Iterator[Draw]) -> Generator[Batch, None, None]:
        # Forked from a server without threads or a GPU where there is such a thing, else started anew.
        ways = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
        if context.get_start_method() == "forkserver":
            context.set_forkserver_preload([__name__])
        loader = DataLoader(
            Drawn(self.reading),
            batch_size=None,
            sampler=draws,
            num_workers=self.workers,
            prefetch_factor=AHEAD,
            pin_memory=self.pinned,
            multiprocessing_context=context,
            generator=torch.Generator(),  # else it draws from the generator whose state a resumed run continues
        )
        for batch in loader:
            if isinstance(batch, KinfolkError):
                raise batch
            yield batch


def workers_of(speed: SpeedConfig, group: Group) -> int:
    """Return how many processes read for this one: what was asked for, else those that its share of the cores holds.

    A network on the CPU needs the cores itself: there threads read.
    """
    if speed.workers >= 0:
        return speed.workers
    if group.device.type == "cpu":
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_WORKERS, max(1, cores // group.size - 1))
