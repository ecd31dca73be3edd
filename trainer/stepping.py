"""One training step, and the figures of steps that have been taken but not yet read from the device."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.words import following, sentence
from trainer.choices import Precision
from trainer.data.collapse import CollapseWatch
from trainer.distributed import mean_over
from trainer.errors import TrainingError, enough_memory
from trainer.evaluation.pairs import Vectors
from trainer.feeding import Batch
from trainer.optim import descend, set_rate
from trainer.schedules import rate_factor
from trainer.state import TrainingState


@dataclass(frozen=True, slots=True)
class Taken:
    """A step, counted from 1: `loss` () of this process's faces and `norm` () of the gradients, both on the device."""

    step: int
    loss: Tensor
    norm: Tensor
    rate: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read of a step: the loss over all processes, the norm of the gradients, the learning rate."""

    step: int
    loss: float
    norm: float
    rate: float


def take_step(state: TrainingState, batch: Batch, old: Vectors | None, watch: CollapseWatch | None) -> Taken:
    """Take one step. A GPU works on after this returns; nothing here waits for it, but for a watch and for fp16."""
    config, device = state.config, state.group.device
    rate = config.optimiser.learning_rate * rate_factor(state.step, config.steps, config.schedule)
    set_rate(state.optimiser, rate)
    crops, mirrored, labels = (
        each.to(device, non_blocking=True) for each in (batch.crops, batch.mirrored, batch.labels)
    )  # (B, 112, 112, 3) uint8, (B,) bool, (B,) int64
    before = None if old is None else torch.from_numpy(old[batch.faces.numpy()]).to(device)  # (B, dim) float32
    state.model.train()
    state.still.before_step()
    state.first.before(state.step)
    state.optimiser.zero_grad(set_to_none=True)
    with enough_memory(sentence("step {step:,} on {device}", step=state.step + 1, device=str(device))):
        loss, embeddings = state.model(crops, mirrored, labels, before)  # (), (B, dim) float32
        norm = descend(loss, state.optimiser, state.scaler, config.optimiser.clip, state.shards())
    state.average.update()
    state.step += 1
    if watch is not None and watch.collapsed(embeddings):
        raise lost(state, sentence("All embeddings have become the same by step {step:,}.", step=state.step))
    return Taken(state.step, loss.detach(), norm.detach(), rate)


def read_figures(state: TrainingState, taken: Sequence[Taken]) -> list[Figures]:
    """Wait for the device and read what so many steps came to. Raises TrainingError where a figure is not a number."""
    if not taken:
        return []
    losses = mean_over(torch.stack([each.loss for each in taken]), state.group)
    both = torch.stack([losses, torch.stack([each.norm for each in taken])]).cpu().numpy()
    figures = [
        Figures(each.step, float(loss), float(norm), each.rate) for each, loss, norm in zip(taken, *both, strict=True)
    ]
    for each in figures:
        if not np.isfinite(each.loss):
            raise lost(state, sentence("The loss of step {step:,} is not a number.", step=each.step))
        # In fp16 the scaler leaves such a step out.
        if not np.isfinite(each.norm) and state.config.precision is not Precision.FP16:
            raise lost(state, sentence("The gradients of step {step:,} are not numbers.", step=each.step))
    return figures


def lost(state: TrainingState, message: str) -> TrainingError:
    """Return the error about a run that cannot go on."""
    kept = (state.step - 1) - (state.step - 1) % state.config.checkpoint_every
    advice = sentence("Lower the learning rate or lengthen the warm-up.")
    if kept:
        return TrainingError(
            message, following(advice, sentence("The checkpoint of step {step:,} is kept.", step=kept))
        )
    return TrainingError(message, following(advice, sentence("No checkpoint had been reached.")))
