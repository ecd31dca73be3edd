"""A graph whose shapes promise a model and which cannot be computed: the import says of which file, and what helps."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import NodeProto, TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.library.library import Library
from engine.progress import finish
from engine.workflows.models.importing import import_models


def saved(path: Path, nodes: list[NodeProto], weights: np.ndarray) -> Path:
    """Write a graph that takes and gives what a model of ages does."""
    data = helper.make_tensor_value_info("data", TensorProto.FLOAT, [1, 3, 96, 96])
    out = helper.make_tensor_value_info("fc1", TensorProto.FLOAT, [1, 3])
    graph = helper.make_graph(nodes, "broken", [data], [out], [numpy_helper.from_array(weights, "weights")])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]), path)
    return path


@pytest.mark.parametrize(
    ("nodes", "weights", "said"),
    [
        (
            [
                helper.make_node("Conv", ["data", "weights"], ["grid"], strides=[8, 8]),
                helper.make_node("GlobalAveragePool", ["grid"], ["mean"]),
                helper.make_node("Flatten", ["mean"], ["fc1"]),
            ],
            np.zeros((3, 4, 8, 8), np.float32),  # for pictures of four channels
            "cannot be ",
        ),
        (
            [helper.make_node("Reshape", ["data", "weights"], ["fc1"])],
            np.array([7, 3], np.int64),
            "cannot be run here: ",
        ),
    ],
    ids=["loaded", "run"],
)
def test_the_file_is_named_and_another_one_advised(
    nodes: list[NodeProto], weights: np.ndarray, said: str, tmp_path: Path
) -> None:
    file = saved(tmp_path / "my.ages.onnx", nodes, weights)
    with Library(tmp_path / "library.sqlite") as library, pytest.raises(ModelError) as caught:
        finish(import_models(library, tmp_path / "models", file))
    assert caught.value.message.startswith(f"The model my.ages {said}")
    assert caught.value.hint == "Choose another file."
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"photo,person\n", b"\x08\x08\x12\x07pytorch"], ids=["empty", "text", "cut off"]
)
def test_what_is_no_graph_is_told_by_the_path_that_was_given(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "mine.onnx"
    file.write_bytes(content)
    with Library(tmp_path / "library.sqlite") as library, pytest.raises(ModelError) as caught:
        finish(import_models(library, tmp_path / "models", file))
    assert caught.value.message == f"{file} is not a model that Kinfolk can use: it is no ONNX graph."
    assert list((tmp_path / "models").iterdir()) == []
