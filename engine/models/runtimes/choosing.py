"""Which way of running a graph is the fastest here that agrees with the plain one; measured once, then known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from engine.models.runtimes import kept
from engine.models.runtimes.kept import Record
from engine.models.runtimes.offered import installed
from engine.models.runtimes.onnx_runtime import choose_providers, provider_names
from engine.models.runtimes.protocol import Shapes, Tensor
from engine.models.runtimes.running import AUTO, PLAIN_WAY, Running, Way
from engine.models.runtimes.trying import Tried, try_ways

AGREES = 0.9995
"""The least agreement on drawn faces. Vectors of one model must be comparable whatever made them: bfloat16 comes to
0.9999 with SFace there and on photos. A detector in bfloat16
(0.9990) finds the same faces, but moves their boxes by up to 7 % and vectors by 0.003 (benchmarks/RESULTS.md)."""

AGREES_ASKED = 0.995
"""The same for a detector whose precision somebody has set."""

AGREES_ROUNDED = 0.995
"""The same for a graph in eight-bit numbers: where two runtimes round one value to either side, the layers after it
differ, too. SFace's comes to 0.9994 on drawn faces and 0.9995 on photos; without VNNI, where products of bytes overflow
in OpenVINO, to 0.975, and there with weights of seven bits to 0.9995 again."""

FASTER = 1.1
"""Another way than the plain one has to be so many times as fast, or it is not worth the memory of a second runtime."""

PATIENCE = 180
"""Seconds to wait for another process that measures the same."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a graph is tried with: a few pictures as its input (made only when needed), and its kind of input.

    `rounded` where it computes in eight-bit numbers.
    """

    sample: Callable[[], Tensor]
    shapes: Shapes
    rounded: bool = False

    def least(self, running: Running) -> float:
        """Return the least agreement of a way that may be used."""
        if self.rounded:
            return AGREES_ROUNDED
        return AGREES_ASKED if self.shapes is Shapes.MANY and running.precision != AUTO else AGREES


def known(graph: Path) -> Record | None:
    """Return what was measured of this graph on this machine, None where nothing was."""
    return kept.find(graph.parent, graph, installed())


def measured(graph: Path, trial: Trial) -> Record:
    """Return what was measured of this graph here, measuring where nothing was: a second or two for each runtime."""
    record = known(graph)
    if record is not None:
        return record
    if not _is_choice():
        return kept.make(graph, installed(), [Tried(PLAIN_WAY, agreement=1.0)])
    lock = FileLock(graph.parent / f".{kept.FILE}.lock", thread_local=False)
    try:
        with lock.acquire(timeout=PATIENCE):
            return known(graph) or measure(graph, trial)
    except (Timeout, OSError):  # a folder that cannot be written to: measured, but not kept
        return measure(graph, trial)


def measure(graph: Path, trial: Trial) -> Record:
    """Measure every way that is there and keep what came of it."""
    versions = installed()
    tried = try_ways(graph, list(versions), trial.sample(), trial.shapes)
    record = kept.make(graph, versions, tried)
    kept.keep(graph.parent, record)
    return record


def best(tried: Sequence[Tried], running: Running, least: float = AGREES) -> Way | None:
    """Return the fastest wanted way that agrees, the plain one where none is clearly faster, None where none does."""
    sound = [it for it in tried if not it.failure and it.agreement >= least and running.wants(it.way)]
    if not sound:
        return None
    fastest = max(sound, key=lambda it: it.per_second)
    plain = next((it for it in sound if it.way == PLAIN_WAY), None)
    if plain is not None and fastest.per_second < FASTER * plain.per_second:
        return PLAIN_WAY
    return fastest.way


def settled(running: Running) -> Way | None:
    """Return the way that is wanted whatever a measurement says: onnxruntime's first device; None where none is."""
    if running.providers or running.runtime == PLAIN_WAY.runtime:
        return Way(PLAIN_WAY.runtime, choose_providers(running.providers)[0], PLAIN_WAY.precision)
    return None


def note_failure(graph: Path, way: Way, reason: str) -> None:
    """Keep that a way failed at work, so that it is not chosen again until it is measured anew."""
    record = known(graph)
    if record is not None:
        kept.keep(graph.parent, record.failed(way, reason))


def _is_choice() -> bool:
    """Say whether there is more than the plain way."""
    return len(installed()) > 1 or len(provider_names()) > 1
