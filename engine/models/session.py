"""Running a graph. The only file that imports onnxruntime, and only when a session is opened."""

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError, UsageError

Tensor = NDArray[np.float32]

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

SILENT = 4
"""onnxruntime's severity "fatal": what it has to say reaches the user as a ModelError and not through C's stderr."""


def provider_names() -> tuple[str, ...]:
    """Return our words for the providers that this onnxruntime offers, the preferred one first."""
    offered = _runtime().get_available_providers()
    return tuple(word for word, name in PROVIDERS.items() if name in offered)


def choose_providers(wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """Return which providers to use: the wanted ones, or all that are offered; the processor always comes last.

    A UsageError says when a word is unknown or not offered by this onnxruntime.
    """
    offered = provider_names()
    for word in wanted:
        if word not in PROVIDERS:
            raise UsageError(f"There is no provider named '{word}'.", f"Known providers: {', '.join(PROVIDERS)}.")
        if word not in offered:
            raise UsageError(
                f"The onnxruntime on this machine does not offer the provider '{word}'.",
                f"It offers: {', '.join(offered)}.",
            )
    chosen = tuple(dict.fromkeys(wanted)) or offered
    return chosen if "cpu" in chosen else (*chosen, "cpu")


class Shapes(StrEnum):
    """How many shapes of input a session will see."""

    FEW = "few"
    MANY = "many"


class Session:
    """A graph that is ready to run; several threads may call it at once."""

    def __init__(
        self, path: Path, *, providers: Sequence[str] = (), threads: int = 1, shapes: Shapes = Shapes.MANY
    ) -> None:
        runtime = _runtime()
        names = [PROVIDERS[word] for word in choose_providers(providers)]
        try:
            self._session = runtime.InferenceSession(_graph(path), _options(runtime, threads, shapes), providers=names)
        except _failures() as error:
            raise ModelError(
                f"The model {path.name} cannot be loaded: {_reason(error)}.",
                "Run 'kinfolk models verify', or choose another model.",
            ) from error
        self.path = path
        words = {name: word for word, name in PROVIDERS.items()}
        self.providers: tuple[str, ...] = tuple(words.get(name, name) for name in self._session.get_providers())
        if providers and self.providers[0] != providers[0]:
            raise ModelError(
                f"The provider '{providers[0]}' could not be started on this machine.",
                f"Check its driver and libraries, or use '{self.providers[0]}'.",
            )
        self.inputs: tuple[str, ...] = tuple(value.name for value in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(value.name for value in self._session.get_outputs())

    def run(self, tensor: Tensor) -> list[Tensor]:
        """Run the graph on one input and return its outputs in the order of `outputs`."""
        try:
            return cast("list[Tensor]", self._session.run(None, {self.inputs[0]: tensor}))
        except _failures() as error:
            raise ModelError(
                f"The model {self.path.name} cannot be run here: {_reason(error)}.",
                "Choose another model, or try '--providers cpu'.",
            ) from error


def open_session(
    path: Path, *, providers: Sequence[str] = (), threads: int = 1, shapes: Shapes = Shapes.MANY
) -> Session:
    """Load a runnable graph; `threads` is how many processor threads one call may use."""
    return Session(path, providers=providers, threads=threads, shapes=shapes)


def _graph(path: Path) -> str | bytes:
    """Return the path, or where it is not UTF-8, which onnxruntime needs, the graph itself."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return path.read_bytes()
    return str(path)


def _runtime() -> ModuleType:
    import onnxruntime

    onnxruntime.set_default_logger_severity(SILENT)
    return cast("ModuleType", onnxruntime)


def _options(runtime: ModuleType, threads: int, shapes: Shapes) -> Any:  # onnxruntime has no types
    options = runtime.SessionOptions()
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
