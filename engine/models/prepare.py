"""The runnable graph: a copy of a model's graph that takes any batch and any size, and runs faster.

onnxruntime obeys the sizes that a file states, so a graph published for one 640 × 640 picture takes nothing else. The
weights stay as they are; what is computed stays the same. A file that is no ONNX graph is converted first.
A graph in eight-bit numbers keeps its PRelus: only as they were published they join the layer before them.
"""

import hashlib
import math
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelError, said_by
from engine.models.card import Decoder, ModelCard
from engine.models.conversion import convert
from engine.models.fetch import verify
from engine.models.heads import merge_heads
from engine.models.runtimes.eight_bits import in_eight_bits
from engine.models.transfer import disk_error
from engine.words import sentence

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, TensorProto

PREPARATION = 3
"""Raised whenever this file changes what it writes, so that older graphs are not used any more."""


def prepare(card: ModelCard, folder: Path) -> Path:
    """Return the runnable graph of a fetched model, writing it once beside the model.

    Its name tells which file and which preparation it came from and its own hash, so a stale or damaged one is never
    used. Raises ModelError where the model is missing, damaged or no ONNX graph.
    """
    if (there := prepared(card, folder)) is not None:
        return there
    source = verify(card, folder)
    with _as_onnx(source) as graph:
        data = _runnable(card, graph)
    path = folder / f"{_stem(card)}.{_short_hash(data)}.onnx"
    _write(path, data)
    _remove_others(card, path)
    return path


def prepared(card: ModelCard, folder: Path) -> Path | None:
    """Return the runnable graph of a model that is there and whole, None where it has yet to be written."""
    for path in folder.glob(f"{_stem(card)}.*.onnx"):
        if path.name == f"{_stem(card)}.{_short_hash(path.read_bytes())}.onnx":
            return path
    return None


def as_published(card: ModelCard, folder: Path) -> bytes:
    """Return the graph of a fetched model with its axes freed and its layers as they were published.

    Raises as `prepare`.
    """
    with _as_onnx(verify(card, folder)) as graph:
        return _runnable(card, graph, rewritten=False)


def _stem(card: ModelCard) -> str:
    return f"{Path(card.file).stem}.{card.sha256[:12]}.p{PREPARATION}"


@contextmanager
def _as_onnx(source: Path) -> Iterator[Path]:
    """Give the source, or the ONNX graph that a converter makes of it."""
    if source.suffix == ".onnx":
        yield source
        return
    try:
        with tempfile.TemporaryDirectory(dir=source.parent, prefix=".convert-") as held:
            graph = Path(held) / f"{source.stem}.onnx"
            convert(source, graph, source.suffix.removeprefix("."))
            yield graph
    except OSError as error:
        raise disk_error(source, error) from error


def _short_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise disk_error(path, error) from error


def _remove_others(card: ModelCard, path: Path) -> None:
    """Remove graphs that other preparations left; one that another Kinfolk has open may stay (Windows)."""
    pattern = re.compile(re.escape(Path(card.file).stem) + r"\.[0-9a-f]{12}\.p\d+\.[0-9a-f]{12}\.onnx")
    for other in path.parent.iterdir():
        if other != path and pattern.fullmatch(other.name):
            try:
                other.unlink()
            except OSError:
                continue


def _runnable(card: ModelCard, source: Path, *, rewritten: bool = True) -> bytes:
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # its stubs are not a dependency

    try:
        model = onnx.load(source, load_external_data=False)
        _refuse_programs(model)
        _drop_weights_from_inputs(model.graph)
        _free_axes(card, model.graph)
        if card.decoder is not Decoder.SCRFD:
            _free_reshapes(model)
        if rewritten and not in_eight_bits(model):
            _rewrite_prelus(model)
            merge_heads(model)
        onnx.checker.check_model(model)
        data: bytes = model.SerializeToString()
    except (DecodeError, ValueError, onnx.checker.ValidationError) as error:
        raise ModelError(
            sentence(
                "The model file {source} is not an ONNX graph that Kinfolk can use: {reason}.",
                source=source,
                reason=said_by(error),
            )
        ) from error
    return data


CONTROL = frozenset({"If", "Loop", "Scan", "SequenceMap"})
"""Operators that hold graphs of their own: a loop may be told to go round 2⁶² times."""

GROWING = frozenset({"ConstantOfShape", "Expand", "Tile", "Pad", "Range", "Resize", "OneHot"})
"""Operators whose output may be larger than what goes into them, as a constant of whole numbers says."""

MOST_AXES = 16
MOST_VALUES = 1 << 28
"""Numbers in one constant; a model of a gigabyte is larger than any that compares faces."""


