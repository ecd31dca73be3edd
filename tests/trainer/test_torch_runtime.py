"""torch as a runtime: the same vectors; its graphics cards are measured in benchmarks/gpu.py."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.models.catalog import Catalog
from engine.models.prepare import prepare
from engine.models.runtimes.offered import installed, runtimes
from engine.models.runtimes.protocol import Shapes
from engine.models.runtimes.running import Precision, Way
from engine.models.session import open_graph


@pytest.fixture
def rng() -> np.random.Generator:
    """The same random numbers in every run."""
    return np.random.default_rng(7)


def test_the_engine_finds_it_without_knowing_it() -> None:
    assert type(runtimes()["torch"]).__module__ == "trainer.torch_runtime"
    assert installed()["torch"].startswith("torch 2")


@pytest.mark.parametrize(("kind", "most"), [(Precision.FLOAT32, 1e-5), (Precision.BFLOAT16, 2e-3)])
def test_it_gives_the_same_vectors(models_dir: Path, rng: np.random.Generator, kind: Precision, most: float) -> None:
    graph = prepare(Catalog(models_dir).default_embedder(), models_dir)
    crops = rng.uniform(0, 255, (5, 3, 112, 112)).astype(np.float32)
    runner = runtimes()["torch"].open(graph, Way("torch", "cpu", kind), 1, Shapes.FEW)
    (ours,), (theirs,) = runner.run(crops), open_graph(graph).run(crops)
    assert runner.outputs == open_graph(graph).outputs
    cosines = (ours * theirs).sum(1) / (np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1))
    assert (1 - cosines).max() < most


def test_a_detector_is_not_for_it(models_dir: Path) -> None:
    graph = prepare(Catalog(models_dir).default_detector(), models_dir)
    with pytest.raises(ModelError, match="a detector has several"):
        runtimes()["torch"].open(graph, Way("torch", "cpu", Precision.FLOAT32), 1, Shapes.MANY)
