"""torch as a runtime of embedders, where it has a graphics card: half precision, channels last, large batches.

Offered to the engine through the entry point group `kinfolk.runtimes`. torch is imported when it is asked for ways.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import ModelError
from engine.extras import installing
from engine.models.runtimes.protocol import Runner, Shapes, Tensor, installed_version
from engine.models.runtimes.running import Precision, Way
from engine.words import sentence

if TYPE_CHECKING:
    import torch

BATCH = 256
"""Crops that go through the network at once; one of 112 × 112 takes 75 KB as half-precision input."""

CARDS = ("/dev/nvidiactl", "/dev/kfd")
"""What Linux has where there is a graphics card of NVIDIA's or AMD's; without them torch need not be imported."""


class TorchRuntime:
    """The runtime; it offers nothing on the processor, where the others are faster and smaller."""

    name = "torch"
    remedy = f"Only worth it where there is a graphics card. {installing('train')}"

    def version(self) -> str | None:
        """Return its version without importing it."""
        return installed_version(self.name)

    def ways(self) -> tuple[Way, ...]:
        """Return the graphics card in half and in single precision, nothing where there is none."""
        if sys.platform == "linux" and not any(Path(card).exists() for card in CARDS):
            return ()
        import torch

        device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else ""
        return tuple(Way(self.name, device, one) for one in (Precision.FLOAT16, Precision.FLOAT32)) if device else ()

    def open(self, graph: Path, way: Way, threads: int, shapes: Shapes) -> Runner:
        """Load an embedder's graph; ModelError for a detector and for an operator that torch's layers lack."""
        if shapes is not Shapes.FEW:
            raise ModelError(sentence("torch runs networks with one output, and a detector has several."))
        return _Runner(graph, way, threads)


class _Runner:
    batch = BATCH

    def __init__(self, graph: Path, way: Way, threads: int) -> None:
        import torch

        from trainer.onnx_module import read_onnx

        self.way, self._file = way, graph.name
        kinds = {Precision.FLOAT16: torch.float16, Precision.BFLOAT16: torch.bfloat16, Precision.FLOAT32: torch.float32}
        self._kind = kinds[way.precision]
        if way.device == "cpu":
            torch.set_num_threads(threads)
        module = read_onnx(graph)
        self.outputs: tuple[str, ...] = (module.output,)
        try:
            network = module.to(way.device, self._kind)
            self._network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # not stubbed
        except RuntimeError as error:
            raise ModelError(
                sentence(
                    "The model {graph} cannot be loaded by torch: {reason}.", graph=graph.name, reason=_reason(error)
                )
            ) from error

    def run(self, tensor: Tensor) -> list[Tensor]:
        import torch

        try:
            with torch.inference_mode():
                found = self._network(self._given(torch.from_numpy(tensor)))
                return [np.asarray(found.float().cpu().numpy(), np.float32)]
        except RuntimeError as error:
            raise ModelError(
                sentence(
                    "The model {file} cannot be run by torch here: {reason}.", file=self._file, reason=_reason(error)
                )
            ) from error

    def _given(self, pixels: "torch.Tensor") -> "torch.Tensor":
        import torch

        return pixels.to(self.way.device, self._kind).contiguous(memory_format=torch.channels_last)


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(". ")
