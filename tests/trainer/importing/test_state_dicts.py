import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.errors import ModelError
from engine.models.card import Crop, Normalise
from engine.models.session import open_graph
from trainer.backbones import BACKBONES, Backbone
from trainer.importing.convert import convert_state_dict
from trainer.importing.state_dicts import network_of, read_state_dict

STAGES = (2, 2, 2, 2)
NORM = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")


def arcface_names() -> list[str]:
    """The names of arcface_torch's iresnet18 in their order, written down from its `backbones/iresnet.py`."""
    names = ["conv1.weight", *(f"bn1.{each}" for each in NORM), "prelu.weight"]
    for stage, blocks in enumerate(STAGES, start=1):
        for block in range(blocks):
            at = f"layer{stage}.{block}"
            names += [f"{at}.bn1.{each}" for each in NORM] + [f"{at}.conv1.weight"]
            names += [f"{at}.bn2.{each}" for each in NORM] + [f"{at}.prelu.weight", f"{at}.conv2.weight"]
            names += [f"{at}.bn3.{each}" for each in NORM]
            if block == 0:
                names += [f"{at}.downsample.0.weight", *(f"{at}.downsample.1.{each}" for each in NORM)]
    return [*names, *(f"bn2.{each}" for each in NORM), "fc.weight", "fc.bias", *(f"features.{each}" for each in NORM)]


def drawn(name: str, dim: int) -> Backbone:
    """A network whose every tensor was drawn, so that two of one shape are never mistaken for one another."""
    torch.manual_seed(3)
    network = BACKBONES[name](dim).eval()
    for key, value in network.state_dict().items():
        if value.is_floating_point():
            value.copy_(torch.rand_like(value) * 0.2 + (0.9 if "var" in key or value.ndim == 1 else -0.1))
    return network


def test_an_iresnet_of_arcface_torch_gives_the_same(tmp_path: Path) -> None:
    network = drawn("iresnet18", 64)
    state = dict(zip(arcface_names(), network.state_dict().values(), strict=True))
    path = tmp_path / "r18.pt"
    torch.save(state, path)
    again = network_of(read_state_dict(path), path)
    crops = torch.rand(2, 3, 112, 112) * 2 - 1
    with torch.inference_mode():
        torch.testing.assert_close(again(crops), network(crops))


def facenet_names(network: Backbone) -> list[str]:
    """Names as facenet-pytorch has them where it matters: the first and the last layers; the order is what counts."""
    keys = list(network.state_dict())
    ends = ["last_linear.weight", *(f"last_bn.{each}" for each in NORM)]
    middle = [f"m{number}.{key.rsplit('.', 1)[1]}" for number, key in enumerate(keys[1 : -len(ends)])]
    return ["conv2d_1a.conv.weight", *middle, *ends]


def test_a_facenet_of_facenet_pytorch_is_converted_without_its_classifier(tmp_path: Path) -> None:
    network = drawn("inception_resnet_v1", 32)
    state: dict[str, Tensor] = dict(zip(facenet_names(network), network.state_dict().values(), strict=True))
    state |= {"logits.weight": torch.zeros(5, 32), "logits.bias": torch.zeros(5)}
    path, graph = tmp_path / "vggface2.pt", tmp_path / "vggface2.onnx"
    torch.save(state, path)
    made = convert_state_dict(path, graph)
    assert made.dimension == 32
    assert made.input is not None
    assert (made.input.crop, made.input.normalise) == (Crop.BOX_160, Normalise.FIXED)
    crops = torch.rand(1, 3, 160, 160) * 2 - 1
    with torch.inference_mode():
        expected = network(crops).numpy()
    found = open_graph(graph).run(crops.numpy())[0]
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5 * np.abs(expected).max())


class Trap:
    """Code that a pickle would run."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("/nonexistent"),))  # type: ignore[return-value]  # never called


def test_code_is_never_run(tmp_path: Path) -> None:
    path = tmp_path / "trap.pt"
    path.write_bytes(pickle.dumps({"weights": Trap()}))
    with pytest.raises(ModelError, match="runs no code"):
        read_state_dict(path)
    torch.save({"a": Trap()}, path)
    with pytest.raises(ModelError, match="runs no code"):
        read_state_dict(path)


def test_other_weights_are_said(tmp_path: Path) -> None:
    path = tmp_path / "other.pt"
    torch.save({"layer.weight": torch.zeros(3)}, path)
    with pytest.raises(ModelError, match="no network that Kinfolk knows"):
        network_of(read_state_dict(path), path)
    torch.save([1, 2], path)
    with pytest.raises(ModelError, match="no state dict"):
        read_state_dict(path)
