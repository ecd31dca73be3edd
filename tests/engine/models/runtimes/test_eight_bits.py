"""Graphs in eight-bit numbers, made of the real SFace and of graphs of which none can be made."""

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.faces.embed import embedder_trial, open_embedder
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.prepare import as_published, prepare
from engine.models.runtimes.choosing import AGREES_ROUNDED
from engine.models.runtimes.eight_bits import WEIGHT_BITS, in_eight_bits, quantise
from engine.models.runtimes.protocol import Shapes
from engine.models.runtimes.running import PLAIN_WAY
from engine.models.runtimes.trying import try_ways
from engine.models.session import PLAIN
from tests.portraits import PEOPLE, crops_of


@pytest.fixture(scope="module", params=WEIGHT_BITS, ids=lambda bits: f"weights of {bits} bits")
def copy(
    request: pytest.FixtureRequest, models_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[ModelCard, Path]:
    """SFace in eight-bit numbers, by twelve photos of each of two people, and the folder in which it lies."""
    folder, card = tmp_path_factory.mktemp("copy"), Catalog(models_dir).default_embedder()
    (folder / "published.onnx").write_bytes(as_published(card, models_dir))
    crops = np.concatenate([crops_of(person, 12, models_dir) for person in PEOPLE])
    samples = [crop[None].transpose(0, 3, 1, 2).astype(np.float32) for crop in crops]
    quantise(folder / "published.onnx", folder / "copy.onnx", samples, weight_bits=request.param)
    data = (folder / "copy.onnx").read_bytes()
    made = replace(card, name="copy", file="copy.onnx", sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    return replace(made, sources=(), quantised=card.name), folder


def test_its_vectors_are_almost_those_of_the_model(copy, models_dir: Path) -> None:
    card, folder = copy
    crops = np.concatenate([crops_of(person, 16, models_dir)[12:] for person in PEOPLE])
    exact = open_embedder(Catalog(models_dir).default_embedder(), models_dir, running=PLAIN).embed(crops)
    likeness = (open_embedder(card, folder, running=PLAIN).embed(crops) * exact).sum(1)
    assert likeness.mean() > 0.98
    assert (likeness < 0.99999).all(), "nothing was rounded"
    assert (folder / card.file).stat().st_size < 0.3 * Catalog(models_dir).default_embedder().size


def test_its_prelus_stay_as_they_were_published(copy) -> None:
    card, folder = copy
    kinds = Counter(node.op_type for node in onnx.load(prepare(card, folder)).graph.node)
    assert kinds["PRelu"] == kinds["Conv"] == 27
    assert kinds["BatchNormalization"] == 2, "norms behind a convolution are part of it"


@pytest.mark.usefixtures("needs_openvino")
def test_runtimes_round_alike_or_are_not_used(copy) -> None:
    card, folder = copy
    trial = embedder_trial(card)
    assert trial.rounded
    tried = try_ways(prepare(card, folder), ["onnxruntime", "openvino"], trial.sample(), Shapes.FEW)
    flags = Path("/proc/cpuinfo")
    has_vnni = flags.exists() and "vnni" in flags.read_text()
    fits_anywhere = _largest_weight(folder / card.file) <= 64
    for one in tried:
        assert not one.failure
        if one.way == PLAIN_WAY or has_vnni or fits_anywhere:
            assert one.agreement >= AGREES_ROUNDED


def _largest_weight(path: Path) -> int:
    tensors = [tensor for tensor in onnx.load(path).graph.initializer if tensor.data_type == TensorProto.INT8]
    return max(int(np.abs(numpy_helper.to_array(tensor).astype(int)).max()) for tensor in tensors)


def test_a_copy_of_a_copy_is_refused(copy, tmp_path: Path) -> None:
    card, folder = copy
    assert in_eight_bits(onnx.load(folder / card.file))
    with pytest.raises(ModelError, match="it computes in them already"):
        quantise(folder / card.file, tmp_path / "again.onnx", [])


def test_a_graph_without_such_layers_is_refused(tmp_path: Path) -> None:
    shape = ["batch", 3, 8, 8]
    given, made = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in "xy")
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [given], [made])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)]), tmp_path / "g.onnx")
    with pytest.raises(ModelError, match="cannot be made in eight-bit numbers"):
        quantise(tmp_path / "g.onnx", tmp_path / "copy.onnx", [np.zeros((1, 3, 8, 8), np.float32)])
    assert not (tmp_path / "copy.onnx").exists()
