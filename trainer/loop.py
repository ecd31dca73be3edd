"""The training loop, from top to bottom: draw, forward, backward, step, check, keep."""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.progress import Progress, Workflow
from engine.words import Sentence, sentence
from trainer.batch_choice import make_batches, mine_offline, mining_due, triplet_batches
from trainer.checkpoint import BEST
from trainer.config import TrainingConfig
from trainer.data.augment import Augmentation
from trainer.data.batches import Batches
from trainer.data.collapse import CollapseWatch
from trainer.data.faces import FaceSource, Labels
from trainer.distributed import told_by_leader
from trainer.embedding import embed_source
from trainer.evaluation.pairs import Vectors
from trainer.evaluation.trial import Trial
from trainer.evaluation.verification import RankedPairs
from trainer.feeding import Feed, Reading, workers_of
from trainer.losses import PAIRWISE
from trainer.run_folder import Metrics, RunFolder
from trainer.state import TrainingState
from trainer.stepping import Figures, Taken, read_figures, take_step


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
    reading = Reading(faces.source, faces.labels, faces.augmentation, config.seed, (group.rank, group.size))
    feed = Feed(reading, workers_of(config.speed, group), pinned=group.device.type == "cuda")
    watch = CollapseWatch() if config.loss.name in PAIRWISE else None
    every = 1 if group.device.type == "cpu" else config.speed.losses_every
    try:
        while state.step < config.steps:
            with feed.batches(_drawn(state, faces), state.step) as batches:
                taken: list[Taken] = []
                began = time.perf_counter()  # waiting for a batch counts, checks and whoever reads the metrics do not
                for batch in batches:
                    taken.append(take_step(state, batch, faces.old, watch))
                    stop = _is_stop(config, state.step)
                    if not stop and len(taken) < every:
                        continue
                    figures = read_figures(state, taken)
                    speed = len(batch.labels) * group.size * len(taken) / (time.perf_counter() - began)
                    error = _validate(state, faces, folder) if _is_check(config, state.step) else None
                    done = state.step == config.steps or _patience_is_over(state)
                    metrics = _metrics(figures, speed, error)
                    if group.leads:
                        folder.write(metrics)
                    if done or state.step % config.checkpoint_every == 0:
                        _keep(state, folder, last=done)
                    yield from metrics
                    if done:
                        return Outcome(state.step, state.step < config.steps, _best(state))
                    if mining_due(config, state.step):
                        break
                    taken, began = [], time.perf_counter()
    except GeneratorExit:
        # Several processes are not closed at the same step, so only one alone can keep what it has.
        if group.size == 1:
            _keep(state, folder, last=True)
        raise
    return Outcome(state.step, stopped_early=False, best=_best(state))


def _is_check(config: TrainingConfig, step: int) -> bool:
    return step % config.validation.every == 0 or step == config.steps


def _is_stop(config: TrainingConfig, step: int) -> bool:
    """Say whether something is due after this step for which the figures have to be read."""
    return _is_check(config, step) or step % config.checkpoint_every == 0 or mining_due(config, step)


def _metrics(figures: Sequence[Figures], speed: float, error: float | None) -> list[Metrics]:
    """Return the metrics of steps that were read together; a validation belongs to the last."""
    return [
        Metrics(each.step, each.loss, each.rate, each.norm, speed, error if each is figures[-1] else None)
        for each in figures
    ]


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


def _keep(state: TrainingState, folder: RunFolder, *, last: bool) -> None:
    state.save(folder.path)
    if state.group.leads and (last or folder.drawn_long_ago):
        folder.draw()


def _patience_is_over(state: TrainingState) -> bool:
    return 0 < state.config.validation.patience <= state.stale


def _best(state: TrainingState) -> float | None:
    return state.best if np.isfinite(state.best) else None


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


def describe(metrics: Metrics) -> Sentence:
    """Return a line for a person."""
    line = sentence("loss {loss:.4f}, {speed:,.0f} faces/s", loss=metrics.loss, speed=metrics.faces_per_second)
    if metrics.validation is None:
        return line
    return sentence("{line}, held-out equal error rate {rate:.4f}", line=line, rate=metrics.validation)
