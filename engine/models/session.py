"""The door to running a graph: the wanted way, or the fastest that agrees, or the plain one where that fails."""

import threading
from collections.abc import Sequence
from pathlib import Path

from engine.errors import ModelError
from engine.models.runtimes.choosing import Trial, best, measured, note_failure, settled
from engine.models.runtimes.offered import check_runtime, runtimes
from engine.models.runtimes.onnx_runtime import choose_providers, open_with, provider_names
from engine.models.runtimes.protocol import Runner, Shapes, Tensor
from engine.models.runtimes.running import AUTO, BY_ONNXRUNTIME, PLAIN, PLAIN_WAY, Running, Way
from engine.words import sentence

__all__ = [
    "BY_ONNXRUNTIME",
    "PLAIN",
    "Running",
    "Session",
    "Shapes",
    "Trial",
    "check_running",
    "open_by_onnxruntime",
    "open_graph",
    "open_session",
    "provider_names",
]


class Session:
    """A graph that is ready to run; several threads may call it at once.

    Where its way fails at work, the plain one takes over with the same input: nothing is lost, and `notices` says so.
    """

    def __init__(
        self, graph: Path, runner: Runner, shapes: Shapes, threads: int, notices: tuple[str, ...] = ()
    ) -> None:
        self._graph, self._runner, self._shapes, self._threads = graph, runner, shapes, threads
        self._lock = threading.Lock()
        self.notices = notices
        """Sentences about what did not go as wanted, for whoever asked for the session."""

    @property
    def way(self) -> Way:
        """How it runs now."""
        return self._runner.way

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the graph's outputs."""
        return self._runner.outputs

    @property
    def batch(self) -> int:
        """How many pictures of one shape go through at once best."""
        return self._runner.batch

    def run(self, tensor: Tensor) -> list[Tensor]:
        """Run the graph on one input and return its outputs in the order of `outputs`.

        Raises ModelError where the plain way cannot either.
        """
        runner = self._runner
        try:
            return runner.run(tensor)
        except ModelError as error:
            if runner.way == PLAIN_WAY:
                raise
            return self._run_plainly(runner, tensor, error)

    def _run_plainly(self, failed: Runner, tensor: Tensor, error: ModelError) -> list[Tensor]:
        with self._lock:
            if self._runner is not failed:  # another thread met the same
                return self._runner.run(tensor)
            plain = _open_plain(self._graph, self._threads, self._shapes)
            given = plain.run(tensor)  # where it fails too, the input is at fault and the way stays
            self._runner = plain
            self.notices = (*self.notices, _fallen_back(failed.way, error))
            note_failure(self._graph, failed.way, error.message)
            return given


def open_session(graph: Path, running: Running, trial: Trial, *, threads: int = 1) -> Session:
    """Open a runnable graph in the wanted way; `threads` is how many processor threads one call may use.

    What is left to a measurement is measured at the first use of the graph on this machine, which takes a few seconds,
    and kept beside it. A way that cannot be used is told in the session's notices, and the plain one takes its place.
    Raises UsageError for a runtime or provider that is not there, and ModelError where a named provider cannot be
    started or the graph cannot be loaded at all.
    """
    check_running(running)
    if settled(running) is not None:
        return open_by_onnxruntime(graph, running.providers, trial.shapes, threads=threads)
    way = best(measured(graph, trial).tried, running, trial.least(running))
    if way is None:
        return _plain_instead(graph, running, trial.shapes, threads)
    try:
        return Session(graph, runtimes()[way.runtime].open(graph, way, threads, trial.shapes), trial.shapes, threads)
    except (ModelError, ImportError) as error:
        told = (
            error
            if isinstance(error, ModelError)
            else ModelError(
                sentence("The way {way} cannot be loaded: {reason}.", way=way.sentence(), reason=str(error))
            )
        )
        note_failure(graph, way, told.message)
        plain = _open_plain(graph, threads, trial.shapes)
        return Session(graph, plain, trial.shapes, threads, (_fallen_back(way, told),))


def open_by_onnxruntime(graph: Path, providers: Sequence[str], shapes: Shapes, *, threads: int = 1) -> Session:
    """Open a graph on the first of these devices of onnxruntime, or where none is named on the best; nothing is tried.

    Raises as `open_session`.
    """
    return Session(graph, open_with(providers, graph, threads, shapes), shapes, threads)


def open_graph(graph: Path) -> Session:
    """Open a graph in the plain way, whatever is faster: for comparing networks number by number."""
    return open_by_onnxruntime(graph, (PLAIN_WAY.device,), Shapes.MANY)


def check_running(running: Running) -> None:
    """Raise UsageError where a runtime or a provider is wanted that is unknown or not there."""
    check_runtime(running.runtime)
    if running.providers:
        choose_providers(running.providers)


def _open_plain(graph: Path, threads: int, shapes: Shapes) -> Runner:
    return open_with((PLAIN_WAY.device,), graph, threads, shapes)


def _plain_instead(graph: Path, running: Running, shapes: Shapes, threads: int) -> Session:
    words = [word for word in (running.runtime, running.precision) if word != AUTO]
    if not words:
        return Session(graph, _open_plain(graph, threads, shapes), shapes, threads)
    wanted: str = words[0]
    if len(words) > 1:
        wanted = sentence("{runtime} in {precision}", runtime=running.runtime, precision=running.precision)
    name = graph.name.partition(".")[0]
    notice = sentence(
        "{name} cannot be run by {wanted} here, so onnxruntime runs it. 'kinfolk models bench' says why.",
        name=name,
        wanted=wanted,
    )
    return Session(graph, _open_plain(graph, threads, shapes), shapes, threads, (notice,))


def _fallen_back(way: Way, error: ModelError) -> str:
    return sentence(
        "{message} Kinfolk went on with onnxruntime; {way} is not used again until 'kinfolk models bench'.",
        message=error.message,
        way=way.sentence(),
    )
