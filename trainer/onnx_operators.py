"""ONNX operators that face embedders use, as torch layers; each follows https://onnx.ai/onnx/operators/.

A node's constant inputs become weights where they are learnt (Conv, Gemm, MatMul, PRelu, BatchNormalization), buffers
elsewhere. A layer takes the inputs that are computed, in their order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import ModelError
from engine.words import sentence

Constant = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Node:
    """An operator: its attributes, and its inputs, each a constant or, where it is computed, None."""

    operator: str
    attributes: Mapping[str, Any]
    inputs: tuple[Constant | None, ...]

    def constant(self, place: int, name: str = "") -> Constant | None:
        """Return what newer ONNX has as an input and older as an attribute; None where it has neither."""
        if place < len(self.inputs) and self.inputs[place] is not None:
            return self.inputs[place]
        return np.asarray(self.attributes[name]) if name in self.attributes else None

    def weight(self, place: int) -> Tensor:
        """Return a constant input as float32; raises ModelError where it is computed or left out."""
        value = self.constant(place)
        if value is None:
            raise self.refused(sentence("a weight that is no constant"))
        return torch.from_numpy(np.array(value, dtype=np.float32))

    def refused(self, fault: str) -> ModelError:
        """Return the error that says what of this operator is not known here."""
        return ModelError(
            sentence(
                "This network cannot be trained further: its operator {operator} has {fault}.",
                operator=self.operator,
                fault=fault,
            )
        )


class Calculation(nn.Module):
    """A torch function of all inputs, of which constants are buffers."""

    def __init__(self, function: Callable[..., Tensor], node: Node) -> None:
        super().__init__()
        self.function = function
        self.names = [f"constant{place}" if value is not None else None for place, value in enumerate(node.inputs)]
        for name, place in ((name, place) for place, name in enumerate(self.names) if name):
            self.register_buffer(name, node.weight(place))

    def forward(self, *computed: Tensor) -> Tensor:
        """Return the function of the constants and of what is computed."""
        rest = iter(computed)
        return self.function(*(next(rest) if name is None else getattr(self, name) for name in self.names))


class Along(nn.Module):
    """A torch function of the one input that is computed; the others say how."""

    def __init__(self, function: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, values: Tensor) -> Tensor:
        """Return the function of the values."""
        return self.function(values)


class FrozenNorm(nn.Module):
    """A batch normalisation by the statistics of the file, whatever batches come; its scale and shift may be learnt."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(node.weight(1)), nn.Parameter(node.weight(2))
        self.register_buffer("mean", node.weight(3))
        self.register_buffer("variance", node.weight(4))
        self.epsilon = float(node.attributes.get("epsilon", 1e-5))

    def forward(self, values: Tensor) -> Tensor:
        """Return values (n, c, ...) of mean 0 and variance 1 a channel, scaled and shifted."""
        mean, variance = self.get_buffer("mean"), self.get_buffer("variance")
        return functional.batch_norm(values, mean, variance, self.weight, self.bias, eps=self.epsilon)


def _padding(node: Node) -> tuple[int, int, int, int]:
    """Return (top, left, bottom, right)."""
    if node.attributes.get("auto_pad", b"NOTSET") not in {b"NOTSET", b"VALID"}:
        raise node.refused(sentence("padding that depends on the picture's size"))
    top, left, bottom, right = node.attributes.get("pads", (0, 0, 0, 0))
    return top, left, bottom, right


def _pair(sides: Sequence[int]) -> tuple[int, int]:
    """Return (height, width)."""
    height, width = sides
    return height, width


def _convolution(node: Node) -> nn.Module:
    weight, groups = node.weight(1), int(node.attributes.get("group", 1))
    top, left, bottom, right = _padding(node)
    even = (top, left) == (bottom, right)
    layer = nn.Conv2d(
        weight.shape[1] * groups,
        weight.shape[0],
        _pair(weight.shape[2:]),
        stride=_pair(node.attributes.get("strides", (1, 1))),
        padding=(top, left) if even else 0,
        dilation=_pair(node.attributes.get("dilations", (1, 1))),
        groups=groups,
        bias=len(node.inputs) > 2,
    )
    layer.weight.data = weight
    if layer.bias is not None:
        layer.bias.data = node.weight(2)
    return layer if even else nn.Sequential(nn.ZeroPad2d((left, right, top, bottom)), layer)


def _linear(node: Node) -> nn.Module:
    """Gemm, alpha · A · B + beta · C, and MatMul, of rows A and a constant B."""
    if node.attributes.get("transA", 0):
        raise node.refused(sentence("rows that are turned"))
    weight = node.weight(1)
    weight = weight if node.attributes.get("transB", 0) else weight.T.contiguous()
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=len(node.inputs) > 2)
    layer.weight.data = weight * float(node.attributes.get("alpha", 1.0))
    if len(node.inputs) > 2:
        bias = node.weight(2).reshape(-1) * float(node.attributes.get("beta", 1.0))
        layer.bias.data = bias.expand(weight.shape[0]).clone()
    return layer


