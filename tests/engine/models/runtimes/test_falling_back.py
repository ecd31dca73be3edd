"""A runtime that fails is replaced by onnxruntime with the same input: nothing is lost, and it is said."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.models.runtimes.choosing import Trial, known, measured
from engine.models.runtimes.protocol import Shapes, Tensor
from engine.models.runtimes.running import Precision, Way
from engine.models.session import Running, Session, open_graph, open_session

LOST = Way("openvino", "gpu", Precision.FLOAT16)


class LostDevice:
    """A runtime of somebody's whose device is gone in the middle of the work."""

    way, batch, outputs = LOST, 4, ("y",)

    def run(self, tensor: Tensor) -> list[Tensor]:
        raise ModelError("The device is gone.")


def test_a_way_that_fails_at_work_loses_nothing(graph: Path, rng: np.random.Generator) -> None:
    crops = rng.uniform(0, 255, (4, 3, 112, 112)).astype(np.float32)
    session = Session(graph, LostDevice(), Shapes.FEW, 1)
    (found,) = session.run(crops)
    np.testing.assert_allclose(found, open_graph(graph).run(crops)[0], atol=2e-5)
    assert session.way.runtime == "onnxruntime"
    (notice,) = session.notices
    assert notice.startswith("The device is gone. Kinfolk went on with onnxruntime")


def test_an_input_that_nothing_takes_is_nobodys_failure(graph: Path) -> None:
    session = Session(graph, LostDevice(), Shapes.FEW, 1)
    with pytest.raises(ModelError, match="cannot be run here"):
        session.run(np.zeros((1, 3, 8, 8), np.float32))
    assert session.way == LOST
    assert session.notices == ()


@pytest.mark.usefixtures("needs_openvino")
def test_a_graph_that_the_wanted_runtime_cannot_run_is_run_by_onnxruntime(of_microsoft: Path) -> None:
    sample = np.eye(8, dtype=np.float32)[None, None].repeat(3, 1)
    session = open_session(of_microsoft, Running("openvino"), Trial(lambda: sample, Shapes.FEW))
    np.testing.assert_allclose(session.run(sample)[0], sample)
    (notice,) = session.notices
    assert "cannot be run by openvino here, so onnxruntime runs it" in notice


@pytest.mark.usefixtures("needs_openvino")
def test_what_cannot_be_loaded_after_all_is_noted(graph: Path, rng: np.random.Generator) -> None:
    crops = rng.uniform(0, 255, (5, 3, 112, 112)).astype(np.float32)
    trial = Trial(lambda: crops, Shapes.FEW)
    assert measured(graph, trial).tried
    whole = graph.read_bytes()
    session = open_session(graph, Running("openvino", "float32"), trial)
    graph.write_bytes(b"damaged")
    with pytest.raises(ModelError):
        open_session(graph, Running("openvino", "float32"), trial)
    record = known(graph)
    assert record is not None
    assert any("cannot be loaded by OpenVINO" in it.failure for it in record.tried)
    graph.write_bytes(whole)
    assert len(session.run(crops)[0]) == 5
