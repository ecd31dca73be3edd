"""Heads of a detector that are made one: of the real YuNet, and of small graphs that are and are not of that form."""

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.models.catalog import Catalog
from engine.models.heads import merge_heads
from engine.models.prepare import prepare
from engine.models.session import open_graph

WIDTHS = (1, 4, 10)


def detector(
    *, opset: int = 11, widths: tuple[int, ...] = WIDTHS, kernels: tuple[int, ...] = (3, 3, 3), told: str = ""
) -> onnx.ModelProto:
    """A detector of one level: a head for each width, whose depthwise convolution has a kernel; `told` is an output."""
    rng = np.random.default_rng(3)
    nodes, constants, outputs = [], [], []

    def constant(name: str, values: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(values, name))
        return name

    for number, (width, kernel) in enumerate(zip(widths, kernels, strict=True)):
        mixing, depthwise = rng.normal(size=(width, 3, 1, 1)), rng.normal(size=(width, 1, kernel, kernel))
        weights = [constant(f"w{number}", mixing.astype(np.float32)), constant(f"v{number}", depthwise.astype("f4"))]
        biases = [constant(f"{word}{number}", rng.normal(size=width).astype(np.float32)) for word in "bc"]
        shape = constant(f"s{number}", np.array([0, -1, width], np.int64))
        pads = [kernel // 2] * 4
        nodes += [
            helper.make_node("Conv", ["x", weights[0], biases[0]], [f"m{number}"]),
            helper.make_node("Conv", [f"m{number}", weights[1], biases[1]], [f"d{number}"], group=width, pads=pads),
            helper.make_node("Transpose", [f"d{number}"], [f"t{number}"], perm=[0, 2, 3, 1]),
            helper.make_node("Reshape", [f"t{number}", shape], [f"y{number}"]),
        ]
        outputs.append(helper.make_tensor_value_info(f"y{number}", TensorProto.FLOAT, ["batch", "cells", width]))
    if told:
        outputs.append(helper.make_tensor_value_info(told, TensorProto.FLOAT, ["a", "b", "c", "d"]))
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3, "height", "width"])
    graph = helper.make_graph(nodes, "heads", [given], outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def given_by(model: onnx.ModelProto, path: Path, pictures: np.ndarray) -> list[np.ndarray]:
    onnx.save(model, path)
    return open_graph(path).run(pictures)


def layers(model: onnx.ModelProto) -> int:
    return Counter(node.op_type for node in model.graph.node)["Conv"]


@pytest.mark.parametrize("opset", [11, 13, 18])
def test_heads_of_one_form_become_one(tmp_path: Path, rng: np.random.Generator, opset: int) -> None:
    before, after = detector(opset=opset), detector(opset=opset)
    merge_heads(after)
    onnx.checker.check_model(after)
    assert (layers(before), layers(after)) == (6, 2)
    assert len(after.graph.initializer) < len(before.graph.initializer)
    pictures = rng.normal(size=(2, 3, 9, 7)).astype(np.float32)
    pairs = zip(
        given_by(before, tmp_path / "a.onnx", pictures), given_by(after, tmp_path / "b.onnx", pictures), strict=True
    )
    for theirs, ours in pairs:
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize(
    ("model", "left"),
    [
        (detector(widths=(4,), kernels=(3,)), 2),
        (detector(widths=(4, 32), kernels=(3, 3)), 4),
        (detector(kernels=(3, 5, 3)), 4),
        (detector(told="m0"), 4),
        (detector(told="t2"), 4),
    ],
    ids=["one alone", "one that is wide", "kernels of two sizes", "one that is told", "one that is told before rows"],
)
def test_only_those_do(tmp_path: Path, rng: np.random.Generator, model: onnx.ModelProto, left: int) -> None:
    pictures = rng.normal(size=(1, 3, 8, 8)).astype(np.float32)
    before = given_by(model, tmp_path / "a.onnx", pictures)
    merge_heads(model)
    assert layers(model) == left
    for theirs, ours in zip(before, given_by(model, tmp_path / "b.onnx", pictures), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_yunet_computes_what_the_published_file_computes(models_dir: Path, rng: np.random.Generator) -> None:
    catalog = Catalog(models_dir)
    card = catalog.default_detector()
    path = prepare(card, models_dir)
    published, ours = open_graph(catalog.path(card)), open_graph(path)
    assert ours.outputs == published.outputs
    assert layers(onnx.load(path)) == layers(onnx.load(catalog.path(card))) - 3 * 2 * 3
    pictures = rng.uniform(0, 255, (1, 3, 640, 640)).astype(np.float32)  # the only size that the file takes
    for one, other in zip(ours.run(pictures), published.run(pictures), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
