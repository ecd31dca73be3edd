from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.errors import ModelError
from engine.faces.letterbox import to_tensor
from engine.similarity import Calibration
from trainer.backbones import BACKBONES, Backbone
from trainer.config import TrainingConfig
from trainer.embedding import embed_crops
from trainer.export import (
    PARITY,
    check_graph,
    complaint_of,
    largest_distance,
    origin_of,
    sound_calibration,
    write_graph,
)
from trainer.preprocess import SPEC, pixels_of
from trainer.run_model import RunModel, read_calibration, write_calibration

CALIBRATION = Calibration(((0.1, 0.1), (0.3, 0.01)), 9.0, -2.0)


@pytest.fixture
def crops() -> list[np.ndarray]:
    generator = np.random.default_rng(0)
    return [generator.integers(0, 256, (112, 112, 3), dtype=np.uint8) for _ in range(32)]


def run_model(config: TrainingConfig, name: str) -> RunModel:
    """Return a network as a run leaves it: its normalisations have seen something."""
    torch.manual_seed(0)
    backbone = BACKBONES[name](config.model.dimension)
    backbone.train()
    with torch.no_grad():
        for _ in range(3):
            backbone(torch.randn(4, backbone.channels, backbone.input_size, backbone.input_size))
    return RunModel("run", backbone.eval(), config, CALIBRATION, 77)


def test_training_and_card_read_a_crop_alike(crops: list[np.ndarray]) -> None:
    stacked = np.stack(crops)
    by_hand = (stacked.astype(np.float64).transpose(0, 3, 1, 2) - 127.5) / 128
    pixels = pixels_of(torch.from_numpy(stacked))
    np.testing.assert_allclose(pixels.numpy(), by_hand, atol=1e-6)
    np.testing.assert_array_equal(pixels.numpy(), to_tensor(stacked, SPEC))


def test_mirrored_crops_alone_are_turned(crops: list[np.ndarray]) -> None:
    stacked = torch.from_numpy(np.stack(crops[:3]))
    pixels = pixels_of(stacked, torch.tensor([True, False, True]))
    assert torch.equal(pixels[1], pixels_of(stacked)[1])
    assert torch.equal(pixels[0], pixels_of(stacked)[0].flip(2))


def test_a_graph_that_is_not_its_network_is_refused(config_of: Callable[..., TrainingConfig], tmp_path: Path) -> None:
    model, graph = run_model(config_of(), "tiny"), tmp_path / "graph.onnx"
    assert origin_of(model).endswith("77 steps"), "those taken, not those asked for"
    write_graph(model.backbone, graph)
    check_graph(model.backbone, graph)
    with torch.no_grad():
        next(iter(model.backbone.parameters())).add_(0.05)
    with pytest.raises(ModelError, match="differs from the run's network"):
        check_graph(model.backbone, graph)
    with torch.no_grad():
        next(iter(model.backbone.parameters())).fill_(float("nan"))
    write_graph(model.backbone, graph)
    with pytest.raises(ModelError):
        check_graph(model.backbone, graph)


def test_a_calibration_without_sense_is_left_out(config_of: Callable[..., TrainingConfig]) -> None:
    model = run_model(config_of(), "tiny")
    assert (sound_calibration(model), complaint_of(model)) == (CALIBRATION, "")
    endless = replace(model, calibration=replace(CALIBRATION, slope=float("inf")))
    assert sound_calibration(endless) is None
    assert "makes no sense, and is left out" in complaint_of(endless)
    unmeasured = replace(model, calibration=None)
    assert sound_calibration(unmeasured) is None
    assert "was not measured" in complaint_of(unmeasured)


def test_backbones_are_read_by_onnxruntime_and_opencv(
    config_of: Callable[..., TrainingConfig],
    crops: list[np.ndarray],
    mobilefacenet: tuple[Backbone, Path],
    tmp_path: Path,
) -> None:
    small, graph = run_model(config_of(), "lenetpp").backbone, tmp_path / "graph.onnx"
    write_graph(small, graph)
    for backbone, written in ((small, graph), mobilefacenet):
        check_graph(backbone, written)
        expected = embed_crops(backbone, crops[:7])
        for batch in (1, 3, 7):
            network = cv2.dnn.readNetFromONNX(str(written))
            network.setInput(to_tensor(np.stack(crops[:batch]), SPEC))
            assert largest_distance(expected[:batch], network.forward()) <= PARITY


def test_calibration_survives_the_run_folder(tmp_path: Path) -> None:
    assert read_calibration(tmp_path) is None
    write_calibration(tmp_path, CALIBRATION)
    assert read_calibration(tmp_path) == CALIBRATION
