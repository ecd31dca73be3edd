"""The process that tries ways of running a graph: what `trying` starts. Nothing else imports this."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engine.errors import KinfolkError
from engine.models.runtimes.offered import runtimes
from engine.models.runtimes.protocol import Runner, Shapes, Tensor
from engine.models.runtimes.running import Precision, Way
from engine.models.runtimes.trying import ABSENT, LOG, result_name
from engine.words import stored

WARM, ROUNDS, SECONDS = 2, 12, 0.5
"""Runs that do not count, and then so many or so long; the fastest counts, since a shared machine only ever adds.
For the same reason the processor's time counts where the processor computes, and the clock elsewhere."""


def main() -> None:
    """Read the job from the standard input and leave a file for each way in the folder that the command names."""
    held = Path(sys.argv[1])
    job = json.load(sys.stdin)
    sample = np.load(held / "sample.npy")
    for name in job["runtimes"]:
        for way in _ways(name, held):
            if (held / result_name(way)).exists():
                continue
            _note(held, way)
            try:
                runner = runtimes()[name].open(Path(job["graph"]), way, 1, Shapes(job["shapes"]))
                given = _timed(runner, sample)
            except (KinfolkError, ImportError) as error:
                given = _failure(error)
            _leave(held, way, given)


def _ways(name: str, held: Path) -> Iterator[Way]:
    """Yield a runtime's ways, the processor's first; one that cannot be loaded leaves its failure under that name."""
    usual = Way(name, "cpu", Precision.FLOAT32)
    if (held / result_name(usual)).exists() and "failure" in np.load(held / result_name(usual)):
        return
    _note(held, usual)
    try:
        ways = runtimes()[name].ways()
    except (KinfolkError, ImportError) as error:
        _leave(held, usual, _failure(error))
        return
    if usual not in ways:
        _leave(held, usual, {ABSENT: np.array(1.0)})
    yield from sorted(ways, key=lambda way: way.device != "cpu")


def _note(held: Path, way: Way) -> None:
    with (held / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps([way.runtime, way.device, way.precision]) + "\n")


def _leave(held: Path, way: Way, given: dict[str, Tensor]) -> None:
    """Write a result whole or not at all: this process may end at any moment."""
    part = held / "part.npz"
    np.savez(part, **given)  # type: ignore[arg-type]  # its stubs take the names for options
    part.replace(held / result_name(way))


def _failure(error: Exception) -> dict[str, Tensor]:
    return {"failure": np.array(stored(error.message if isinstance(error, KinfolkError) else str(error)))}


def _timed(runner: Runner, sample: Tensor) -> dict[str, Tensor]:
    """Return the outputs for the sample and how many pictures a second went through in batches of the runner's own."""
    outputs = [runner.run(sample[start : start + runner.batch]) for start in range(0, len(sample), runner.batch)]
    joined = [np.concatenate(parts) for parts in zip(*outputs, strict=True)]
    full = sample[np.arange(runner.batch) % len(sample)]
    for _ in range(WARM):
        runner.run(full)
    clock = time.process_time if runner.way.device == "cpu" else time.perf_counter
    times: list[float] = []
    while len(times) < ROUNDS and sum(times) < SECONDS:
        began = clock()
        runner.run(full)
        times.append(clock() - began)
    speed = np.array(runner.batch / min(times), np.float32)
    return dict(zip(runner.outputs, joined, strict=True)) | {"per_second": speed}
