"""State dicts of arcface_torch and of facenet-pytorch as our networks: the same layers in the same order.

arcface_torch: https://github.com/deepinsight/insightface, `recognition/arcface_torch/backbones/iresnet.py`;
facenet-pytorch: https://github.com/timesler/facenet-pytorch, `models/inception_resnet_v1.py`.
"""

import pickle
import warnings
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.words import sentence
from trainer.backbones import BACKBONES, Backbone

IRESNETS = {(2, 2): "iresnet18", (3, 6): "iresnet34", (3, 14): "iresnet50", (3, 30): "iresnet100"}
"""By the number of blocks in the first and the third stage."""

COUNTERS = "num_batches_tracked"
"""Batches seen in training; the order in which layers follow each other does not need them."""

CLASSIFIERS = ("logits.",)
"""Layers behind the embedding."""


def read_state_dict(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a file by name, without running any code that it may hold.

    Raises ModelError for a file that holds anything but tensors and plain values.
    """
    try:
        with warnings.catch_warnings():
            # Of another pickle protocol, which is then refused or read all the same.
            warnings.simplefilter("ignore", UserWarning)
            held = torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, ValueError, EOFError, KeyError, OSError, pickle.UnpicklingError) as error:
        message = sentence(
            "{path} is not a file of weights alone, and Kinfolk runs no code out of model files.", path=path
        )
        raise ModelError(message, sentence("Save its state_dict() with torch.save, or export it as ONNX.")) from error
    for key in ("state_dict", "model", "backbone"):
        if isinstance(held, Mapping) and isinstance(held.get(key), Mapping):
            held = held[key]
    if not isinstance(held, Mapping) or not held or not all(isinstance(value, Tensor) for value in held.values()):
        raise ModelError(
            sentence("{path} holds no state dict.", path=path),
            sentence("Save the network's state_dict() with torch.save."),
        )
    return {str(key).removeprefix("module."): value for key, value in held.items()}


def network_of(weights: Mapping[str, Tensor], path: Path) -> Backbone:
    """Build the network that the weights are of; raises ModelError where it is none that is known."""
    if "conv2d_1a.conv.weight" in weights and "last_linear.weight" in weights:
        name, dim = "inception_resnet_v1", len(weights["last_linear.weight"])
    elif "layer3.0.conv1.weight" in weights and "features.weight" in weights:
        name = IRESNETS.get((_blocks(weights, 1), _blocks(weights, 3)), "")
        dim = len(weights["features.weight"])
    else:
        name, dim = "", 0
    if name not in BACKBONES:
        raise ModelError(
            sentence("The weights in {path} are of no network that Kinfolk knows.", path=path),
            sentence(
                "Known are iresnet18, 34, 50 and 100 of arcface_torch and the InceptionResnetV1 of facenet-pytorch."
            ),
        )
    network = BACKBONES[name](dim).eval()
    fill_in_order(network, weights, path)
    return network


def _blocks(weights: Mapping[str, Tensor], stage: int) -> int:
    return sum(key.startswith(f"layer{stage}.") and key.endswith(".conv1.weight") for key in weights)


def fill_in_order(network: Backbone, weights: Mapping[str, Tensor], path: Path) -> None:
    """Give the network's tensors those of the file, one after another; raises ModelError where a shape differs."""
    given = [value for key, value in weights.items() if not key.endswith(COUNTERS) and not key.startswith(CLASSIFIERS)]
    own = {key: value for key, value in network.state_dict().items() if not key.endswith(COUNTERS)}
    if [value.shape for value in given] != [value.shape for value in own.values()]:
        raise ModelError(
            sentence("The weights in {path} do not fit the network that their names speak of.", path=path),
            sentence("Is it a variant?"),
        )
    network.load_state_dict({**network.state_dict(), **dict(zip(own, (value.float() for value in given), strict=True))})
