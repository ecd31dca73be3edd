import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.models.card import ColourOrder, Decoder, InputSpec, ModelCard, ModelKind
from engine.models.catalog import Catalog
from engine.models.prepare import prepare
from engine.models.session import open_graph


@pytest.fixture
def detector(models_dir: Path, tmp_path: Path) -> ModelCard:
    card = Catalog(models_dir).default_detector()
    shutil.copy(models_dir / card.file, tmp_path / card.file)
    return card


def prepared(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.p*.onnx"))


def test_it_is_written_once(detector: ModelCard, tmp_path: Path) -> None:
    path = prepare(detector, tmp_path)
    before = path.stat().st_mtime_ns
    assert prepare(detector, tmp_path) == path
    assert path.stat().st_mtime_ns == before
    assert prepared(tmp_path) == [path]


def test_a_damaged_one_is_made_again(detector: ModelCard, tmp_path: Path) -> None:
    path = prepare(detector, tmp_path)
    good = path.read_bytes()
    path.write_bytes(good[:-100])
    assert prepare(detector, tmp_path).read_bytes() == good


def test_one_of_another_preparation_is_removed(detector: ModelCard, tmp_path: Path) -> None:
    stale = tmp_path / f"{Path(detector.file).stem}.{'0' * 12}.p0.{'1' * 12}.onnx"
    other = tmp_path / f"{Path(detector.file).stem}.mine.onnx"
    for path in (stale, other):
        path.write_bytes(b"old")
    assert prepare(detector, tmp_path).exists()
    assert not stale.exists()
    assert other.exists()


def test_the_source_must_be_the_card_s(detector: ModelCard, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not on this machine"):
        prepare(replace(detector, file="absent.onnx"), tmp_path)
    (tmp_path / detector.file).write_bytes(b"no")
    with pytest.raises(ModelError, match="is not the one that its card describes"):
        prepare(detector, tmp_path)


@pytest.mark.parametrize("data", [b"\xff" * 1000, b""], ids=["noise", "empty"])
def test_what_is_no_graph_is_refused(tmp_path: Path, data: bytes, card_of) -> None:
    path = tmp_path / "noise.onnx"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"noise\.onnx is not an ONNX graph that Kinfolk can use"):
        prepare(card_of(path, Decoder.YUNET, InputSpec()), tmp_path)


def test_two_inputs_are_refused(tmp_path: Path, card_of) -> None:
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, 8, 8]) for name in ("a", "b")]
    output = helper.make_tensor_value_info("c", TensorProto.FLOAT, [1, 3, 8, 8])
    graph = helper.make_graph([helper.make_node("Add", ["a", "b"], ["c"])], "two", inputs, [output])
    onnx.save(helper.make_model(graph), tmp_path / "two.onnx")
    with pytest.raises(ModelError, match="it has 2 inputs"):
        prepare(card_of(tmp_path / "two.onnx", Decoder.UNIT, InputSpec(8, 8), 3), tmp_path)


@pytest.mark.parametrize("high", [0.9, 1.4], ids=["slopes up to 1", "slopes above 1"])
def test_prelu_is_rewritten_without_changing_what_it_computes(tmp_path: Path, high: float, card_of) -> None:
    rng = np.random.default_rng(1)
    slopes = np.linspace(-0.8, high, 24, dtype=np.float32).reshape(24, 1, 1)
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 24, 6, 5])
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 24, 6, 5])
    nodes = [helper.make_node("PRelu", ["x", "a"], ["y"])]
    graph = helper.make_graph(nodes, "g", [value], [output], [numpy_helper.from_array(slopes, "a")])
    onnx.save(
        helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)]), tmp_path / "prelu.onnx"
    )
    path = prepare(card_of(tmp_path / "prelu.onnx", Decoder.UNIT, InputSpec(5, 6), 5), tmp_path)
    assert "PRelu" not in {node.op_type for node in onnx.load(path).graph.node}
    x = rng.normal(0, 3, (4, 24, 6, 5)).astype(np.float32)
    (y,) = open_graph(path).run(x)
    np.testing.assert_allclose(y, np.where(x > 0, x, x * slopes), rtol=1e-6, atol=1e-6)


def test_sface_takes_any_batch_and_gives_the_same_as_one_by_one(models_dir: Path, rng: np.random.Generator) -> None:
    catalog = Catalog(models_dir)
    session = open_graph(prepare(catalog.default_embedder(), models_dir))
    crops = rng.uniform(0, 255, (5, 3, 112, 112)).astype(np.float32)
    (together,) = session.run(crops)
    assert together.shape == (5, 128)
    alone = np.concatenate([session.run(crops[number : number + 1])[0] for number in range(5)])
    np.testing.assert_allclose(together, alone, atol=2e-5)


