"""A copy in eight-bit numbers that is made in a process of its own: onnxruntime's tool takes long and hears nobody."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.beside.asking import Answer, Report, run_beside
from engine.beside.frames import Words
from engine.models.runtimes.eight_bits import quantise
from engine.models.runtimes.protocol import Tensor


def quantise_beside(
    graph: Path, target: Path, samples: Sequence[Tensor], *, weight_bits: int
) -> Generator[Report, None, None]:
    """Do as `quantise`, in a process of its own; closing the generator ends it. Raises as `run_beside`."""
    words = {"graph": str(graph), "target": str(target), "weight_bits": weight_bits}
    yield from run_beside("eight_bits", words, {"samples": np.stack(samples)})


def quantise_task(words: Words, arrays: dict[str, NDArray[Any]]) -> Generator[Report, None, Answer]:
    """Do it; called in that process."""
    yield Report("eight_bits", 0)
    samples, bits = list(arrays["samples"]), words["weight_bits"]
    quantise(Path(words["graph"]), Path(words["target"]), samples, weight_bits=bits)
    return Answer({}, {})
