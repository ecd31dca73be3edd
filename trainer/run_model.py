"""The network of a run, ready for use."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.geometry import Image
from engine.models.card import ModelCard
from engine.similarity import Calibration
from trainer.backbones import Backbone, measure
from trainer.config import TrainingConfig
from trainer.embedding import embed_crops
from trainer.evaluation.pairs import Vectors
from trainer.imported import kept_start, read_start
from trainer.ranges import IMPORTED
from trainer.recogniser import make_backbone
from trainer.run_folder import run_config
from trainer.state import trained

CALIBRATION = "calibration.json"


@dataclass(frozen=True, slots=True)
class RunModel:
    """A run's best weights (the last where nothing was validated), averaged where the run kept an average.

    `steps` is how many were taken until these weights. `begun_with` is the card of the imported network that it
    started from, if any.
    """

    name: str
    backbone: Backbone
    config: TrainingConfig
    calibration: Calibration | None
    steps: int
    begun_with: ModelCard | None = None

    @property
    def flops(self) -> int:
        """Floating point operations for one crop."""
        return measure(self.backbone).flops

    def embed(self, crops: Sequence[Image]) -> Vectors:
        """Return unit vectors (n, dimension) of crops (112, 112, 3) uint8 RGB."""
        return embed_crops(self.backbone, crops)


def open_run(run: Path) -> RunModel:
    """Open the network of a run's folder on the CPU; UsageError or ModelError where there is none."""
    config = run_config(run)
    start = kept_start(run) if config.model.backbone == IMPORTED else None
    backbone = make_backbone(config.model) if start is None else read_start(start)
    begun_with, found = None if start is None else start.card, trained(run)
    backbone.load_state_dict(found.weights)
    return RunModel(run.resolve().name, backbone.eval(), config, read_calibration(run), found.steps, begun_with)


def write_calibration(run: Path, calibration: Calibration) -> None:
    """Keep what the run's similarities mean, measured on its held-out people."""
    (run / CALIBRATION).write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")


def read_calibration(run: Path) -> Calibration | None:
    """Return what was measured at the end of the run, None where people were too few."""
    path = run / CALIBRATION
    if not path.is_file():
        return None
    held = json.loads(path.read_text(encoding="utf-8"))
    tail = tuple((float(similarity), float(share)) for similarity, share in held["impostor_tail"])
    return Calibration(tail, float(held["slope"]), float(held["intercept"]))
