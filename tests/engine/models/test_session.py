import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError, UsageError
from engine.faces.detect import open_detector
from engine.models.card import Decoder, InputSpec
from engine.models.catalog import Catalog
from engine.models.prepare import prepare
from engine.models.runtimes.onnx_runtime import PROVIDERS, choose_providers, provider_names
from engine.models.session import PLAIN, open_graph


def test_the_processor_is_always_there_and_comes_last() -> None:
    assert provider_names()[-1] == "cpu"
    assert choose_providers()[-1] == "cpu"
    assert choose_providers(["cpu"]) == ("cpu",)
    assert next(iter(PROVIDERS)) == "tensorrt"


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(UsageError, match=r"no provider named 'abacus'.*cuda.*cpu"):
        choose_providers(["abacus"])


def test_a_provider_that_is_not_offered_is_named() -> None:
    absent = [word for word in PROVIDERS if word not in provider_names()]
    with pytest.raises(UsageError, match=f"does not offer the provider '{absent[0]}'"):
        choose_providers([absent[0]])


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """A sound graph that fails when it runs: no picture has so many pixels that they can be put into this shape."""
    shape = numpy_helper.from_array(np.array([7, 11, 13], np.int64), "shape")
    inputs = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "height", "width"])
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [7, 11, 13])
    graph = helper.make_graph([helper.make_node("Reshape", ["x", "shape"], ["y"])], "g", [inputs], [output], [shape])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)])
    onnx.save(model, tmp_path / "failing.onnx")
    return tmp_path / "failing.onnx"


def test_a_graph_that_fails_when_it_runs_says_so(failing: Path, card_of) -> None:
    card = card_of(failing, Decoder.YUNET, InputSpec())
    with pytest.raises(ModelError) as caught:
        open_detector(card, failing.parent, running=PLAIN).detect(np.zeros((64, 64, 3), np.uint8))
    assert "cannot be run here: " in caught.value.message
    assert "\n" not in caught.value.message
    assert "Choose another model" in caught.value.hint


def test_a_foreign_graph_that_fails_when_it_runs_says_so(shared_data: Path, tmp_path: Path, card_of) -> None:
    file = "face_detection_yunet_2023mar_int8bq.onnx"
    shutil.copy(shared_data / "models" / file, tmp_path / file)
    card = card_of(tmp_path / file, Decoder.YUNET, InputSpec())
    with pytest.raises(ModelError, match="cannot be run here: block_size must be 0"):
        open_detector(card, tmp_path, running=PLAIN).detect(np.zeros((64, 64, 3), np.uint8))


def test_a_file_that_is_no_graph_says_so(tmp_path: Path) -> None:
    (tmp_path / "noise.onnx").write_bytes(b"noise" * 100)
    with pytest.raises(ModelError, match=r"noise\.onnx cannot be loaded"):
        open_graph(tmp_path / "noise.onnx")


def test_an_input_of_the_wrong_shape_says_so(models_dir: Path) -> None:
    session = open_graph(prepare(Catalog(models_dir).default_embedder(), models_dir))
    with pytest.raises(ModelError, match="cannot be run here"):
        session.run(np.zeros((1, 3, 8, 8), np.float32))


def test_one_session_serves_several_threads(models_dir: Path, rng: np.random.Generator) -> None:
    session = open_graph(prepare(Catalog(models_dir).default_embedder(), models_dir))
    crops = rng.uniform(0, 255, (6, 3, 112, 112)).astype(np.float32)
    (expected,) = session.run(crops)
    found: dict[int, np.ndarray] = {}

    def work(number: int) -> None:
        (found[number],) = session.run(crops[number : number + 1])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(np.concatenate([found[number] for number in range(6)]), expected, atol=2e-5)


def test_nothing_heavy_is_imported_on_the_way() -> None:
    code = (
        "import sys, engine.models.session, engine.models.catalog, engine.models.prepare, engine.models.fetch;"
        "print([name for name in ('onnxruntime', 'onnx', 'cv2', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_failures_leave_the_terminal_clean(failing: Path) -> None:
    code = (
        "import sys, numpy as np; from pathlib import Path; from engine.errors import ModelError;"
        "from engine.models.session import open_graph\n"
        "try: open_graph(Path(sys.argv[1])).run(np.zeros((1, 3, 640, 640), np.float32))\n"
        "except ModelError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code, str(failing)], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("refused", "")