def _slopes(node: Node) -> nn.Module:
    slope = node.weight(1).reshape(-1)
    layer = nn.PReLU(len(slope))
    layer.weight.data = slope
    return layer


def _pool(node: Node) -> nn.Module:
    top, left, bottom, right = _padding(node)
    if (top, left) != (bottom, right):
        raise node.refused(sentence("padding that differs between sides"))
    size, stride = _pair(node.attributes["kernel_shape"]), _pair(node.attributes.get("strides", (1, 1)))
    ceil = bool(node.attributes.get("ceil_mode", 0))
    if node.operator == "MaxPool":
        return nn.MaxPool2d(size, stride, (top, left), _pair(node.attributes.get("dilations", (1, 1))), ceil_mode=ceil)
    return nn.AvgPool2d(size, stride, (top, left), ceil, bool(node.attributes.get("count_include_pad", 0)))


def _reshape(node: Node) -> nn.Module:
    """Make a layer that keeps the batch that comes, also where the file states a batch of 1.

    A shape that the graph computes is taken for rows (n, ...): exporters compute it of the batch.
    """
    shape = node.constant(1, "shape")
    if shape is None:
        return nn.Flatten()
    return Along(partial(_reshaped, shape=[int(side) for side in shape]))


def _reshaped(values: Tensor, shape: list[int]) -> Tensor:
    sides = [values.shape[axis] if side == 0 else side for axis, side in enumerate(shape)]
    if shape[0] == 1:
        sides[0] = values.shape[0]
    return values.reshape(sides)


def _clip(node: Node) -> nn.Module:
    low, high = node.constant(1, "min"), node.constant(2, "max")
    return Along(
        partial(torch.clamp, min=None if low is None else float(low), max=None if high is None else float(high))
    )


def _reduction(function: Callable[..., Tensor], node: Node) -> nn.Module:
    axes = node.constant(1, "axes")
    if axes is None:
        raise node.refused(sentence("no axes"))
    keep = bool(node.attributes.get("keepdims", 1))
    return Along(partial(function, dim=tuple(int(axis) for axis in axes), keepdim=keep))


def _squeeze(node: Node) -> nn.Module:
    axes = node.constant(1, "axes")
    if axes is None:
        raise node.refused(sentence("no axes"))
    return Along(partial(torch.squeeze, dim=tuple(int(axis) for axis in axes)))


def _concatenation(node: Node) -> nn.Module:
    axis = int(node.attributes["axis"])
    return Calculation(lambda *parts: torch.cat(parts, dim=axis), node)


def _row_length(node: Node) -> nn.Module:
    order, axis = node.attributes.get("p", 2), node.attributes.get("axis", -1)
    return Along(partial(functional.normalize, p=float(order), dim=int(axis)))


LAYERS: Mapping[str, Callable[[Node], nn.Module]] = {
    "Add": partial(Calculation, torch.add),
    "AveragePool": _pool,
    "BatchNormalization": FrozenNorm,
    "Cast": lambda _: nn.Identity(),
    "Clip": _clip,
    "Concat": _concatenation,
    "Conv": _convolution,
    "Div": partial(Calculation, torch.div),
    "Dropout": lambda _: nn.Identity(),
    "Flatten": lambda node: nn.Flatten(int(node.attributes.get("axis", 1))),
    "Gemm": _linear,
    "GlobalAveragePool": lambda _: nn.AdaptiveAvgPool2d(1),
    "Identity": lambda _: nn.Identity(),
    "LeakyRelu": lambda node: nn.LeakyReLU(float(node.attributes.get("alpha", 0.01))),
    "LpNormalization": _row_length,
    "MatMul": _linear,
    "MaxPool": _pool,
    "Mul": partial(Calculation, torch.mul),
    "PRelu": _slopes,
    "ReduceL2": partial(_reduction, torch.linalg.vector_norm),
    "ReduceMean": partial(_reduction, torch.mean),
    "Relu": lambda _: nn.ReLU(),
    "Reshape": _reshape,
    "Sigmoid": lambda _: nn.Sigmoid(),
    "Squeeze": _squeeze,
    "Sub": partial(Calculation, torch.sub),
    "Transpose": lambda node: Along(partial(torch.permute, dims=tuple(node.attributes["perm"]))),
}
"""By the operator's name, what makes its layer. Values stay what they are through Cast: embedders cast floats only."""
