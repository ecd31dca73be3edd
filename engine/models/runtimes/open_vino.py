"""OpenVINO (extra `openvino`): Intel's runtime, which on processors computes in bfloat16 where these can.

Its Python package imports `openvino_telemetry`, which sends usage to Intel and Google when models are converted with
its tools. Kinfolk converts none with them, and keeps the module from being imported at all: `_module`.
"""

import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from engine.cores import usable_cores
from engine.errors import ModelError
from engine.extras import installing
from engine.memory import give_back
from engine.models.runtimes.protocol import Runner, Shapes, Tensor, installed_version, spoken_name
from engine.models.runtimes.running import Precision, Way
from engine.words import sentence

HINTS = {Precision.FLOAT32: "f32", Precision.BFLOAT16: "bf16", Precision.FLOAT16: "f16"}

BATCH, ACCELERATED_BATCH = 4, 32
"""Crops that go through an embedder at once on the processor and elsewhere; a last batch is filled up.

SFace in bfloat16 on a Zen 4 core takes 7.7 ms a crop one by one, 6.9 in twos, 6.4 in fours and 6.6 in eights: its
weights, which are larger than a core's caches, are read once a batch. A second model, compiled for what is left over,
would take 70 MB and half a second.
"""

OFTEN, MOST_SIZES = 48, 8
"""A size of picture that has come so often gets a compiled model of its own, at most so many of them. It takes 0.35 s
to make, and saves YuNet 0.6 to 1 ms at 384 × 384 and 896 × 672, and 2 ms where sizes take turns."""


class OpenVino:
    """The runtime: the processor in float32 and, where that helps, bfloat16; Intel's graphics in float16."""

    name = "openvino"
    remedy = installing("openvino")

    def version(self) -> str | None:
        """Return its version without importing it."""
        return installed_version(self.name)

    def ways(self) -> tuple[Way, ...]:
        """Return the processor's ways, and one for each graphics card or neural processor of Intel's."""
        core = _module().Core()
        found = [Way(self.name, "cpu", Precision.FLOAT32)]
        if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            found.append(Way(self.name, "cpu", Precision.BFLOAT16))
        others = sorted(device.lower() for device in core.available_devices if device != "CPU")
        return (*found, *(Way(self.name, device, Precision.FLOAT16) for device in others))

    def open(self, graph: Path, way: Way, threads: int, shapes: Shapes) -> Runner:
        """Load a graph; ModelError where it or the device cannot be used."""
        return _Runner(graph, way, threads, shapes)


_LOADING = threading.Lock()


def _module() -> Any:  # its stubs name hardly any type
    with _LOADING:
        is_first = "openvino" not in sys.modules
        # An import that finds None raises ImportError, and OpenVINO then takes its stub that sends nothing.
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None is what Python documents
        import openvino

        if is_first:
            # Its first conversions of types fill static tables. Two threads that meet there wait for each other for
            # ever: one has the table's guard and wants Python's lock, the other has that and wants the guard.
            picture = openvino.opset13.parameter([1], np.float32)
            model = openvino.Model([openvino.opset13.relu(picture)], [picture])
            openvino.compile_model(model, "CPU").create_infer_request().infer(
                [np.zeros(1, np.float32)], share_inputs=True
            )
    return openvino


