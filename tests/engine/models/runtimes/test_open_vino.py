"""OpenVINO gives what onnxruntime gives, for every batch and size, in several threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine.models.catalog import Catalog
from engine.models.prepare import prepare
from engine.models.runtimes.offered import runtimes
from engine.models.runtimes.open_vino import OFTEN
from engine.models.runtimes.protocol import Shapes
from engine.models.runtimes.running import Precision, Way
from engine.models.session import open_graph

pytestmark = pytest.mark.usefixtures("needs_openvino")
FLOAT32 = Way("openvino", "cpu", Precision.FLOAT32)


def test_every_batch_gives_the_same(models_dir: Path, rng: np.random.Generator) -> None:
    graph = prepare(Catalog(models_dir).default_embedder(), models_dir)
    runner = runtimes()["openvino"].open(graph, FLOAT32, 1, Shapes.FEW)
    plain = open_graph(graph)
    crops = rng.uniform(0, 255, (9, 3, 112, 112)).astype(np.float32)
    for count in (1, 3, 4, 9):
        (found,) = runner.run(crops[:count])
        np.testing.assert_allclose(found, plain.run(crops[:count])[0], atol=5e-4)


def test_a_detector_takes_any_size_in_any_thread(models_dir: Path, rng: np.random.Generator) -> None:
    graph = prepare(Catalog(models_dir).default_detector(), models_dir)
    runner = runtimes()["openvino"].open(graph, FLOAT32, 1, Shapes.MANY)
    plain = open_graph(graph)
    assert runner.outputs == plain.outputs
    sizes = [(64, 96), (96, 64), (32, 32)]
    pictures = [rng.uniform(0, 255, (1, 3, *size)).astype(np.float32) for size in sizes]
    expected = [plain.run(picture) for picture in pictures]
    order = [number % 3 for number in range(3 * OFTEN + 6)]
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda number: runner.run(pictures[number]), order))
    for number, outputs in zip(order, found, strict=True):
        for ours, theirs in zip(outputs, expected[number], strict=True):
            np.testing.assert_allclose(ours, theirs, atol=2e-3)
