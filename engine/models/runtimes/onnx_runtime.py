"""onnxruntime, which is always there. The only file that imports it, and only when a graph is opened."""

import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from engine.errors import ModelError, UsageError
from engine.models.runtimes.protocol import GraphError, Runner, Shapes, Tensor, installed_version, spoken_name
from engine.models.runtimes.running import PLAIN_WAY, Precision, Way
from engine.words import sentence

PROVIDERS = {
    "tensorrt": "TensorrtExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "rocm": "ROCMExecutionProvider",
    "migraphx": "MIGraphXExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "directml": "DmlExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "cpu": "CPUExecutionProvider",
}
"""Our word for each provider and onnxruntime's, in the order in which they are preferred."""

DISTRIBUTIONS = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-rocm", "onnxruntime-openvino")
"""Packages that bring the module; who has a graphics card has another one than the first."""

BATCH, ACCELERATED_BATCH = 2, 32
"""Crops that go through the network at once on the processor and elsewhere.

SFace on one thread takes 7.9 ms a crop one by one, 7.7 in twos, 8.3 in fours, 8.7 in eights and 9.1 in sixteens: larger
batches leave the processor's caches.
"""

SILENT = 4
"""onnxruntime's severity "fatal": what it has to say reaches the user as a ModelError and not through C's stderr."""


OTHER = sentence("Choose another model.")
OTHER_OR_PLAIN = sentence("Choose another model, or try '--providers cpu'.")


class OnnxRuntime:
    """The runtime: one way a provider, all in float32."""

    name = PLAIN_WAY.runtime
    remedy = "pip install onnxruntime"

    def version(self) -> str | None:
        """Return its version without importing it."""
        return installed_version(*DISTRIBUTIONS)

    def ways(self) -> tuple[Way, ...]:
        """Return a way for each provider that this onnxruntime offers."""
        return tuple(Way(self.name, word, Precision.FLOAT32) for word in provider_names())

    def open(self, graph: Path, way: Way, threads: int, shapes: Shapes) -> Runner:
        """Load a graph on one provider; ModelError where that cannot be started."""
        return open_with((way.device,), graph, threads, shapes)


def quiet_module() -> ModuleType:
    """Return onnxruntime, which then neither reports its use nor writes to stderr."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # Windows collects them where it was told to, whatever the environment says
    onnxruntime.set_default_logger_severity(SILENT)
    return cast("ModuleType", onnxruntime)


def provider_names() -> tuple[str, ...]:
    """Return our words for the providers that this onnxruntime offers, the preferred one first."""
    offered = quiet_module().get_available_providers()
    return tuple(word for word, name in PROVIDERS.items() if name in offered)


def choose_providers(wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """Return which providers to use: the wanted ones, or all that are offered; the processor always comes last.

    A UsageError says when a word is unknown or not offered by this onnxruntime.
    """
    offered = provider_names()
    for word in wanted:
        if word not in PROVIDERS:
            raise UsageError(
                sentence("There is no provider named '{word}'.", word=word),
                sentence("Known providers: {providers}.", providers=", ".join(PROVIDERS)),
            )
        if word not in offered:
            raise UsageError(
                sentence("The onnxruntime on this machine does not offer the provider '{word}'.", word=word),
                sentence("It offers: {offered}.", offered=", ".join(offered)),
            )
    chosen = tuple(dict.fromkeys(wanted)) or offered
    return chosen if "cpu" in chosen else (*chosen, "cpu")


def open_with(providers: Sequence[str], graph: Path, threads: int, shapes: Shapes) -> Runner:
    """Load a graph on the first of these providers, or where none is named on the best that can be started.

    Raises UsageError for an unknown provider, and ModelError where a named one cannot be started.
    """
    runner = _Runner(graph, choose_providers(providers), threads, shapes)
    if providers and runner.way.device != providers[0]:
        raise ModelError(
            sentence("The provider '{provider}' could not be started on this machine.", provider=providers[0]),
            sentence("Check its driver and libraries, or use '{device}'.", device=runner.way.device),
        )
    return runner


class _Runner:
    def __init__(self, graph: Path, providers: Sequence[str], threads: int, shapes: Shapes) -> None:
        module = quiet_module()
        names = [PROVIDERS[word] for word in providers]
        try:
            self._session = module.InferenceSession(
                _readable(graph), _options(module, threads, shapes), providers=names
            )
        except _failures() as error:
            raise GraphError(
                sentence(
                    "The model {model} cannot be loaded: {reason}.", model=spoken_name(graph), reason=_reason(error)
                ),
                sentence("Run 'kinfolk models verify', or choose another model."),
            ) from error
        self._name = spoken_name(graph)
        words = {name: word for word, name in PROVIDERS.items()}
        first = self._session.get_providers()[0]
        self.way = Way(PLAIN_WAY.runtime, words.get(first, first), Precision.FLOAT32)
        self.batch = BATCH if self.way == PLAIN_WAY else ACCELERATED_BATCH
        self._input: str = self._session.get_inputs()[0].name
        self.outputs: tuple[str, ...] = tuple(value.name for value in self._session.get_outputs())

    def run(self, tensor: Tensor) -> list[Tensor]:
        try:
            return cast("list[Tensor]", self._session.run(None, {self._input: tensor}))
        except _failures() as error:
            raise GraphError(
                sentence("The model {model} cannot be run here: {reason}.", model=self._name, reason=_reason(error)),
                OTHER if self.way == PLAIN_WAY else OTHER_OR_PLAIN,
            ) from error


def _readable(path: Path) -> str | bytes:
    """Return the path, or where it is not UTF-8, which onnxruntime needs, the graph itself."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return path.read_bytes()
    return str(path)


def _options(module: ModuleType, threads: int, shapes: Shapes) -> Any:  # onnxruntime has no types
    options = module.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = SILENT
    # A memory pattern is kept for every input shape ever seen. For an embedder's two shapes it saves 3 to 4 % of the
    # time. A detector sees many: it gains nothing, and 120 pictures of random sizes up to 960 × 960 in two threads end
    # at 156 MB without patterns, at 170 with them (and at 303 with neither patterns nor the arena).
    options.enable_mem_pattern = shapes is Shapes.FEW
    # A thread that waits by spinning takes a core from the other stages of a scan.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return options


def _failures() -> tuple[type[Exception], ...]:
    """Return onnxruntime's exceptions, which share no base class, and Python's for a wrong type or value."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    listed = [getattr(state, name) for name in dir(state)]
    own = [kind for kind in listed if isinstance(kind, type) and issubclass(kind, Exception)]
    return (*own, RuntimeError, ValueError)


def _reason(error: Exception) -> str:
    """Return the first line of onnxruntime's message without its codes, source paths and signatures."""
    text = str(error).strip().splitlines()[0]
    text = re.sub(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ", "", text)
    if "/onnxruntime_src/" in text:
        text = text.rsplit(") ", 1)[-1].split(" was false. ")[-1]
    return text.rstrip(". ")
