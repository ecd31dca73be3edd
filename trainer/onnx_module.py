"""An imported embedder as a torch module: its graph's operators as layers, its constants as weights that can be learnt.

Equal to onnxruntime to 1e-5 on unit vectors, which `check_module` proves of a file. Any batch goes through, also where
the file states a batch of 1. Batch normalisations keep the file's statistics.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # its stubs are not a dependency
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import ModelError
from engine.models.runtimes.eight_bits import in_eight_bits
from engine.models.runtimes.protocol import spoken_name
from engine.models.session import open_graph
from engine.words import sentence
from trainer.onnx_operators import LAYERS, Constant, Node

AGREEMENT = 1e-5
"""Largest difference between a component of a unit vector by torch and by onnxruntime."""


class OnnxModule(nn.Module):
    """Tensors (n, ...) as the file's input is described → its first output, `output`, computed by torch layers."""

    def __init__(self, model: onnx.ModelProto) -> None:
        super().__init__()
        graph = model.graph
        constants = _constants(model)
        inputs = [value for value in graph.input if value.name not in constants]
        if len(inputs) != 1:
            raise ModelError(
                sentence(
                    "This network cannot be trained further: it should have one input and has {inputs}.",
                    inputs=len(inputs),
                )
            )
        self.shape = tuple(int(side.dim_value) for side in inputs[0].type.tensor_type.shape.dim)
        self.steps: list[tuple[tuple[str, ...], str, tuple[str, ...]]] = []
        self.layers = nn.ModuleList()
        self._input, self.output = inputs[0].name, graph.output[0].name
        for node in _needed(graph, constants):
            self.layers.append(_layer(node, constants))
            follows = node.input[:1] if node.op_type == "Reshape" else node.input
            computed = tuple(name for name in follows if name and name not in constants)
            self.steps.append((computed, node.output[0], ()))
        self._forget_early()

    def _forget_early(self) -> None:
        """Note after which step a value is not needed any more, so that large batches fit."""
        last = {name: place for place, (computed, _, _) in enumerate(self.steps) for name in computed}
        for place, (computed, made, _) in enumerate(self.steps):
            done = tuple(name for name in dict.fromkeys(computed) if last[name] == place)
            self.steps[place] = (computed, made, done)

    def forward(self, tensor: Tensor) -> Tensor:
        """Return the first output of an input (n, ...)."""
        values = {self._input: tensor}
        for layer, (computed, made, done) in zip(self.layers, self.steps, strict=True):
            result = layer(*(values[name] for name in computed))
            for name in done:
                del values[name]
            values[made] = result
        return values[self.output]


def read_onnx(path: Path) -> OnnxModule:
    """Return the network of an ONNX file in evaluation mode, on the CPU in float32.

    Raises ModelError for a file that is no ONNX graph, for one in eight-bit numbers, which have no gradient, and for an
    operator that is not known here.
    """
    try:
        model = onnx.load(path, load_external_data=False)
    except (DecodeError, ValueError, OSError) as error:
        raise ModelError(
            sentence("The model file {path} is not an ONNX graph: {reason}.", path=path, reason=str(error))
        ) from error
    if in_eight_bits(model):
        raise ModelError(
            sentence(
                "The model {model} computes in eight-bit numbers, and cannot be trained further.",
                model=spoken_name(path),
            ),
            sentence("Begin with the model of which it was made."),
        )
    return OnnxModule(model).eval()


def check_module(module: OnnxModule, path: Path, batches: tuple[int, ...] = (1, 3)) -> float:
    """Compare a module with onnxruntime on drawn pixels; return the largest difference of unit vectors' components.

    Raises ModelError where one is above `AGREEMENT`. A file that states its batch is asked one picture at a time.
    """
    session, drawn = open_graph(path), np.random.default_rng(0)
    worst = 0.0
    for count in batches:
        tensor = drawn.uniform(-1, 1, (count, *module.shape[1:])).astype(np.float32)
        given = np.concatenate([session.run(tensor[row : row + 1])[0] for row in range(count)])
        with torch.inference_mode():
            found = functional.normalize(module(torch.from_numpy(tensor))).numpy()
        worst = max(worst, float(np.abs(found - given / np.linalg.norm(given, axis=1, keepdims=True)).max()))
    # Written so that a value that is not a number fails too.
    if not worst <= AGREEMENT:
        raise ModelError(
            sentence(
                "The network of {path} comes out differently by torch: {worst:.1e} of a unit vector.",
                path=path.name,
                worst=worst,
            )
        )
    return worst


def _constants(model: onnx.ModelProto) -> dict[str, Constant]:
    """Return the graph's constants by name, those computed of other constants too."""
    found: dict[str, Constant] = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    for node in model.graph.node:
        if all(name in found for name in node.input if name):
            evaluated = ReferenceEvaluator(_alone(node, model)).run(None, {name: found[name] for name in node.input})
            found |= dict(zip(node.output, evaluated, strict=True))
    return found


def _alone(node: onnx.NodeProto, model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a model of this node alone, by the same version of ONNX."""
    given = [helper.make_tensor_value_info(name, onnx.TensorProto.UNDEFINED, None) for name in node.input]
    made = [helper.make_tensor_value_info(name, onnx.TensorProto.UNDEFINED, None) for name in node.output]
    return helper.make_model(helper.make_graph([node], "node", given, made), opset_imports=model.opset_import)


def _needed(graph: onnx.GraphProto, constants: Mapping[str, Constant]) -> list[onnx.NodeProto]:
    """Return the nodes that the first output needs, in order; a shape that is computed of the batch is not followed."""
    wanted = {graph.output[0].name}
    needed = []
    for node in reversed(graph.node):
        if node.output[0] in wanted and node.output[0] not in constants:
            needed.append(node)
            wanted |= set(node.input[:1] if node.op_type == "Reshape" else node.input)
    return needed[::-1]


def _layer(node: onnx.NodeProto, constants: Mapping[str, Constant]) -> nn.Module:
    if node.op_type not in LAYERS:
        raise ModelError(
            sentence(
                "This network cannot be trained further: the operator {operator} is not known here.",
                operator=node.op_type,
            )
        )
    attributes: dict[str, Any] = {item.name: helper.get_attribute_value(item) for item in node.attribute}
    return LAYERS[node.op_type](Node(node.op_type, attributes, tuple(constants.get(name) for name in node.input)))
