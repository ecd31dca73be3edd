"""Checkpoints: everything that the next step depends on, written whole or not at all, read without running code."""

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict, cast

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.words import sentence

LAST = "last.pt"
BEST = "best.pt"
FORMAT = 1


class RandomState(TypedDict):
    """States of torch's global generators."""

    cpu: Tensor
    cuda: list[Tensor]


class Checkpoint(TypedDict):
    """One file. Tensors, numbers, texts, lists and dicts alone, so that torch's safe reader takes it.

    `average` holds the moving average of the backbone's weights and weights between it and the start, where a run has
    them. `best` is the lowest equal error rate
    of a validation so far and `stale` counts the checks since. `people` is a digest of the people's names, which say
    what the columns of the head stand for; the names themselves stay out of the file. `mined` is the table of triplets
    (T, 3) mined offline, empty without. Batches need no state: they follow from seed and step.
    """

    format: int
    step: int
    config: str
    people: str
    backbone: dict[str, Tensor]
    average: dict[str, Tensor]
    head: dict[str, Tensor]
    optimiser: dict[str, object]
    scaler: dict[str, object]
    mined: Tensor
    random: RandomState
    best: float
    stale: int


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write beside the target, flush to the disk, then rename: a crash leaves the earlier file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as stream:
        torch.save(dict(checkpoint), stream)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint onto the CPU.

    Raises ModelError where the file is absent, damaged, holds more than plain data or is of another format.
    """
    try:
        held = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ModelError(
            sentence("There is no checkpoint {path}.", path=path), sentence("Name the folder of a run that has begun.")
        ) from error
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise ModelError(
            sentence("The checkpoint {path} cannot be read.", path=path),
            sentence("It is damaged or not one of Kinfolk's."),
        ) from error
    if not isinstance(held, Mapping) or set(held) != set(Checkpoint.__annotations__):
        raise ModelError(
            sentence("The checkpoint {path} is not one of Kinfolk's.", path=path),
            sentence("Name a run of kinfolk train."),
        )
    if held["format"] != FORMAT:
        raise ModelError(
            sentence(
                "The checkpoint {path} has format {found}, not {format}.",
                path=path,
                found=held["format"],
                format=FORMAT,
            ),
            sentence("Use the Kinfolk it is from."),
        )
    return cast("Checkpoint", dict(held))


def random_state() -> RandomState:
    """Return the states of torch's global generators."""
    return RandomState(cpu=torch.get_rng_state(), cuda=torch.cuda.get_rng_state_all())


def restore_random(state: RandomState) -> None:
    """Continue the global generators from a kept state; a different number of GPUs keeps the CPU's alone."""
    torch.set_rng_state(state["cpu"])
    if len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(state["cuda"])
