from pathlib import Path

import numpy as np
import pytest

from engine.faces.embed import embedder_trial
from engine.models.catalog import Catalog
from engine.models.runtimes import kept
from engine.models.runtimes.choosing import Trial, best, known, measured, note_failure
from engine.models.runtimes.protocol import Shapes
from engine.models.runtimes.running import PLAIN_WAY, Precision, Running, Way
from engine.models.runtimes.trying import Tried, try_ways

BF16 = Way("openvino", "cpu", Precision.BFLOAT16)
FLOAT32 = Way("openvino", "cpu", Precision.FLOAT32)


def trial_of(shapes: Shapes, *, rounded: bool = False) -> Trial:
    return Trial(lambda: pytest.fail("nothing is run"), shapes, rounded)


def chosen(*tried: Tried, running: Running | None = None, shapes: Shapes = Shapes.FEW) -> Way | None:
    running = running or Running()
    return best([Tried(PLAIN_WAY, 100, 1), *tried], running, trial_of(shapes).least(running))


def test_the_fastest_that_agrees_is_chosen() -> None:
    assert chosen(Tried(BF16, 200, 0.9999), Tried(FLOAT32, 150, 1)) == BF16
    assert chosen(Tried(BF16, 200, 0.995), Tried(FLOAT32, 150, 1)) == FLOAT32, "eight-bit numbers are another space"
    assert chosen(Tried(BF16, failure="no")) == PLAIN_WAY
    assert chosen(Tried(BF16, 105, 1)) == PLAIN_WAY, "what gains next to nothing is not worth its memory"


def test_only_what_is_wanted_is_chosen() -> None:
    both = Tried(BF16, 200, 0.9999), Tried(FLOAT32, 90, 1)
    assert chosen(*both, running=Running(precision="float32")) == PLAIN_WAY
    assert chosen(*both, running=Running("openvino", "float32")) == FLOAT32
    assert chosen(*both, running=Running("openvino", "float16")) is None


def test_a_detector_is_coarser_only_where_that_is_asked_for() -> None:
    coarse = Tried(BF16, 200, 0.999)
    assert chosen(coarse, shapes=Shapes.MANY) == PLAIN_WAY
    assert chosen(coarse, shapes=Shapes.MANY, running=Running(precision="bfloat16")) == BF16
    assert chosen(coarse, shapes=Shapes.FEW, running=Running(precision="bfloat16")) is None


def test_a_graph_in_eight_bit_numbers_is_rounded_but_not_anything_goes() -> None:
    least = trial_of(Shapes.FEW, rounded=True).least(Running())
    plain = Tried(PLAIN_WAY, 30, 1)
    assert best([plain, Tried(FLOAT32, 160, 0.9985)], Running(), least) == FLOAT32
    assert best([plain, Tried(FLOAT32, 110, 0.975)], Running(), least) == PLAIN_WAY, "bytes overflow without VNNI"


@pytest.fixture
def trial(models_dir: Path) -> Trial:
    return embedder_trial(Catalog(models_dir).default_embedder())


@pytest.mark.usefixtures("needs_openvino")
def test_openvino_gives_the_same_vectors(graph: Path, trial: Trial) -> None:
    tried = {it.way: it for it in try_ways(graph, ["onnxruntime", "openvino"], trial.sample(), Shapes.FEW)}
    assert tried[PLAIN_WAY].agreement == pytest.approx(1)
    assert tried[FLOAT32].agreement == pytest.approx(1, abs=1e-5)
    if BF16 in tried:
        assert tried[BF16].agreement >= 0.9998
    assert all(it.per_second > 0 and not it.failure for it in tried.values())


@pytest.mark.usefixtures("needs_openvino")
def test_what_was_measured_is_kept_until_something_is_another(graph: Path, trial: Trial) -> None:
    first = measured(graph, trial)
    assert PLAIN_WAY in {it.way for it in first.tried}
    assert known(graph) == first
    assert measured(graph, Trial(lambda: pytest.fail("it is known"), Shapes.FEW)) == first
    assert kept.find(graph.parent, graph, {"onnxruntime": "onnxruntime 0.1"}) is None
    assert kept.find(graph.parent, graph.with_name("other.onnx"), {}) is None


@pytest.mark.usefixtures("needs_openvino")
def test_a_way_that_failed_at_work_is_not_chosen_again(graph: Path, trial: Trial) -> None:
    way = best(measured(graph, trial).tried, Running("openvino"))
    assert way is not None
    note_failure(graph, way, "it lost its device")
    record = known(graph)
    assert record is not None
    assert best(record.tried, Running("openvino")) != way
    assert "it lost its device" in [it.failure for it in record.tried]


@pytest.mark.parametrize("content", [b"", b"[{}]", b"\xff\xfe", b"[1]", b'{"a": 1}'])
def test_a_file_that_is_none_of_ours_counts_for_nothing(graph: Path, content: bytes) -> None:
    (graph.parent / kept.FILE).write_bytes(content)
    assert known(graph) is None
    record = kept.make(graph, {}, [Tried(PLAIN_WAY, 1, 1)])
    kept.keep(graph.parent, record)
    assert kept.find(graph.parent, graph, {}) == record


@pytest.mark.usefixtures("needs_openvino")
def test_what_a_runtime_does_not_know_is_its_failure(of_microsoft: Path) -> None:
    sample = np.eye(8, dtype=np.float32)[None, None].repeat(3, 1)
    plain, other, *_ = try_ways(of_microsoft, ["onnxruntime", "openvino"], sample, Shapes.FEW)
    assert plain.agreement == pytest.approx(1)
    assert "cannot be" in other.failure
    assert "\n" not in other.failure


def test_a_runtime_that_ends_its_process_fails_alone(graph: Path, trial: Trial, breaking_runtime: str) -> None:
    names = [breaking_runtime, "onnxruntime"]
    tried = {it.way: it for it in try_ways(graph, names, trial.sample(), Shapes.FEW)}
    assert "ended the process" in tried[Way("breaking", "cpu", Precision.FLOAT32)].failure
    assert tried[PLAIN_WAY].agreement == pytest.approx(1)
