"""What all tests of the trainer share: one thread, and a real network's graph that is written once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from tests.made_once import made_once
from trainer.backbones import BACKBONES, Backbone
from trainer.export import write_graph


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Small batches through small networks: several threads would only wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def mobilefacenet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Backbone, Path]:
    """A MobileFaceNet whose normalisations have seen something, and its graph: torch takes its time for one."""
    torch.manual_seed(0)
    backbone = BACKBONES["mobilefacenet"](16).train()
    with torch.no_grad():
        for _ in range(3):
            backbone(torch.randn(4, backbone.channels, backbone.input_size, backbone.input_size))
    backbone.eval()
    folder = made_once(tmp_path_factory, "mobilefacenet", lambda folder: write_graph(backbone, folder / "graph.onnx"))
    return backbone, folder / "graph.onnx"