def test_sface_computes_what_the_published_file_computes(models_dir: Path, rng: np.random.Generator) -> None:
    catalog = Catalog(models_dir)
    card = catalog.default_embedder()
    crop = rng.uniform(0, 255, (1, 3, 112, 112)).astype(np.float32)
    (ours,) = open_graph(prepare(card, models_dir)).run(crop)
    (published,) = open_graph(catalog.path(card)).run(crop)
    np.testing.assert_allclose(ours, published, atol=2e-5)


def test_yunet_takes_any_size(models_dir: Path) -> None:
    catalog = Catalog(models_dir)
    session = open_graph(prepare(catalog.default_detector(), models_dir))
    for height, width in [(32, 32), (96, 640), (640, 640), (224, 32)]:
        outputs = dict(zip(session.outputs, session.run(np.zeros((1, 3, height, width), np.float32)), strict=True))
        assert outputs["bbox_8"].shape == (1, height * width // 64, 4)
        assert outputs["kps_32"].shape == (1, height * width // 1024, 10)


@pytest.mark.parametrize(
    ("file", "dimension"), [("mobilefacenet_128_arcface.onnx", 128), ("mobilefacenet_512_faceplugin.onnx", 512)]
)
def test_foreign_embedders_get_a_batch(
    shared_data: Path, tmp_path: Path, rng: np.random.Generator, card_of, file: str, dimension: int
) -> None:
    shutil.copy(shared_data / "models" / file, tmp_path / file)
    spec = InputSpec(112, 112, (127.5,) * 3, (128.0,) * 3, ColourOrder.RGB)
    path = prepare(card_of(tmp_path / file, Decoder.UNIT, spec, dimension), tmp_path)
    crops = rng.uniform(-1, 1, (3, 3, 112, 112)).astype(np.float32)
    (ours,) = open_graph(path).run(crops)
    published = open_graph(tmp_path / file)
    theirs = np.concatenate([published.run(crops[number : number + 1])[0] for number in range(3)])
    np.testing.assert_allclose(ours, theirs, atol=1e-4 * np.abs(theirs).max())


def test_kinds_of_the_decoders() -> None:
    assert {decoder: decoder.kind for decoder in Decoder} == {
        Decoder.YUNET: ModelKind.DETECTOR,
        Decoder.SCRFD: ModelKind.DETECTOR,
        Decoder.RETINAFACE_ANCHORS: ModelKind.DETECTOR,
        Decoder.RETINAFACE_PRIORS: ModelKind.DETECTOR,
        Decoder.UNIT: ModelKind.EMBEDDER,
        Decoder.GENDERAGE: ModelKind.ATTRIBUTES,
    }


def looping() -> onnx.ModelProto:
    """A graph that would go round 2⁶² times."""
    constants = [
        numpy_helper.from_array(np.array(True), "condition"),
        numpy_helper.from_array(np.array(2**62, np.int64), "times"),
    ]
    body = helper.make_graph(
        [helper.make_node("Identity", ["c"], ["c2"]), helper.make_node("Identity", ["v"], ["v2"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("c", TensorProto.BOOL, []),
            helper.make_tensor_value_info("v", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("c2", TensorProto.BOOL, []),
            helper.make_tensor_value_info("v2", TensorProto.FLOAT, None),
        ],
    )
    nodes = [helper.make_node("Loop", ["times", "condition", "x"], ["y"], body=body)]
    return whole(nodes, constants)


def growing(operator: str, *sides: int) -> onnx.ModelProto:
    """A graph that makes a tensor of these sides."""
    shape = numpy_helper.from_array(np.array(sides, np.int64), "shape")
    given = ["shape"] if operator == "ConstantOfShape" else ["x", "shape"]
    return whole([helper.make_node(operator, given, ["y"])], [shape])


def stating(*sides: int) -> onnx.ModelProto:
    """A graph with a constant that says it has these sides, and holds nothing."""
    constant = TensorProto(name="large", data_type=TensorProto.FLOAT, dims=sides)
    return whole([helper.make_node("Add", ["x", "large"], ["y"])], [constant])


def whole(nodes: list[onnx.NodeProto], constants: list[TensorProto]) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 112, 112])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        constants,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (looping(), "graph inside a node"),
        (growing("ConstantOfShape", 1 << 40), "beyond reason"),
        (growing("Expand", 1, 3, 1 << 20, 1 << 20), "beyond reason"),
        (growing("Tile", 1, 1, 1 << 30, 1), "beyond reason"),
        (stating(1 << 40, 4), "numbers"),
    ],
)
def test_what_has_no_bound_is_refused(card_of, tmp_path: Path, model: onnx.ModelProto, words: str) -> None:
    path = tmp_path / "foreign.onnx"
    path.write_bytes(model.SerializeToString())
    card = card_of(path, Decoder.UNIT, InputSpec(112, 112), dimension=8)
    with pytest.raises(ModelError, match=words):
        prepare(card, tmp_path)
