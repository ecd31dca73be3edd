import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.faces.align import align
from engine.faces.embed import Embedder, open_embedder
from engine.faces.finder import FaceFinder
from engine.models.card import ColourOrder, Decoder, InputSpec
from engine.models.catalog import Catalog
from engine.models.session import PLAIN
from tests.portraits import PEOPLE, crops_of


def random_crops(rng: np.random.Generator, count: int) -> np.ndarray:
    return rng.integers(0, 256, (count, 112, 112, 3), dtype=np.uint8)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_as_many_unit_vectors_as_crops(embedder: Embedder, rng: np.random.Generator, count: int) -> None:
    vectors = embedder.embed(random_crops(rng, count))
    assert vectors.shape == (count, embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), np.ones(count), atol=1e-5)


def test_what_is_no_face_gives_a_shorter_vector(embedder: Embedder, models_dir: Path, rng: np.random.Generator) -> None:
    faces = np.concatenate([crops_of(person, 4, models_dir) for person in PEOPLE])
    read = embedder.read(np.concatenate([faces, random_crops(rng, 4)]))
    assert read.lengths.dtype == np.float32
    means = embedder.card.by_length
    assert means is not None
    assert means.doubts(read.lengths).tolist() == [False] * len(faces) + [True] * 4


def test_a_crop_s_vector_does_not_depend_on_its_company(embedder: Embedder, rng: np.random.Generator) -> None:
    crops = random_crops(rng, 7)
    together = embedder.embed(crops)
    alone = np.concatenate([embedder.embed(crops[number : number + 1]) for number in range(7)])
    assert (together * alone).sum(axis=1).min() > 0.99999


@pytest.mark.parametrize("shape", [(2, 100, 100, 3), (2, 112, 112), (112, 112, 3), (1, 112, 112, 4)])
def test_other_crops_are_refused(embedder: Embedder, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="crops must be n × 112 × 112 × 3"):
        embedder.embed(np.zeros(shape, np.uint8))
    with pytest.raises(ValueError, match="uint8"):
        embedder.embed(np.zeros((1, 112, 112, 3), np.float32))  # type: ignore[arg-type]  # what is tested


def test_one_person_is_more_similar_than_two(
    finder: FaceFinder, embedder: Embedder, people: list[list[np.ndarray]]
) -> None:
    crops, who = [], []
    for number, images in enumerate(people):
        for image in images:
            best = min(finder.find(image), key=lambda one: np.hypot(*(np.array(one.box.centre) - 125)))
            crops.append(align(image, best.landmarks))
            who.append(number)
    vectors, names = embedder.embed(np.stack(crops)), np.array(who)
    similarity = vectors @ vectors.T
    same = names[:, None] == names[None]
    calibration = embedder.card.calibration
    assert calibration is not None
    assert np.mean(similarity[~same] >= calibration.similarity_at(1e-3)) < 0.01
    np.fill_diagonal(same, False)
    assert np.mean(similarity[same] >= calibration.similarity_at(1e-3)) > 0.95


@pytest.mark.parametrize(
    ("file", "dimension", "order"),
    [
        ("mobilefacenet_128_arcface.onnx", 128, ColourOrder.RGB),
        ("mobilefacenet_512_faceplugin.onnx", 512, ColourOrder.BGR),
    ],
)
def test_foreign_embedders_tell_people_apart(
    shared_data: Path,
    tmp_path: Path,
    card_of,
    finder: FaceFinder,
    people: list[list[np.ndarray]],
    file: str,
    dimension: int,
    order: ColourOrder,
) -> None:
    shutil.copy(shared_data / "models" / file, tmp_path / file)
    spec = InputSpec(112, 112, (127.5,) * 3, (128.0,) * 3, order)
    foreign = open_embedder(card_of(tmp_path / file, Decoder.UNIT, spec, dimension), tmp_path, running=PLAIN)
    crops = []
    for images in people:
        for image in images[:2]:
            best = min(finder.find(image), key=lambda one: np.hypot(*(np.array(one.box.centre) - 125)))
            crops.append(align(image, best.landmarks))
    vectors = foreign.embed(np.stack(crops))
    similarity = vectors[::2] @ vectors[1::2].T
    assert (similarity.argmax(axis=1) == np.arange(len(similarity))).mean() >= 0.9


