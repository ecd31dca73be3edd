"""Graphs and runtimes of every kind: real ones, and one that a package offers and that breaks."""

import importlib.util
import os
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from engine.models.catalog import Catalog
from engine.models.prepare import prepare


@pytest.fixture
def needs_openvino() -> None:
    """Skip where there is no wheel of OpenVINO for this machine; the test command installs it where there is."""
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("openvino is not installed: pip install '.[openvino]'")


@pytest.fixture
def graph(models_dir: Path, tmp_path: Path) -> Path:
    """The runnable graph of the default embedder, in a folder where nothing was measured."""
    source = prepare(Catalog(models_dir).default_embedder(), models_dir)
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    return path


@pytest.fixture
def of_microsoft(tmp_path: Path) -> Path:
    """A graph with an operator that is onnxruntime's own, and that no other runtime knows."""
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3, 8, 8])
    made = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 3, 8, 8])
    node = helper.make_node("Inverse", ["x"], ["y"], domain="com.microsoft")
    opsets = [helper.make_opsetid("", 16), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(helper.make_graph([node], "g", [given], [made]), ir_version=8, opset_imports=opsets)
    onnx.save(model, tmp_path / "of_microsoft.onnx")
    return tmp_path / "of_microsoft.onnx"


BREAKING = """
import os
from engine.models.runtimes.running import Precision, Way

class Breaking:
    name, remedy = "breaking", ""
    def version(self):
        return "breaking 1"
    def ways(self):
        return (Way("breaking", "cpu", Precision.FLOAT32), Way("breaking", "abacus", Precision.FLOAT16))
    def open(self, graph, way, threads, shapes):
        os._exit(7 if way.device == "cpu" else 0)
"""


@pytest.fixture
def breaking_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package is installed that offers a runtime which ends its process when it opens a graph; its name."""
    packages = tmp_path / "packages"
    metadata = packages / "breaking-1.dist-info"
    metadata.mkdir(parents=True)
    (packages / "breaking_runtime.py").write_text(BREAKING)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: breaking\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[kinfolk.runtimes]\nbreaking = breaking_runtime:Breaking\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(packages), os.environ.get("PYTHONPATH")))))
    return "breaking"
