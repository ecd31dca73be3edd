"""RetinaFace's decoding beside the published formulas, written down once more as loops, and graphs of its shapes."""

import math
from itertools import product
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.faces.decode_retinaface import decode_retinaface_anchors, decode_retinaface_priors
from engine.faces.detect import open_detector
from engine.library.library import Library
from engine.models.card import Decoder
from engine.models.catalog import Catalog
from engine.models.graph_facts import graph_facts
from engine.models.session import PLAIN
from engine.progress import finish
from engine.workflows.models.importing import import_models

WIDTH, HEIGHT = 96, 64
STRIDES = (8, 16, 32)
Rows = list[tuple[float, list[float], list[float]]]


def by_prior_boxes(loc: np.ndarray, conf: np.ndarray, landms: np.ndarray, threshold: float) -> Rows:
    """Pytorch_Retinaface: `PriorBox.forward`, `decode` and `decode_landm`, in shares of the picture."""
    anchors = []
    for k, step in enumerate(STRIDES):
        for i, j in product(range(math.ceil(HEIGHT / step)), range(math.ceil(WIDTH / step))):
            anchors += [
                [(j + 0.5) * step / WIDTH, (i + 0.5) * step / HEIGHT, min_size / WIDTH, min_size / HEIGHT]
                for min_size in ((16, 32), (64, 128), (256, 512))[k]
            ]
    found: Rows = []
    for n, (cx, cy, w, h) in enumerate(anchors):
        if conf[n, 1] < threshold:
            continue
        x, y = cx + loc[n, 0] * 0.1 * w, cy + loc[n, 1] * 0.1 * h
        across, down = w * math.exp(loc[n, 2] * 0.2), h * math.exp(loc[n, 3] * 0.2)
        x, y = x - across / 2, y - down / 2
        points = [((cx, cy)[p % 2] + landms[n, p] * 0.1 * (w, h)[p % 2]) * (WIDTH, HEIGHT)[p % 2] for p in range(10)]
        found.append((conf[n, 1], [x * WIDTH, y * HEIGHT, (x + across) * WIDTH, (y + down) * HEIGHT], points))
    return found


def by_generated_anchors(levels: dict[int, list[np.ndarray]], threshold: float) -> Rows:
    """InsightFace: `generate_anchors`, `anchors_plane`, `nonlinear_pred` and `landmark_pred`."""
    found: Rows = []
    for stride, scales in ((32, (32, 16)), (16, (8, 4)), (8, (2, 1))):
        scores, boxes, points = (each[0] for each in levels[stride])
        for row, column, a in product(range(HEIGHT // stride), range(WIDTH // stride), range(2)):
            score = scores[2 + a, row, column]
            if score < threshold:
                continue
            side = 16 * scales[a]
            x1, y1 = 7.5 - 0.5 * (side - 1) + column * stride, 7.5 - 0.5 * (side - 1) + row * stride
            x2, y2 = 7.5 + 0.5 * (side - 1) + column * stride, 7.5 + 0.5 * (side - 1) + row * stride
            w, h = x2 - x1 + 1, y2 - y1 + 1
            cx, cy = x1 + 0.5 * (w - 1), y1 + 0.5 * (h - 1)
            dx, dy, dw, dh = boxes[4 * a : 4 * a + 4, row, column]
            px, py, pw, ph = dx * w + cx, dy * h + cy, math.exp(dw) * w, math.exp(dh) * h
            box = [px - 0.5 * (pw - 1), py - 0.5 * (ph - 1), px + 0.5 * (pw - 1), py + 0.5 * (ph - 1)]
            deltas = points[10 * a : 10 * a + 10, row, column]
            found.append((score, box, [deltas[p] * (w, h)[p % 2] + (cx, cy)[p % 2] for p in range(10)]))
    return found


def priors_outputs(rng: np.random.Generator) -> list[np.ndarray]:
    count = sum(2 * (HEIGHT // stride) * (WIDTH // stride) for stride in STRIDES)
    face = rng.uniform(0, 1, (1, count, 1))
    drawn = [rng.normal(0, 0.5, (1, count, width)) for width in (4, 10)]
    return [each.astype(np.float32) for each in (drawn[0], np.concatenate([1 - face, face], axis=2), drawn[1])]


def anchors_outputs(rng: np.random.Generator) -> dict[int, list[np.ndarray]]:
    levels = {}
    for stride in STRIDES:
        grid = HEIGHT // stride, WIDTH // stride
        scores = rng.uniform(0, 1, (1, 4, *grid)).astype(np.float32)
        levels[stride] = [scores, *(rng.normal(0, 0.5, (1, n, *grid)).astype(np.float32) for n in (8, 20))]
    return levels


def compare(found: object, expected: Rows) -> None:
    assert len(expected) > 5
    rows = sorted(zip(found.scores, found.boxes, found.landmarks, strict=True), key=lambda row: row[0])
    for (score, box, points), (other, known, lands) in zip(rows, sorted(expected, key=lambda row: row[0]), strict=True):
        assert score == other
        np.testing.assert_allclose(box, known, rtol=1e-5, atol=1e-3)
        np.testing.assert_allclose(points.ravel(), lands, rtol=1e-5, atol=1e-3)
    assert found.boxes.dtype == found.landmarks.dtype == np.float32


def test_priors_are_decoded_as_published(rng: np.random.Generator) -> None:
    loc, conf, landms = priors_outputs(rng)
    expected = by_prior_boxes(loc[0], conf[0], landms[0], 0.8)
    compare(decode_retinaface_priors([loc, conf, landms], WIDTH, HEIGHT, 0.8), expected)
    compare(decode_retinaface_priors([landms, loc, conf], WIDTH, HEIGHT, 0.8), expected)


def test_anchors_are_decoded_as_published(rng: np.random.Generator) -> None:
    levels = anchors_outputs(rng)
    expected = by_generated_anchors(levels, 0.8)
    outputs = [each for stride in (32, 16, 8) for each in levels[stride]]
    compare(decode_retinaface_anchors(outputs, WIDTH, HEIGHT, 0.8), expected)
    compare(decode_retinaface_anchors(outputs[::-1], WIDTH, HEIGHT, 0.8), expected)


def test_other_outputs_are_said(rng: np.random.Generator) -> None:
    loc, conf, landms = priors_outputs(rng)
    with pytest.raises(ModelError, match="do not fit a picture of 64 × 64"):
        decode_retinaface_priors([loc, conf, landms], 64, 64, 0.5)
    with pytest.raises(ModelError, match="not the three"):
        decode_retinaface_priors([loc, conf], WIDTH, HEIGHT, 0.5)
    with pytest.raises(ModelError, match="no probabilities"):
        decode_retinaface_priors([loc, conf * 4 - 2, landms], WIDTH, HEIGHT, 0.5)
    with pytest.raises(ModelError, match="at stride 8 do not fit"):
        decode_retinaface_anchors(anchors_outputs(rng)[16], WIDTH, HEIGHT, 0.5)


def head(stride: int, channels: int, rng: np.random.Generator) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """One convolution from the picture to a grid, as a detector of one layer would have it."""
    name = f"{channels}_{stride}"
    weights = rng.normal(0, 0.02, (channels, 3, stride, stride)).astype(np.float32)
    node = helper.make_node("Conv", ["data", f"w{name}"], [f"raw{name}"], strides=[stride, stride])
    return [node], [numpy_helper.from_array(weights, f"w{name}")]


def save(path: Path, nodes: list, weights: list, outputs: list, size: list[object]) -> Path:
    data = helper.make_tensor_value_info("data", TensorProto.FLOAT, [1, 3, *size])
    graph = helper.make_graph(nodes, "retinaface", [data], outputs, weights)
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]), path)
    return path


def anchors_graph(path: Path, rng: np.random.Generator) -> Path:
    """A graph of InsightFace's nine outputs, the largest stride first."""
    nodes, weights, outputs = [], [], []
    for stride in (32, 16, 8):
        for channels, word in ((4, "cls_prob_reshape"), (8, "bbox_pred"), (20, "landmark_pred")):
            made, held = head(stride, channels, rng)
            name = f"face_rpn_{word}_stride{stride}"
            kind = "Sigmoid" if channels == 4 else "Tanh"
            nodes += [*made, helper.make_node(kind, [f"raw{channels}_{stride}"], [name])]
            weights += held
            outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, channels, "rows", "columns"]))
    return save(path, nodes, weights, outputs, ["height", "width"])


