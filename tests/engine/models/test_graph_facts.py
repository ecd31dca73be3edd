from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from engine.errors import ModelError
from engine.models.card import Decoder, Layout
from engine.models.graph_facts import GraphFacts, graph_facts


def write_graph(path: Path, shape: list[int | str], output: list[int | str]) -> Path:
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)
    out = helper.make_tensor_value_info("y", TensorProto.FLOAT, output)
    graph = helper.make_graph([helper.make_node("Flatten", ["x"], ["y"])], "one", [value], [out])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)]), path)
    return path


@pytest.mark.parametrize(
    ("file", "facts"),
    [
        ("face_detection_yunet_2023mar.onnx", GraphFacts(Decoder.YUNET, stated=(640, 640))),
        ("det_500m.onnx", GraphFacts(Decoder.SCRFD)),
        ("det_2.5g.onnx", GraphFacts(Decoder.SCRFD)),
        ("mobilefacenet_512_faceplugin.onnx", GraphFacts(Decoder.UNIT, 112, 512)),
        ("mobilefacenet_128_arcface.onnx", GraphFacts(Decoder.UNIT, 112, 128)),
    ],
)
def test_real_models_are_known_by_their_graphs(shared_data: Path, file: str, facts: GraphFacts) -> None:
    assert graph_facts(shared_data / "models" / file) == facts


def test_channels_that_come_last_and_large_crops_are_seen(tmp_path: Path) -> None:
    path = write_graph(tmp_path / "m.onnx", ["n", 160, 160, 3], ["n", 512])
    assert graph_facts(path) == GraphFacts(Decoder.UNIT, 160, 512, Layout.NHWC)


@pytest.mark.parametrize(
    ("shape", "output", "words"),
    [
        ([1, 3, 96, 96], [1, 128], "96 × 96 pixels"),
        ([1, 3, 112, 112], [1, 3], "not one vector a face"),
        ([1, 3, 112, 112], [1, 512, 7, 7], "not one vector a face"),
        ([1, 1, 112, 112], [1, 512], "1 channels"),
        ([1, 512], [1, 512], "one batch of pictures"),
    ],
)
def test_what_is_no_embedder_is_said(
    tmp_path: Path, shape: list[int | str], output: list[int | str], words: str
) -> None:
    with pytest.raises(ModelError, match=words):
        graph_facts(write_graph(tmp_path / "m.onnx", shape, output))


def test_a_file_that_is_no_graph_is_said(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    for content in (b"", b"hello", b"\x80\x04\x95"):
        path.write_bytes(content)
        with pytest.raises(ModelError, match="no ONNX graph"):
            graph_facts(path)


def test_weights_in_other_files_are_refused(shared_data: Path, tmp_path: Path) -> None:
    model = onnx.load(shared_data / "models" / "mobilefacenet_128_arcface.onnx")
    path = tmp_path / "m.onnx"
    onnx.save(model, path, save_as_external_data=True, location="weights.bin", size_threshold=0)
    with pytest.raises(ModelError, match="lie in other files"):
        graph_facts(path)