class _Runner:
    """One compiled model a shape that comes often, and requests that each belong to one thread."""

    def __init__(self, graph: Path, way: Way, threads: int, shapes: Shapes) -> None:
        self.way, self._path, self._shapes = way, graph, shapes
        self.batch = 1 if shapes is Shapes.MANY else BATCH if way.device == "cpu" else ACCELERATED_BATCH
        self._requests = threading.local()
        self._lock = threading.Lock()
        self._seen: dict[tuple[int, ...], int] = {}
        self._options = _options(way, threads)
        try:
            self._core = _module().Core()
            model = self._read()
            self.outputs: tuple[str, ...] = tuple(next(iter(output.names)) for output in model.outputs)
            self._compiled: dict[tuple[int, ...], Any] = {}
            sides = list(model.input(0).partial_shape)[1:]
            if shapes is Shapes.MANY:
                self._compiled[()] = self._core.compile_model(model, *self._options)
            elif all(side.is_static for side in sides):
                self._compile(model, (self.batch, *(side.get_length() for side in sides)))
        except (RuntimeError, OSError) as error:
            raise ModelError(
                sentence(
                    "The model {model} cannot be loaded by OpenVINO: {reason}.",
                    model=spoken_name(graph),
                    reason=_reason(error),
                ),
                sentence("Use another runtime: kinfolk models bench"),
            ) from error

    def run(self, tensor: Tensor) -> list[Tensor]:
        try:
            if self._shapes is Shapes.MANY:
                return self._infer(self._size_for(tensor.shape), tensor)
            key = self._fixed((self.batch, *tensor.shape[1:]))
            filled = np.zeros((-len(tensor) % self.batch, *tensor.shape[1:]), np.float32)
            whole = np.concatenate([tensor, filled]) if len(filled) else tensor
            starts = range(0, len(whole), self.batch)
            parts = [self._infer(key, whole[start : start + self.batch]) for start in starts]
        except (RuntimeError, OSError) as error:
            raise ModelError(
                sentence(
                    "The model {model} cannot be run by OpenVINO here: {reason}.",
                    model=spoken_name(self._path),
                    reason=_reason(error),
                ),
                sentence("Choose another model or runtime."),
            ) from error
        return [np.concatenate(rows)[: len(tensor)] for rows in zip(*parts, strict=True)]

    def _read(self) -> Any:
        # Bytes, since OpenVINO takes no path that is not UTF-8.
        return self._core.read_model(self._path.read_bytes())

    def _infer(self, key: tuple[int, ...], tensor: Tensor) -> list[Tensor]:
        """Run this thread's own request of a compiled model; what comes back is a copy.

        Tensors are filled and read in place: what converts arrays in OpenVINO's own `infer` was seen to wait for ever.
        """
        mine: dict[Any, Any] = self._requests.__dict__
        with self._lock:
            if key not in mine:
                mine[key] = self._compiled[key].create_infer_request()
            request = mine[key]
            given = request.get_input_tensor()
            if tuple(given.shape) != tensor.shape:
                given.shape = tensor.shape
            pixels = given.data
        np.copyto(pixels, tensor)
        request.start_async()
        request.wait()
        with self._lock:
            return [np.array(request.get_output_tensor(place).data) for place in range(len(self.outputs))]

    def _size_for(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the key of the model for this size, () for the one that takes any."""
        with self._lock:
            self._seen[shape] = self._seen.get(shape, 0) + 1
            often = self._seen[shape] >= OFTEN and len(self._compiled) <= MOST_SIZES
        return self._fixed(shape) if often or shape in self._compiled else ()

    def _fixed(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """See to a model that is compiled for this shape alone, and return its key."""
        with self._lock:
            if shape not in self._compiled:
                self._compile(self._read(), shape)
        return shape

    def _compile(self, model: Any, shape: tuple[int, ...]) -> None:
        model.reshape(list(shape))
        self._compiled[shape] = self._core.compile_model(model, *self._options)
        del model
        give_back()  # compiling leaves 50 MB of an embedder behind


def _options(way: Way, threads: int) -> tuple[str, dict[str, object]]:
    """Return the device and how it is used. A stream runs one call at a time, so that every core has one."""
    options: dict[str, object] = {"INFERENCE_PRECISION_HINT": HINTS[way.precision]}
    if way.device == "cpu":
        streams = usable_cores()
        # Pinned threads would sit on the same core as another stage's.
        options |= {"NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": streams * threads, "ENABLE_CPU_PINNING": False}
    return way.device.upper(), options


def _reason(error: Exception) -> str:
    """Return the last line of OpenVINO's message that says something, without source paths."""
    lines = [line.strip() for line in str(error).splitlines()]
    spoken = [line for line in lines if line and not line.startswith(("Exception from", "Check '"))]
    return (spoken or lines)[-1].rstrip(". ") if lines else sentence("it gives no reason")