def test_a_detector_embeds_nothing(models_dir: Path) -> None:
    with pytest.raises(ModelError, match="is a detector and embeds nothing"):
        open_embedder(Catalog(models_dir).default_detector(), models_dir)


def write_linear(path: Path, weights: np.ndarray) -> None:
    """Write a graph that averages a crop to three numbers and multiplies them with `weights` (3 × dimension)."""
    nodes = [
        helper.make_node("GlobalAveragePool", ["x"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["three"]),
        helper.make_node("MatMul", ["three", "w"], ["y"]),
    ]
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 112, 112])
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", weights.shape[1]])
    graph = helper.make_graph(nodes, "linear", [value], [output], [numpy_helper.from_array(weights, "w")])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)]), path)


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_a_vector_that_is_nothing_is_said(tmp_path: Path, card_of, rng: np.random.Generator, bad: float) -> None:
    write_linear(tmp_path / "bad.onnx", np.full((3, 8), bad, np.float32))
    card = card_of(tmp_path / "bad.onnx", Decoder.UNIT, InputSpec(112, 112), 8)
    with pytest.raises(ModelError, match="gave a vector that is zero or not finite"):
        open_embedder(card, tmp_path, running=PLAIN).embed(random_crops(rng, 1))


def test_a_card_with_another_dimension_is_said(tmp_path: Path, card_of, rng: np.random.Generator) -> None:
    write_linear(tmp_path / "eight.onnx", np.ones((3, 8), np.float32))
    card = card_of(tmp_path / "eight.onnx", Decoder.UNIT, InputSpec(112, 112), 9)
    with pytest.raises(ModelError, match=r"gave \(1, 8\) instead of \(1, 9\)"):
        open_embedder(card, tmp_path, running=PLAIN).embed(random_crops(rng, 1))


def test_a_mirrored_look_is_added(embedder: Embedder, rng: np.random.Generator) -> None:
    both = embedder.reading(replace(embedder.card.input, flip=True))
    crops = random_crops(rng, 3)
    vectors = both.embed(crops)
    mirrored = both.embed(np.ascontiguousarray(crops[:, :, ::-1]))
    assert (vectors * mirrored).sum(axis=1).min() > 0.9999
    assert (vectors * embedder.embed(crops)).sum(axis=1).max() < 0.9999


@pytest.mark.parametrize("name", ["auraface_v1", "auraface_v1_fal"])
def test_auraface_s_cards_feed_a_network_of_its_shape_as_its_makers_say(
    tmp_path: Path, rng: np.random.Generator, name: str
) -> None:
    """The published file could not be had: a graph with its input and output, of the mean colour, takes its place."""
    weights = rng.normal(size=(3, 512)).astype(np.float32)
    nodes = [
        helper.make_node("GlobalAveragePool", ["input.1"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["colour"]),
        helper.make_node("MatMul", ["colour", "weights"], ["1333"]),
    ]
    given = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, ["None", 3, 112, 112])
    made = helper.make_tensor_value_info("1333", TensorProto.FLOAT, [1, 512])
    graph = helper.make_graph(nodes, "aura", [given], [made], [numpy_helper.from_array(weights, "weights")])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 11)])
    data = model.SerializeToString()
    card = replace(Catalog(tmp_path).card(name), sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    (tmp_path / card.file).write_bytes(data)
    crops = random_crops(rng, 3)
    expected = ((crops.astype(np.float64) - 127.5) / 127.5).mean(axis=(1, 2)) @ weights
    found = open_embedder(card, tmp_path, running=PLAIN).embed(crops)
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-5)
