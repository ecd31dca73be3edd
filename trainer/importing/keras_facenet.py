"""The FaceNet of Keras (`facenet_keras.h5`, an Inception-ResNet-v1) as our network, layer by layer by name."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import ModelError, said_by
from engine.words import sentence
from trainer.backbones import BACKBONES, Backbone

STEM = ("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "Conv2d_3b_1x1", "Conv2d_4a_3x3", "Conv2d_4b_3x3")
GROUPS = (
    *(f"Block35_{number}" for number in range(1, 6)),
    "Mixed_6a",
    *(f"Block17_{number}" for number in range(1, 11)),
    "Mixed_7a",
    *(f"Block8_{number}" for number in range(1, 7)),
)
LAST = 9
"""Behind every branch comes the convolution that mixes them."""


class KerasWeights:
    """The arrays of a Keras model's file, by layer."""

    def __init__(self, file: Any) -> None:  # h5py has no types
        self._group = file.get("model_weights", file)
        config = json.loads(file.attrs["model_config"])["config"]["layers"]
        self.convolutions = [str(layer["name"]) for layer in config if layer["class_name"] in ("Conv2D", "Conv2d")]

    def layer(self, name: str) -> dict[str, Tensor]:
        """Return a layer's arrays by their short names, such as "kernel"."""
        group = self._group[name]
        names = [each.decode() if isinstance(each, bytes) else str(each) for each in group.attrs["weight_names"]]
        return {each.split("/")[-1].split(":")[0]: torch.from_numpy(np.array(group[each])) for each in names}


def read_keras_facenet(path: Path) -> Backbone:
    """Return the network of a file; raises ModelError where it is not a FaceNet as Keras keeps it."""
    import h5py

    try:
        opened = h5py.File(path, "r")
    except OSError as error:
        raise ModelError(
            sentence("{path} is damaged, or no HDF5 file.", path=path), sentence("Copy or download it once more.")
        ) from error
    try:
        with opened as file:
            return _filled(KerasWeights(file))
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        message = sentence(
            "{path} is not a FaceNet (Inception-ResNet-v1) as Keras keeps it: {reason}.",
            path=path,
            reason=said_by(error),
        )
        raise ModelError(message, sentence("Export it as ONNX, and import that.")) from error


def _filled(weights: KerasWeights) -> Backbone:
    order = [*STEM, *(name for group in GROUPS for name in _of_group(weights.convolutions, group))]
    bottleneck = weights.layer("Bottleneck")["kernel"]
    network = BACKBONES["inception_resnet_v1"](bottleneck.shape[1]).eval()
    modules = dict(network.named_modules())
    convolutions = [(name, layer) for name, layer in modules.items() if isinstance(layer, nn.Conv2d)]
    for name, (place, layer) in zip(order, convolutions, strict=True):
        _fill_convolution(weights, name, layer)
        if layer.bias is None:
            parent, _, number = place.rpartition(".")
            _fill_norm(weights.layer(f"{name}_BatchNorm"), modules[f"{parent}.{int(number) + 1}"])
    linear = next(layer for layer in modules.values() if isinstance(layer, nn.Linear))
    linear.weight.data = _fitting(bottleneck.t(), linear.weight)
    last = [layer for layer in modules.values() if isinstance(layer, nn.BatchNorm1d)][-1]
    _fill_norm(weights.layer("Bottleneck_BatchNorm"), last)
    return network


def _of_group(names: list[str], group: str) -> list[str]:
    """Return the convolutions of a block in our order: branch by branch, in each by its running letter."""

    def place(name: str) -> tuple[int, str]:
        found = re.fullmatch(rf"{group}_Branch_(\d)_Conv2d_(\w+)", name)
        if not found:
            return LAST, ""
        step = found[2] if re.match(r"\d[a-z]_", found[2]) else ""
        return int(found[1]), step

    return sorted((name for name in names if name.startswith(f"{group}_")), key=place)


def _fill_convolution(weights: KerasWeights, name: str, layer: nn.Conv2d) -> None:
    held = weights.layer(name)
    layer.weight.data = _fitting(held["kernel"].permute(3, 2, 0, 1), layer.weight)
    if layer.bias is not None:
        layer.bias.data = _fitting(held["bias"], layer.bias)


def _fill_norm(held: dict[str, Tensor], layer: nn.Module) -> None:
    if (
        not isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d)
        or layer.running_mean is None
        or layer.running_var is None
    ):
        raise ValueError("a normalisation is missing")
    shift = held["beta"]
    layer.bias.data = _fitting(shift, layer.bias)
    # Keras leaves the scale out where it is 1.
    layer.weight.data = _fitting(held.get("gamma", torch.ones_like(shift)), layer.weight)
    layer.running_mean.copy_(_fitting(held["moving_mean"], layer.running_mean))
    layer.running_var.copy_(_fitting(held["moving_variance"], layer.running_var))


def _fitting(given: Tensor, wanted: Tensor) -> Tensor:
    if given.shape != wanted.shape:
        raise ValueError(f"a layer has the shape {tuple(given.shape)} instead of {tuple(wanted.shape)}")
    return given.contiguous().float()