def _refuse_programs(model: "ModelProto") -> None:
    """Raise ValueError for a graph that is more than layers: loops and branches, own functions, weights elsewhere."""
    if model.functions:
        raise ValueError(sentence("it defines functions of its own"))
    for node in model.graph.node:
        if node.op_type in CONTROL or any(item.HasField("g") or item.graphs for item in node.attribute):
            raise ValueError(
                sentence("it holds a graph inside a node ({node}), and what that does has no bound", node=node.op_type)
            )
    constants = {node.output[0]: item.t for node in model.graph.node for item in node.attribute if item.HasField("t")}
    constants |= {tensor.name: tensor for tensor in model.graph.initializer}
    for tensor in constants.values():
        if tensor.data_location == tensor.EXTERNAL:
            raise ValueError(sentence("its weights lie in another file"))
        if math.prod(max(side, 0) for side in tensor.dims) > MOST_VALUES:
            raise ValueError(
                sentence("a constant of it states {shape} numbers", shape=" × ".join(map(str, tensor.dims)))
            )
    for node in model.graph.node:
        shapes = [constants[name] for name in node.input if name in constants] if node.op_type in GROWING else []
        if any(_states_too_much(tensor) for tensor in shapes):
            raise ValueError(sentence("it makes something of a size beyond reason ({node})", node=node.op_type))


def _states_too_much(tensor: "TensorProto") -> bool:
    """Say whether a constant, taken for a shape or for how often something is repeated, is beyond reason."""
    from onnx import numpy_helper

    if tensor.data_type != tensor.INT64 or math.prod(tensor.dims) > MOST_AXES:
        return False
    return math.prod(max(abs(int(side)), 1) for side in numpy_helper.to_array(tensor).ravel()) > MOST_VALUES


def _drop_weights_from_inputs(graph: "GraphProto") -> None:
    """Old exporters list weights as inputs too, which keeps onnxruntime from folding them."""
    weights = {tensor.name for tensor in graph.initializer}
    inputs = [value for value in graph.input if value.name not in weights]
    if len(inputs) != 1:
        raise ValueError(sentence("it has {number} inputs instead of one picture", number=len(inputs)))
    del graph.input[:]
    graph.input.extend(inputs)


def _free_axes(card: ModelCard, graph: "GraphProto") -> None:
    """Forget the stated sizes of input, outputs and everything between, but for channels and widths of rows."""
    shape = graph.input[0].type.tensor_type.shape.dim
    if len(shape) != 4:
        raise ValueError(sentence("its input is not batch × channel × height × width"))
    # SCRFD flattens the batch into its rows, so that only one picture at a time makes sense.
    free = [] if card.decoder is Decoder.SCRFD else [(0, "batch")]
    free += [(2, "height")] * (card.input.height == 0) + [(3, "width")] * (card.input.width == 0)
    for axis, name in free:
        shape[axis].dim_param = name
    for output in graph.output:
        for axis, dimension in enumerate(output.type.tensor_type.shape.dim[:-1]):
            dimension.dim_param = f"{output.name}_{axis}"
    del graph.value_info[:]


def _free_reshapes(model: "ModelProto") -> None:
    """Let a reshape to (1, …, −1, …) keep the batch of what it is given: 0 means "as it came"."""
    from onnx import helper, numpy_helper

    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    constants |= {node.output[0]: node.attribute[0].t for node in graph.node if node.op_type == "Constant"}
    for node in graph.node:
        if node.op_type == "Reshape" and node.input[1] in constants and node.input[0] not in constants:
            shape = numpy_helper.to_array(constants[node.input[1]]).tolist()
            if shape[0] == 1 and -1 in shape[1:]:
                name = f"{node.output[0]}_free_shape"
                graph.initializer.append(helper.make_tensor(name, 7, [len(shape)], [0, *shape[1:]]))
                node.input[1] = name


def _rewrite_prelus(model: "ModelProto") -> None:
    """Write PRelu with slope a as a · x + (1 − a) · relu(x): the same, and more than twice as fast in onnxruntime.

    Where every slope is at most 1 the last term is relu((1 − a) · x), which onnxruntime computes in one go.
    """
    from onnx import helper, numpy_helper

    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type != "PRelu" or node.input[1] not in weights:
            nodes.append(node)
            continue
        (x, slope), y = node.input, node.output[0]
        linear, rest, between, bent = (f"{y}_{word}" for word in ("linear", "rest", "between", "bent"))
        values = 1 - numpy_helper.to_array(weights[slope])
        graph.initializer.append(numpy_helper.from_array(values, rest))
        nodes.append(helper.make_node("Mul", [x, slope], [linear]))
        if (values >= 0).all():
            nodes += [helper.make_node("Mul", [x, rest], [between]), helper.make_node("Relu", [between], [bent])]
        else:
            nodes += [helper.make_node("Relu", [x], [between]), helper.make_node("Mul", [between, rest], [bent])]
        nodes.append(helper.make_node("Add", [linear, bent], [y]))
    del graph.node[:]
    graph.node.extend(nodes)
