"""Trying ways of running a graph, in a process of its own: what crashes or hangs there is only not chosen.

The memory that compilers of graphs take goes with that process; runtimes that are not chosen are never imported here.
"""

import json
import math
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from engine.models.runtimes.protocol import Shapes, Tensor
from engine.models.runtimes.running import PLAIN_WAY, Precision, Way
from engine.own_process import own_command
from engine.words import recalled, sentence, stored, system_reason

TIMEOUT = 120
"""Seconds that the process has for all ways; TensorRT builds its engines half that long."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a way came to: pictures a second in one thread, and the agreement with float32 on onnxruntime.

    `agreement` is the cosine between the outputs, the mean over embeddings or the lowest of a detector's outputs. Where
    the way could not be used, `failure` says why, and both are 0.
    """

    way: Way
    per_second: float = 0.0
    agreement: float = 0.0
    failure: str = ""


def try_ways(graph: Path, names: list[str], sample: Tensor, shapes: Shapes) -> list[Tried]:
    """Run the sample in every way that the runtimes of these names offer here, and return what came of each."""
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder)
        np.save(held / "sample.npy", sample)
        job: dict[str, object] = {"graph": str(graph), "shapes": shapes, "runtimes": names}
        ended: dict[Way, str] = {}
        while (ending := _run_child(held, job)) is not None:
            # What it had begun and left no result of ended it; a second process goes on with the others.
            begun = _begun(held)
            if not begun or begun[-1] in ended or _result(held, begun[-1]).exists():
                break
            ended[begun[-1]] = ending
            np.savez(_result(held, begun[-1]), failure=np.array(stored(ending)))
        plain = _outputs(held, PLAIN_WAY)
        ways = [way for way in dict.fromkeys(_begun(held)) if ABSENT not in _outputs(held, way)]
        return [_tried(held, way, plain, shapes) for way in ways]


def result_name(way: Way) -> str:
    """Return the name of the file in which the process leaves what a way gave."""
    return f"{way.runtime}.{way.device}.{way.precision}.npz"


LOG = "begun.jsonl"
"""The file in which the process notes each way before it tries it, one line of JSON a way."""

ABSENT = "absent"
"""The key of the result of a way that its runtime does not offer after all."""


def _run_child(held: Path, job: dict[str, object]) -> str | None:
    """Let the process try what was not tried yet; return how it ended, None where it came to its end."""
    try:
        done = subprocess.run(  # noqa: S603 this very program
            own_command("engine.models.runtimes.trial", "main", str(held)),
            input=json.dumps(job).encode("ascii"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return sentence("it gave no answer in {seconds} seconds", seconds=TIMEOUT)
    except OSError as error:
        return sentence("no process could be started to try it: {reason}", reason=system_reason(error))
    if done.returncode == 0:
        return None
    return sentence("it ended the process that tried it (code {code})", code=done.returncode)


def _begun(held: Path) -> list[Way]:
    try:
        lines = (held / LOG).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [Way(runtime, device, Precision(precision)) for runtime, device, precision in map(json.loads, lines)]


def _result(held: Path, way: Way) -> Path:
    return held / result_name(way)


def _outputs(held: Path, way: Way) -> dict[str, Tensor]:
    """Return what the way left: its outputs and `per_second`, or `failure`."""
    try:
        with np.load(_result(held, way)) as file:
            return dict(file.items())
    except (OSError, ValueError, BadZipFile):
        return {"failure": np.array(stored(sentence("what it gave cannot be read")))}


def _tried(held: Path, way: Way, plain: dict[str, Tensor], shapes: Shapes) -> Tried:
    mine = _outputs(held, way)
    if "failure" in mine:
        return Tried(way, failure=recalled(str(mine["failure"])))
    if "failure" in plain:
        return Tried(way, failure=sentence("there is nothing to compare it with"))
    agreement = _agreement(mine, plain, shapes)
    if math.isnan(agreement):
        return Tried(way, failure=sentence("it gave other shapes, or values that are not finite"))
    return Tried(way, float(mine["per_second"]), agreement)


def _agreement(mine: dict[str, Tensor], plain: dict[str, Tensor], shapes: Shapes) -> float:
    names = [name for name in plain if name != "per_second"]
    if any(name not in mine or mine[name].shape != plain[name].shape for name in names):
        return math.nan
    if shapes is Shapes.FEW:
        return float(np.mean(_cosines(mine[names[0]], plain[names[0]])))
    return float(np.min([_cosines(mine[name].reshape(1, -1), plain[name].reshape(1, -1)) for name in names]))


def _cosines(first: Tensor, second: Tensor) -> Tensor:
    """Return the cosine of each pair of rows, not a number where a value is none or a row is zero."""
    a, b = first.astype(np.float64), second.astype(np.float64)
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)
        return np.asarray((a * b).sum(-1) / lengths, np.float32)
