"""The training loop, from top to bottom: draw, forward, backward, step, check, keep."""

import time
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch

from engine.progress import Progress, Workflow
from trainer.batch_choice import make_batches, mine_offline, mining_due, triplet_batches
from trainer.checkpoint import BEST
from trainer.choices import Precision
from trainer.config import TrainingConfig
from trainer.data.augment import Augmentation
from trainer.data.batches import Batches
from trainer.data.collapse import CollapseWatch
from trainer.data.faces import FaceSource, Labels
from trainer.distributed import mean_over, told_by_leader
from trainer.embedding import embed_source
from trainer.errors import TrainingError, enough_memory
from trainer.evaluation.pairs import Vectors
from trainer.evaluation.trial import Trial
from trainer.evaluation.verification import RankedPairs
from trainer.feeding import Batch, Feed
from trainer.losses import PAIRWISE
from trainer.optim import descend, set_rate
from trainer.run_folder import Metrics, RunFolder
from trainer.schedules import rate_factor
from trainer.state import TrainingState


@dataclass(frozen=True, slots=True)
class RunFaces:
    """What a run looks at: faces to learn from with labels (n,), and held-out people with the questions about them.

    `old` (n, dim) are an older model's embeddings of the faces to learn from, where the run stays comparable with it.
    """

    source: FaceSource
    labels: Labels
    augmentation: Augmentation | None
    held_out: FaceSource | None
    trial: Trial | None
    old: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `best` is the lowest equal error rate of the held-out people, None without any."""

    steps: int
    stopped_early: bool
    best: float | None


def train(state: TrainingState, faces: RunFaces, folder: RunFolder) -> Generator[Metrics, None, Outcome]:
    """Train from `state.step` on, yielding the metrics of every step; closing the generator keeps a checkpoint.

    Raises TrainingError where a loss is not a number, memory runs out, the embeddings collapse or people are too few;
    the last good checkpoint stays as it was.
    """
    config, group = state.config, state.group
    feed = Feed(
        faces.source,
        faces.labels,
        faces.augmentation,
        state.backbone,
        config.seed,
        part=(group.rank, group.size),
    )
    watch = CollapseWatch() if config.loss.name in PAIRWISE else None
    try:
        while state.step < config.steps:
            drawn = _drawn(state, faces)
            with feed.batches(drawn, state.step) as batches:
                began = time.perf_counter()  # waiting for a batch counts, checks and whoever reads the metrics do not
                for batch in batches:
                    loss, norm, rate = _step(state, batch, faces.old, watch)
                    state.step += 1
                    seconds = time.perf_counter() - began
                    speed = len(batch.labels) * group.size / seconds
                    due = state.step % config.validation.every == 0 or state.step == config.steps
                    error = _validate(state, faces, folder) if due else None
                    metrics = Metrics(state.step, loss, rate, norm, speed, error)
                    if group.leads:
                        folder.write(metrics)
                    done = state.step == config.steps or _patience_is_over(state)
                    if done or state.step % config.checkpoint_every == 0:
                        _keep(state, folder)
                    yield metrics
                    if done:
                        return Outcome(state.step, state.step < config.steps, _best(state))
                    if mining_due(config, state.step):
                        break
                    began = time.perf_counter()
    except GeneratorExit:
        # Several processes are not closed at the same step, so only one alone can keep what it has.
        if group.size == 1:
            _keep(state, folder)
        raise
    return Outcome(state.step, stopped_early=False, best=_best(state))


def _step(
    state: TrainingState, batch: Batch, old: Vectors | None, watch: CollapseWatch | None
) -> tuple[float, float, float]:
    """Take one step and return the loss over all processes, the norm of the gradients, and the learning rate."""
    config, device = state.config, state.group.device
    rate = config.optimiser.learning_rate * rate_factor(state.step, config.steps, config.schedule)
    set_rate(state.optimiser, rate)
    crops = batch.crops.to(device, non_blocking=True)  # (B, 3, S, S) float32
    labels = batch.labels.to(device, non_blocking=True)  # (B,) int64
    before = None if old is None else torch.from_numpy(old[batch.faces]).to(device)  # (B, dim) float32
    state.model.train()
    state.optimiser.zero_grad(set_to_none=True)
    with enough_memory(f"step {state.step + 1} on {device}"):
        loss, embeddings = state.model(crops, labels, before)  # (), (B, dim) float32
        total = float(mean_over(loss, state.group))
        if not np.isfinite(total):
            raise _lost(state, f"The loss of step {state.step + 1} is not a number.")
        norm = descend(loss, state.optimiser, state.scaler, config.optimiser.clip, state.shards())
    if not np.isfinite(norm) and config.precision is not Precision.FP16:
        raise _lost(state, f"The gradients of step {state.step + 1} are not numbers.")
    if watch is not None and watch.collapsed(embeddings):
        raise _lost(state, f"All embeddings have become the same by step {state.step + 1}.")
    state.average.update()
    return total, norm, rate


def _drawn(state: TrainingState, faces: RunFaces) -> Batches:
    """Return the batches from the state's step on; offline mining looks at all faces with the network as it is."""
    config = state.config
    if config.mining.every == 0:
        return make_batches(config.batch, faces.labels, config.seed)
    if mining_due(config, state.step):
        state.mined = mine_offline(config, state.backbone, faces.source, faces.labels, state.step)
    return triplet_batches(config, state.mined)


def _validate(state: TrainingState, faces: RunFaces, folder: RunFolder) -> float | None:
    """Return the equal error rate of the held-out people, None without any, and keep the best weights so far."""
    if faces.held_out is None or faces.trial is None:
        return None
    error = float("nan")
    if state.group.leads:
        embeddings = embed_source(state.average.backbone, faces.held_out)
        roc = RankedPairs(faces.trial.pairs, faces.trial.pairs.similarities(embeddings)).roc(
            np.ones(faces.trial.pairs.units)
        )
        error = float("nan") if roc is None else roc.equal_error_rate()
    error = told_by_leader(error, state.group)
    state.stale = 0 if error < state.best else state.stale + 1
    if error < state.best:
        state.best = error
        state.save(folder.path, BEST)
    return error


def _keep(state: TrainingState, folder: RunFolder) -> None:
    state.save(folder.path)
    if state.group.leads:
        folder.draw()


def _patience_is_over(state: TrainingState) -> bool:
    return 0 < state.config.validation.patience <= state.stale


def _best(state: TrainingState) -> float | None:
    return state.best if np.isfinite(state.best) else None


def _lost(state: TrainingState, message: str) -> TrainingError:
    kept = state.step - state.step % state.config.checkpoint_every
    where = f"the checkpoint of step {kept} is kept" if kept else "no checkpoint had been reached"
    return TrainingError(message, f"Lower the learning rate or lengthen the warm-up; {where}.")


def as_workflow(training: Generator[Metrics, None, Outcome], config: TrainingConfig) -> Workflow[Outcome]:
    """Report a training as the workflows of the engine do, for the window's jobs."""
    while True:
        try:
            metrics = next(training)
        except StopIteration as stop:
            outcome: Outcome = stop.value
            return outcome
        try:
            yield Progress("train", metrics.step, config.steps, describe(metrics))
        except GeneratorExit:
            training.close()
            raise


def describe(metrics: Metrics) -> str:
    """Return a line for a person."""
    line = f"loss {metrics.loss:.4f}, {metrics.faces_per_second:.0f} faces/s"
    return line if metrics.validation is None else f"{line}, held-out equal error rate {metrics.validation:.4f}"
