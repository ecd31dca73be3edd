"""What makes the steps of a run fast on its device, found by trying: memory order, TF32, torch's compiler.

Only the backbone is tried, forward and backward, for nearly all of the time goes there. Weights, statistics and random
numbers are afterwards what they were.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

import torch
from torch import Tensor, nn

from engine.words import Sentence, sentence
from trainer.choices import BatchKind, Compile, Precision
from trainer.config import TrainingConfig
from trainer.distributed import Group, told_by_leader
from trainer.optim import autocast
from trainer.recogniser import Recogniser, compiled
from trainer.sections import BatchConfig

WARM, TIMED = 3, 6
"""Steps before the clock runs, in which kernels are chosen, and steps that are timed."""

LEAST_GAIN = 1.02
"""A change that gains less is noise."""

LEAST_SECONDS = 600.0
"""Torch's compiler takes minutes: it is tried only where the run takes longer than this without it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the backbone is run."""

    channels_last: bool = False
    tf32: bool = False
    compiled: bool = False

    def __str__(self) -> str:
        words = {"channels last": self.channels_last, "TF32": self.tf32, "compiled": self.compiled}
        return ", ".join(word for word, holds in words.items() if holds) or "plain"


@dataclass(frozen=True, slots=True)
class Tried:
    """A way, and how many crops a second it took; or why it could not be taken, and 0."""

    way: Way
    speed: float
    failure: str = ""

    def __str__(self) -> str:
        return f"{self.way}: {self.failure or f'{self.speed:,.0f} crops/s'}"


@dataclass(frozen=True, slots=True)
class Quickened:
    """The way that a run takes, and what was tried for it: nothing where it was not asked or there is no GPU."""

    way: Way
    tried: tuple[Tried, ...] = ()

    def sentence(self) -> Sentence:
        """Say how steps are run; the names of the ways are torch's."""
        return sentence("steps run: {way}", way=str(self.way))

    def facts(self) -> dict[str, object]:
        """Return what the run's papers say of it."""
        return {"steps_run": str(self.way), "tried_for_speed": [str(each) for each in self.tried]}


def quicken(recogniser: Recogniser, config: TrainingConfig, group: Group) -> Quickened:
    """Make steps fast: on a GPU what a measurement finds, on a CPU what is asked for. Compiling is left to the caller.

    Every process measures alike, and takes the way of the first.
    """
    asked = Way(compiled=config.speed.compile is Compile.ON)
    if group.device.type != "cuda":
        return Quickened(asked)
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = False
    changes = [Way(channels_last=True)]
    if config.speed.tf32 and config.precision is Precision.FLOAT32:
        changes.append(Way(tf32=True))
    if config.speed.compile is Compile.AUTO:
        changes.append(Way(compiled=True))
    faces = -(-faces_of(config.batch) // group.size)
    found = choose(
        recogniser, faces, changes, crops=config.steps * faces, agreed=lambda speed: told_by_leader(speed, group)
    )
    return replace(found, way=replace(found.way, compiled=found.way.compiled or asked.compiled))


def faces_of(batch: BatchConfig) -> int:
    """Return the faces of a whole batch."""
    return batch.people * batch.faces + (batch.negatives if batch.kind is BatchKind.FACENET else 0)


def choose(
    recogniser: Recogniser,
    faces: int,
    changes: Sequence[Way],
    *,
    crops: int,
    least_seconds: float = LEAST_SECONDS,
    agreed: Callable[[float], float] = float,
) -> Quickened:
    """Try changes one after another on batches of `faces`, each on top of those that gained.

    The compiler is tried only where `crops`, all those of the run, take `least_seconds` without it. `agreed` makes one
    speed of those that the processes of a run have measured. A change that fails is left out; plainly run, a failure is
    raised.
    """
    way = Way()
    best = agreed(_speed(recogniser, way, faces))
    tried = [Tried(way, best)]
    for change in changes:
        if change.compiled and crops < least_seconds * best:
            continue
        changed = Way(way.channels_last or change.channels_last, way.tf32 or change.tf32, change.compiled)
        speed, failure = 0.0, ""
        try:
            speed = _speed(recogniser, changed, faces)
        except RuntimeError as error:  # of the compiler, of a kernel that is not there, of memory
            failure = f"failed ({shorten(str(error) or type(error).__name__, 100, placeholder='…')})"
        speed = agreed(speed)
        tried.append(Tried(changed, speed, failure))
        if speed > LEAST_GAIN * best:
            way, best = changed, speed
    take(recogniser, way)
    return Quickened(way, tuple(tried))


def take(recogniser: Recogniser, way: Way) -> None:
    """Run the recogniser that way, but for the compiler."""
    # Convolutions with channels last feed tensor cores without a copy; norms read memory in order.
    order = torch.channels_last if way.channels_last else torch.contiguous_format
    recogniser.memory = order
    recogniser.to(memory_format=order)  # type: ignore[call-overload]  # torch declares it for tensors alone
    torch.backends.cudnn.allow_tf32 = way.tf32


def _speed(recogniser: Recogniser, way: Way, faces: int) -> float:
    """Return crops a second of forward and backward that way; raises RuntimeError where it does not work."""
    backbone, device = recogniser.backbone, next(recogniser.parameters()).device
    take(recogniser, way)
    side, channels = recogniser.reads
    statistics = {name: each.clone() for name, each in backbone.named_buffers()}
    devices = [device] if device.type == "cuda" else []
    was_training = backbone.training
    try:
        with torch.random.fork_rng(devices):
            pixels = torch.randn(faces, channels, side, side, device=device).to(memory_format=recogniser.memory)
            network = compiled(backbone.train()) if way.compiled else backbone.train()
            return _timed(network, pixels, recogniser.precision)
    finally:
        for name, each in backbone.named_buffers():
            each.copy_(statistics[name])
        backbone.train(was_training)
        backbone.zero_grad(set_to_none=True)


def _timed(network: nn.Module, pixels: Tensor, precision: Precision) -> float:
    began = 0.0
    for step in range(WARM + TIMED):
        if step == WARM:
            _wait(pixels.device)
            began = time.perf_counter()
        with autocast(pixels.device, precision):
            embeddings = network(pixels)
        torch.autograd.backward(embeddings.float().square().mean())
        network.zero_grad(set_to_none=True)
    _wait(pixels.device)
    return TIMED * len(pixels) / (time.perf_counter() - began)


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
