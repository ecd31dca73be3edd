"""A model of the shape of InsightFace's genderage: what Kinfolk reads from it is what InsightFace's own class reads."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.faces.age import open_age_reader
from engine.faces.crops import cut
from engine.faces.embed import open_embedder
from engine.geometry import Box
from engine.library.library import Library
from engine.models.card import Crop, Decoder, ModelKind, load_card
from engine.models.catalog import Catalog
from engine.models.graph_facts import graph_facts
from engine.models.session import PLAIN
from engine.progress import finish
from engine.workflows.models.importing import import_models


def genderage(path: Path, rng: np.random.Generator) -> Path:
    """Write a network from 96 × 96 pixels to three numbers: one convolution, and an average over the picture."""
    weights = rng.normal(0, 0.1, (3, 3, 8, 8)).astype(np.float32)
    nodes = [
        helper.make_node("Conv", ["data", "weights", "bias"], ["grid"], strides=[8, 8]),
        helper.make_node("GlobalAveragePool", ["grid"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["fc1"]),
    ]
    held = [
        numpy_helper.from_array(weights, "weights"),
        numpy_helper.from_array(np.array([0, 0, 0.4], np.float32), "bias"),
    ]
    data = helper.make_tensor_value_info("data", TensorProto.FLOAT, [1, 3, 96, 96])
    out = helper.make_tensor_value_info("fc1", TensorProto.FLOAT, [1, 3])
    graph = helper.make_graph(nodes, "genderage", [data], [out], held)
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]), path)
    return path


# scikit-image announces that the method insightface calls will go.
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_ages_are_those_of_insightface(portraits: list[np.ndarray], tmp_path: Path, rng: np.random.Generator) -> None:
    from insightface.model_zoo.attribute import Attribute

    file = genderage(tmp_path / "genderage.onnx", rng)
    assert graph_facts(file).decoder is Decoder.GENDERAGE
    with Library(tmp_path / "library.sqlite") as library:
        finish(import_models(library, tmp_path / "models", file))
    card = Catalog(tmp_path / "models").card("genderage")
    assert (card.kind, card.input.crop, card.dimension) == (ModelKind.ATTRIBUTES, Crop.SQUARE_96, 0)
    assert load_card(tmp_path / "models" / "genderage.toml") == card
    reader, theirs = open_age_reader(card, tmp_path / "models", running=PLAIN), Attribute(str(file))
    crops, expected = [], []
    for place, portrait in enumerate(portraits):
        box = Box(60.5 + place, 55.25, 110, 130 - 2 * place)
        crops.append(cut(portrait, box, np.zeros((5, 2), np.float32), card.input.crop))
        corners = np.array([box.left, box.top, box.left + box.width, box.top + box.height])
        held: dict[str, int] = {}
        theirs.get(np.ascontiguousarray(portrait[..., ::-1]), _Face(corners, held))
        expected.append(held["age"])
    ages = reader.read(np.stack(crops)).vectors
    assert ages.shape == (len(portraits), 1)
    assert len({round(float(age)) for age in ages[:, 0]}) > 3, "they differ"
    assert [round(float(age)) for age in ages[:, 0]] == expected
    assert reader.read(np.empty((0, 96, 96, 3), np.uint8)).vectors.shape == (0, 1)


class _Face:
    """What InsightFace's class is given: a box, and a place for its answers."""

    def __init__(self, bbox: np.ndarray, answers: dict[str, int]) -> None:
        self.bbox = bbox
        self._answers = answers

    def __setitem__(self, name: str, value: int) -> None:
        self._answers[name] = value


def test_each_kind_of_model_is_opened_as_what_it_is(models_dir: Path, tmp_path: Path, rng: np.random.Generator) -> None:
    with pytest.raises(ModelError, match="tells no ages"):
        open_age_reader(Catalog(models_dir).default_embedder(), models_dir)
    with Library(tmp_path / "library.sqlite") as library:
        finish(import_models(library, tmp_path / "models", genderage(tmp_path / "genderage.onnx", rng)))
    with pytest.raises(ModelError, match="embeds nothing"):
        open_embedder(Catalog(tmp_path / "models").card("genderage"), tmp_path / "models")
