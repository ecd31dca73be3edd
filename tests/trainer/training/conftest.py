"""A network small enough for tests, and people whose faces are easily told apart."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.geometry import Image
from engine.strict_toml import Origin, read_table
from tests.made_once import made_once
from tests.trainer.training.small_network import SIDE, Small
from trainer.backbones import BACKBONES, Backbone
from trainer.checkpoint import LAST
from trainer.config import TrainingConfig
from trainer.data.augment import Augmentation
from trainer.data.faces import LabelledFace, numbered
from trainer.distributed import Group
from trainer.evaluation.trial import trial_of_people
from trainer.export import write_network
from trainer.loop import RunFaces
from trainer.run_folder import RunFolder
from trainer.state import TrainingState, begin


class TinyNet(Backbone):
    """(B, 3, 28, 28) → (B, dim), with a normalisation whose running figures must survive a resume."""

    input_size = 28

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        self.layers = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2), nn.BatchNorm2d(8), nn.PReLU(8), nn.Flatten(), nn.Linear(8 * 13 * 13, dim)
        )

    def forward(self, crops: Tensor) -> Tensor:
        embeddings: Tensor = self.layers(crops)
        return embeddings


class PlainNet(TinyNet):
    """The same without a normalisation: what a batch is divided into makes no difference to it."""

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        self.layers[1] = nn.Identity()


class ColouredFaces:
    """Noise around one picture for each person."""

    def __init__(self, people: int, each: int, spread: float = 40.0) -> None:
        self.faces: Sequence[LabelledFace] = [
            LabelledFace(f"person {person}", f"{person}-{number}") for person in range(people) for number in range(each)
        ]
        self._each, self._spread = each, spread

    def crop(self, index: int) -> Image:
        picture = np.random.default_rng(index // self._each).uniform(40, 215, (7, 7, 3)).repeat(16, 0).repeat(16, 1)
        noise = np.random.default_rng((1, index)).normal(0, self._spread, picture.shape)
        return np.clip(picture + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small network's graph, written once: torch takes its time for it."""
    made = made_once(
        tmp_path_factory, "small network", lambda folder: write_network(Small(), SIDE, folder / "small.onnx")
    )
    return made / "small.onnx"


@pytest.fixture(autouse=True)
def _tiny_backbones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BACKBONES, "tiny", TinyNet)
    monkeypatch.setitem(BACKBONES, "plain", PlainNet)


@pytest.fixture
def faces() -> RunFaces:
    """Eight people to learn from, six to validate on."""
    source = ColouredFaces(people=8, each=6)
    held_out = ColouredFaces(people=6, each=4)
    trial = trial_of_people(numbered(held_out.faces)[1], seed=0)
    augmentation = Augmentation(flip=0.5, occlusion=0.3, jpeg=0.3)
    return RunFaces(source, numbered(source.faces)[1], augmentation, held_out, trial)


@pytest.fixture
def config_of() -> Callable[..., TrainingConfig]:
    """Return what makes a short run's configuration, with some tables or values changed."""

    def make(**tables: object) -> TrainingConfig:
        values: dict[str, object] = {
            "data": {"path": "/nowhere"},
            "model": {"backbone": "tiny", "dimension": 16},
            "loss": {"name": "arcface", "options": {"s": 16.0, "m": 0.2}},
            "batch": {"people": 4, "faces": 3},
            "optimiser": {"learning_rate": 0.05},
            "validation": {"every": 5},
            "steps": 10,
            "checkpoint_every": 5,
            "seed": 3,
        }
        return read_table(TrainingConfig, {**values, **tables}, Origin("test.toml"))

    return make


@pytest.fixture
def start(tmp_path: Path, faces: RunFaces) -> Callable[[TrainingConfig, str], tuple[TrainingState, RunFolder]]:
    """Return what begins a run in a new folder of this name, or takes up the one that is there."""

    def begin_or_resume(config: TrainingConfig, name: str) -> tuple[TrainingState, RunFolder]:
        folder = RunFolder(tmp_path / name)
        state = begin(config, numbered(faces.source.faces)[0], Group(0, 1, torch.device("cpu")), None)
        if (folder.path / LAST).exists():
            state.resume(folder.path)
            folder.cut(state.step)
        else:
            folder.begin(config, {})
        return state, folder

    return begin_or_resume
