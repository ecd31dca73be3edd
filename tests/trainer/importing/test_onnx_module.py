"""An imported graph as torch layers: equal to onnxruntime, trainable, and a clear error for what is not known."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from trainer.backbones import Backbone
from trainer.onnx_module import AGREEMENT, check_module, read_onnx

RNG = np.random.default_rng(3)


def graph(path: Path, nodes: list[onnx.NodeProto], constants: dict[str, np.ndarray], opset: int = 13) -> Path:
    """Write a graph from "x" (1, 3, 8, 8) to "y"."""
    held = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 8, 8])
    made = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    model = helper.make_model(
        helper.make_graph(nodes, "face", [given], [made], held), opset_imports=[helper.make_opsetid("", opset)]
    )
    model.ir_version = 8
    onnx.save(model, path)
    return path


def drawn(*shape: int) -> np.ndarray:
    return RNG.standard_normal(shape).astype(np.float32)


def node(operator: str, inputs: str, output: str, **attributes: object) -> onnx.NodeProto:
    return helper.make_node(operator, inputs.split(), [output], **attributes)


@pytest.mark.parametrize(
    "name",
    ["mobilefacenet_512_faceplugin.onnx", "mobilefacenet_128_arcface.onnx"],
)
def test_foreign_embedders_come_out_as_by_onnxruntime(shared_data: Path, name: str) -> None:
    path = shared_data / "models" / name
    assert check_module(read_onnx(path), path) <= AGREEMENT


def test_sface_comes_out_as_by_onnxruntime(models_dir: Path) -> None:
    path = models_dir / "face_recognition_sface_2021dec.onnx"
    module = read_onnx(path)
    assert check_module(module, path) <= AGREEMENT
    assert module.shape == (1, 3, 112, 112)


def test_what_the_trainer_writes_comes_back(mobilefacenet: tuple[Backbone, Path]) -> None:
    own = mobilefacenet[1]
    assert check_module(read_onnx(own), own) <= AGREEMENT


def test_operators_that_other_exporters_use(tmp_path: Path) -> None:
    nodes = [
        node("Transpose", "x", "turned", perm=[0, 1, 3, 2]),
        node("Conv", "turned w", "uneven", pads=[0, 0, 1, 1], strides=[2, 2], kernel_shape=[3, 3]),
        node("LeakyRelu", "uneven", "bent", alpha=0.2),
        node("Clip", "bent low", "cut"),
        node("AveragePool", "cut", "mean", kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]),
        node("MaxPool", "cut", "most", kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]),
        node("Concat", "mean most", "both", axis=1),
        node("Sigmoid", "both", "gate"),
        node("Mul", "both gate", "open"),
        node("Sub", "one open", "less"),
        node("ReduceMean", "less", "pooled", axes=[2, 3], keepdims=1),
        node("Squeeze", "pooled axes", "rows"),
        node("MatMul", "rows m", "mixed"),
        node("LpNormalization", "mixed", "unit", p=2, axis=1),
        node("Reshape", "unit shape", "y"),
    ]
    constants = {
        "w": drawn(4, 3, 3, 3),
        "low": np.float32(-0.5),
        "one": drawn(1, 8, 1, 1),
        "axes": np.array([2, 3]),
        "m": drawn(8, 5),
        "shape": np.array([1, -1]),
    }
    path = graph(tmp_path / "odd.onnx", nodes, constants)
    assert check_module(read_onnx(path), path) <= AGREEMENT


def test_shapes_computed_of_the_batch_and_folded_constants(tmp_path: Path) -> None:
    nodes = [
        node("Conv", "x w", "c", kernel_shape=[8, 8]),
        node("Unsqueeze", "slope axes", "slopes"),
        node("PRelu", "c slopes", "p"),
        node("Shape", "p", "s"),
        node("Gather", "s zero", "n", axis=0),
        node("Concat", "n rest", "wanted", axis=0),
        node("Reshape", "p wanted", "y"),
    ]
    constants = {
        "w": drawn(6, 3, 8, 8),
        "slope": np.abs(drawn(6)),
        "axes": np.array([1, 2]),
        "zero": np.array([0]),
        "rest": np.array([-1]),
    }
    path = graph(tmp_path / "computed.onnx", nodes, constants)
    module = read_onnx(path)
    assert check_module(module, path) <= AGREEMENT
    assert {name.rpartition(".")[2] for name, _ in module.named_parameters()} == {"weight"}


def test_gradients_reach_the_weights_and_norms_keep_their_statistics(models_dir: Path) -> None:
    module = read_onnx(models_dir / "face_recognition_sface_2021dec.onnx").train()
    kept = {name: value.clone() for name, value in module.named_buffers()}
    module(torch.zeros(2, 3, 112, 112)).square().sum().backward()
    assert all(weight.grad is not None for weight in module.parameters())
    assert all(torch.equal(value, kept[name]) for name, value in module.named_buffers())


def test_an_unknown_operator_is_named(tmp_path: Path) -> None:
    path = graph(tmp_path / "unknown.onnx", [node("Softsign", "x", "y")], {})
    with pytest.raises(ModelError, match="Softsign"):
        read_onnx(path)


def test_a_graph_in_eight_bit_numbers_is_refused(tmp_path: Path) -> None:
    given, made = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3]) for name in "xy")
    scale, zero = numpy_helper.from_array(np.float32(0.1), "scale"), numpy_helper.from_array(np.uint8(0), "zero")
    nodes = [
        helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
        helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["y"]),
    ]
    graph = helper.make_graph(nodes, "g", [given], [made], [scale, zero])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]), tmp_path / "q.onnx")
    with pytest.raises(ModelError, match="computes in eight-bit numbers"):
        read_onnx(tmp_path / "q.onnx")


def test_a_file_that_is_no_graph_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "no.onnx").write_bytes(b"\x08no graph")
    with pytest.raises(ModelError, match="not an ONNX graph"):
        read_onnx(tmp_path / "no.onnx")