def priors_graph(path: Path, rng: np.random.Generator, side: int) -> Path:
    """A graph of Pytorch_Retinaface's three outputs, which was exported for one size of picture only."""
    nodes, weights, outputs = [], [], []
    for width, word in ((4, "loc"), (2, "conf"), (10, "landms")):
        parts = []
        for stride in STRIDES:
            made, held = head(stride, 2 * width, rng)
            shape = numpy_helper.from_array(np.array([1, 2 * (side // stride) ** 2, width]), f"s{word}{stride}")
            part = f"{word}{stride}"
            nodes += [
                *made,
                helper.make_node("Transpose", [f"raw{2 * width}_{stride}"], [f"t{part}"], perm=[0, 2, 3, 1]),
                helper.make_node("Reshape", [f"t{part}", shape.name], [part]),
            ]
            weights += [*held, shape]
            parts.append(part)
        joined = f"all_{word}"
        nodes.append(helper.make_node("Concat", parts, [joined], axis=1))
        nodes.append(helper.make_node("Softmax" if word == "conf" else "Tanh", [joined], [word]))
        count = sum(2 * (side // stride) ** 2 for stride in STRIDES)
        outputs.append(helper.make_tensor_value_info(word, TensorProto.FLOAT, [1, count, width]))
    return save(path, nodes, weights, outputs, [side, side])


def test_graphs_of_both_kinds_are_imported_and_run(tmp_path: Path, rng: np.random.Generator) -> None:
    models = tmp_path / "models"
    files = {
        Decoder.RETINAFACE_ANCHORS: anchors_graph(tmp_path / "retinaface_r50.onnx", rng),
        Decoder.RETINAFACE_PRIORS: priors_graph(tmp_path / "mobilenet025.onnx", rng, 128),
    }
    with Library(tmp_path / "library.sqlite") as library:
        for decoder, path in files.items():
            assert graph_facts(path).decoder is decoder
            finish(import_models(library, models, path, licence="MIT"))
    anchors, priors = (Catalog(models).card(name) for name in ("retinaface_r50", "mobilenet025"))
    assert (anchors.input.width, anchors.input.height) == (0, 0), "it takes pictures of any size"
    assert (priors.input.width, priors.input.height) == (128, 128), "it was exported for one size only"
    picture = rng.integers(0, 256, (150, 200, 3), dtype=np.uint8)
    for card in (anchors, priors):
        found = open_detector(card, models, running=PLAIN, score=0.5).detect(picture)
        assert found
        assert all(np.isfinite(face.landmarks).all() for face in found)
