"""A graph in eight-bit numbers, made by onnxruntime's own tool; only this file and `onnx_runtime` import it."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelError, said_by
from engine.models.runtimes.onnx_runtime import quiet_module
from engine.models.runtimes.protocol import Tensor
from engine.words import sentence

if TYPE_CHECKING:
    from onnx import ModelProto

OPSET = 13
"""The first version of ONNX whose eight-bit numbers have a scale for each channel."""

LAYERS = ["Conv", "Gemm", "MatMul"]

WEIGHT_BITS = (8, 7)
"""Bits that a weight may have. Without VNNI processors add two products of bytes in 16 bits (`pmaddubsw`), where they
overflow unless weights keep to half of their range: what oneDNN, which OpenVINO computes with, says of such processors,
and what onnxruntime's tool calls a reduced range."""


def in_eight_bits(model: "ModelProto") -> bool:
    """Say whether a graph has layers that compute in eight-bit numbers."""
    return any(node.op_type == "QuantizeLinear" for node in model.graph.node)


def quantise(graph: Path, target: Path, samples: Sequence[Tensor], *, weight_bits: int = WEIGHT_BITS[0]) -> None:
    """Write a graph whose convolutions and matrix products compute in eight-bit numbers to `target`.

    `samples` are inputs, each (1, channels, height, width) or as the graph takes them. Weights have a scale for each
    channel. What goes into a layer is rounded and cut off at the mean over the samples of their largest value:
    the largest of all made vectors differ twice as much. What comes out is not rounded, so that a PRelu behind it
    joins the layer (Jacob et al., Quantization and Training of Neural Networks for Efficient
    Integer-Arithmetic-Only Inference, CVPR 2018). `weight_bits` is one of `WEIGHT_BITS`. Raises ModelError for a graph
    of which none can be made.
    """
    if weight_bits not in WEIGHT_BITS:
        raise ValueError(f"weights have 8 or 7 bits, not {weight_bits}")
    quiet_module()
    from onnxruntime.quantization import CalibrationMethod, QuantFormat, QuantType, quantize_static

    with tempfile.TemporaryDirectory(prefix="kinfolk-") as held:  # the tool takes no path that is not UTF-8
        folded, made = Path(held) / "folded.onnx", Path(held) / "made.onnx"
        level = logging.root.level
        logging.root.setLevel(logging.CRITICAL)  # the tool reports through the root logger
        try:
            quantize_static(
                _folded(graph, folded),
                made,
                _Samples(graph, samples),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=LAYERS,
                per_channel=True,
                reduce_range=weight_bits < WEIGHT_BITS[0],
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                calibrate_method=CalibrationMethod.MinMax,
                extra_options={
                    "CalibMovingAverage": True,
                    "OpTypesToExcludeOutputQuantization": LAYERS,
                },
            )
            _check(made)
            target.write_bytes(made.read_bytes())
        except (RuntimeError, ValueError, TypeError, KeyError, AttributeError, AssertionError) as error:
            raise ModelError(
                sentence("The model cannot be made in eight-bit numbers: {reason}.", reason=said_by(error))
            ) from error
        finally:
            logging.root.setLevel(level)


def _folded(graph: Path, target: Path) -> Path:
    """Write the graph in a version of ONNX that has eight-bit numbers, its norms folded into its convolutions."""
    import onnx
    from onnxruntime.quantization.shape_inference import quant_pre_process

    model = onnx.load(graph)
    if in_eight_bits(model):
        raise ValueError(sentence("it computes in them already"))
    if all(used.version < OPSET for used in model.opset_import if not used.domain):
        model = onnx.version_converter.convert_version(model, OPSET)
    newer = target.with_name("newer.onnx")
    onnx.save(model, newer)
    quant_pre_process(newer, target, skip_symbolic_shape=True)
    return target


def _check(made: Path) -> None:
    import onnx

    if not in_eight_bits(onnx.load(made)):
        raise ValueError(sentence("none of its layers can be"))


class _Samples:
    """What the tool reads samples from (its CalibrationDataReader)."""

    def __init__(self, graph: Path, samples: Sequence[Tensor]) -> None:
        import onnx

        self._name = onnx.load(graph).graph.input[0].name
        self._rest: Iterator[Tensor] = iter(samples)

    def get_next(self) -> dict[str, Tensor] | None:
        sample = next(self._rest, None)
        return None if sample is None else {self._name: sample}

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        while (given := self.get_next()) is not None:
            yield given
