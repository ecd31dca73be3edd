from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import ModelError, UsageError
from engine.faces.embed import open_embedder
from engine.faces.letterbox import to_tensor
from engine.models.catalog import Catalog, ModelState
from engine.similarity import Calibration
from trainer.backbones import BACKBONES
from trainer.config import TrainingConfig
from trainer.embedding import embed_crops
from trainer.export import PARITY, check_parity, export_run, opencv_agrees, write_graph
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


def test_exported_model_is_in_the_catalog_and_embeds_alike(
    config_of: Callable[..., TrainingConfig], crops: list[np.ndarray], tmp_path: Path
) -> None:
    model = run_model(config_of(), "tiny")
    exported = export_run(model, "mine", "private", crops, tmp_path)
    assert exported.worst <= PARITY
    assert exported.opencv
    catalog = Catalog(tmp_path)
    card = catalog.card("mine")
    assert card.origin.endswith("77 steps"), "those taken, not those asked for"
    assert card == exported.card
    assert card.calibration == CALIBRATION
    assert catalog.state(card) is ModelState.READY
    ours = open_embedder(card, tmp_path).embed(np.stack(crops[:5]))
    np.testing.assert_allclose(ours, embed_crops(model.backbone, crops[:5]), atol=1e-5)
    with pytest.raises(UsageError, match="already"):
        export_run(model, "mine", "private", crops, tmp_path)


def test_nothing_is_written_where_the_check_fails(
    config_of: Callable[..., TrainingConfig], crops: list[np.ndarray], tmp_path: Path
) -> None:
    model = run_model(config_of(), "tiny")
    exported = export_run(model, "mine", "private", crops, tmp_path / "good")
    with torch.no_grad():
        next(iter(model.backbone.parameters())).add_(0.05)
    with pytest.raises(ModelError, match="differs from the run"):
        check_parity(model.backbone, exported.card, tmp_path / "good", crops)
    with torch.no_grad():
        next(iter(model.backbone.parameters())).fill_(float("nan"))
    with pytest.raises(ModelError):
        export_run(model, "broken", "private", crops, tmp_path / "bad")
    assert list((tmp_path / "bad").iterdir()) == []
    with pytest.raises(UsageError, match="needs 32 crops"):
        export_run(model, "few", "private", crops[:31], tmp_path / "bad")


@pytest.mark.parametrize("name", ["mobilefacenet", "lenetpp"])
def test_backbones_are_read_by_onnxruntime_and_opencv(
    name: str, config_of: Callable[..., TrainingConfig], crops: list[np.ndarray], tmp_path: Path
) -> None:
    backbone = run_model(config_of(), name).backbone
    write_graph(backbone, tmp_path / "graph.onnx")
    assert opencv_agrees(backbone, tmp_path / "graph.onnx", crops[:7])


def test_calibration_survives_the_run_folder(tmp_path: Path) -> None:
    assert read_calibration(tmp_path) is None
    write_calibration(tmp_path, CALIBRATION)
    assert read_calibration(tmp_path) == CALIBRATION
