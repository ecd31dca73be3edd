"""Narrow heads of a detector made one: what they compute, in fewer and fuller blocks.

Runtimes compute convolutions in blocks of 8 or 16 channels, whether these are there or not. YuNet ends in four heads a
level of 1, 1, 4 and 10 channels, which read the same tensor one after another and fill one block of 16 together.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

NARROW = 16
"""Channels, the most of a convolution that leaves a part of its blocks empty."""

CHANNELS_LAST = [0, 2, 3, 1]


@dataclass(frozen=True, slots=True)
class _Head:
    """A convolution of all channels, a depthwise one behind it, and what makes a row of `width` numbers a cell."""

    mixing: "NodeProto"
    depthwise: "NodeProto"
    turning: "NodeProto"
    flattening: "NodeProto"
    width: int
    form: str

    @property
    def nodes(self) -> "tuple[NodeProto, ...]":
        return self.mixing, self.depthwise, self.turning, self.flattening


def merge_heads(model: "ModelProto") -> None:
    """Make one of heads of one form that read one tensor; a split gives what they gave, under its names.

    What is computed stays the same, but for the order in which sums are rounded. Other graphs stay as they are.
    """
    from onnx import numpy_helper

    graph = model.graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    readers: defaultdict[str, list[NodeProto]] = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            readers[name].append(node)
    told = Counter(output.name for output in graph.output)
    heads: defaultdict[str, list[_Head]] = defaultdict(list)
    for node in graph.node:
        head = _head(node, readers, weights, told)
        if head is not None:
            heads[f"{node.input[0]} {head.form}"].append(head)
    for several in heads.values():
        if len(several) > 1:
            _merge(model, several, weights)


def _head(
    mixing: "NodeProto",
    readers: "dict[str, list[NodeProto]]",
    weights: dict[str, NDArray[np.generic]],
    told: Counter[str],
) -> _Head | None:
    """Return the head that begins with this node, None where none does."""
    nodes = [mixing]
    for kind in ("Conv", "Transpose", "Reshape"):
        behind = readers.get(nodes[-1].output[0], [])
        if len(behind) != 1 or behind[0].op_type != kind or told[nodes[-1].output[0]]:
            return None
        nodes.append(behind[0])
    depthwise, turning, flattening = nodes[1:]
    constants = [*mixing.input[1:], *depthwise.input[1:], flattening.input[1]]
    if mixing.op_type != "Conv" or len(constants) != 5 or any(name not in weights for name in constants):
        return None
    width = len(weights[mixing.input[1]])
    is_one = (
        width <= NARROW
        and _told(mixing, "group", 1) == 1
        and _told(depthwise, "group", 1) == width
        and weights[depthwise.input[1]].shape[:2] == (width, 1)
        and _told(turning, "perm", None) == CHANNELS_LAST
        and weights[flattening.input[1]].tolist()[1:] == [-1, width]
    )
    form = f"{_form(mixing)} {_form(depthwise)} {weights[flattening.input[1]][0]}"
    return _Head(mixing, depthwise, turning, flattening, width, form) if is_one else None


def _merge(model: "ModelProto", heads: Sequence[_Head], weights: dict[str, NDArray[np.generic]]) -> None:
    from onnx import helper, numpy_helper

    graph, stem = model.graph, f"{heads[0].flattening.output[0]}_merged"
    widths = [head.width for head in heads]

    def constant(word: str, values: NDArray[np.generic]) -> str:
        graph.initializer.append(numpy_helper.from_array(values, f"{stem}_{word}"))
        return f"{stem}_{word}"

    def convolution(given: str, word: str, layers: "Sequence[NodeProto]", group: int) -> "NodeProto":
        joined = [np.concatenate([weights[layer.input[place]] for layer in layers]) for place in (1, 2)]
        names = [constant(f"{word}_{kind}", values) for kind, values in zip(("weight", "bias"), joined, strict=True)]
        node = helper.make_node("Conv", [given, *names], [f"{stem}_{word}"], group=group)
        node.attribute.extend(item for item in layers[0].attribute if item.name != "group")
        return node

    mixed = convolution(heads[0].mixing.input[0], "mixed", [head.mixing for head in heads], 1)
    apart = convolution(mixed.output[0], "apart", [head.depthwise for head in heads], sum(widths))
    turned = helper.make_node("Transpose", [apart.output[0]], [f"{stem}_turned"], perm=CHANNELS_LAST)
    first = int(weights[heads[0].flattening.input[1]][0])
    shape = constant("shape", np.array([first, -1, sum(widths)], np.int64))
    rows = helper.make_node("Reshape", [turned.output[0], shape], [f"{stem}_rows"])
    outputs = [head.flattening.output[0] for head in heads]
    if max(used.version for used in model.opset_import if not used.domain) < 13:
        split = helper.make_node("Split", [rows.output[0]], outputs, axis=2, split=widths)
    else:
        split = helper.make_node("Split", [rows.output[0], constant("widths", np.array(widths))], outputs, axis=2)
    _replace(model, heads, [mixed, apart, turned, rows, split])


def _replace(model: "ModelProto", heads: Sequence[_Head], new: "Sequence[NodeProto]") -> None:
    """Put the new nodes where the first of the old ones stood: what they read is there by then."""
    graph = model.graph
    gone = {node.output[0] for head in heads for node in head.nodes}
    nodes = list(graph.node)
    first = next(place for place, node in enumerate(nodes) if node.output[0] in gone)
    kept = [node for node in nodes if node.output[0] not in gone]
    del graph.node[:]
    graph.node.extend([*kept[:first], *new, *kept[first:]])
    needed = {name for node in graph.node for name in node.input}
    weights = [tensor for tensor in graph.initializer if tensor.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(weights)


def _form(node: "NodeProto") -> str:
    """Return what layers have in common that can be one: kernel, strides, pads and dilations."""
    from onnx import helper

    told = {item.name: helper.get_attribute_value(item) for item in node.attribute if item.name != "group"}
    return repr(sorted(told.items()))


def _told(node: "NodeProto", name: str, usual: object) -> object:
    from onnx import helper

    return next((helper.get_attribute_value(item) for item in node.attribute if item.name == name), usual)
