"""Started by torchrun in test_distributed.py: trains the cases of a JSON file and writes their losses beside it."""

import json
import runpy
import sys
from pathlib import Path

import numpy as np

from engine.strict_toml import Origin, read_table
from trainer.backbones import BACKBONES
from trainer.checkpoint import LAST
from trainer.config import TrainingConfig
from trainer.data.faces import numbered
from trainer.distributed import Group, join_group
from trainer.evaluation.trial import trial_of_people
from trainer.loop import RunFaces, train
from trainer.run_folder import RunFolder
from trainer.state import begin

SCENE = runpy.run_path(str(Path(__file__).with_name("conftest.py")))


def losses_of(table: dict[str, object], folder: Path, group: Group, steps: int) -> list[float]:
    """Train up to a step, from the folder's checkpoint where there is one, and return the losses."""
    source, held_out = SCENE["ColouredFaces"](8, 6), SCENE["ColouredFaces"](6, 4)
    trial = trial_of_people(numbered(held_out.faces)[1], seed=0)
    faces = RunFaces(source, numbered(source.faces)[1], None, held_out, trial)
    config = read_table(TrainingConfig, {**table, "steps": steps}, Origin("test.toml"))
    state = begin(config, numbered(source.faces)[0], group, None)
    with RunFolder(folder) as run:
        if (folder / LAST).exists():
            state.resume(folder)
        elif group.leads:
            run.begin(config, {})
        return [metrics.loss for metrics in train(state, faces, run)]


def main(cases: Path) -> None:
    """Train every case; those that are to be resumed are trained in two parts."""
    BACKBONES["plain"] = SCENE["PlainNet"]
    tables = json.loads(cases.read_text())
    with join_group() as group:
        results = {}
        for name, table in tables.items():
            folder = cases.parent / f"{name}-{group.size}"
            parts = [table["steps"] // 2] if name.endswith("resumed") else []
            results[name] = np.concatenate(
                [losses_of(table, folder, group, steps) for steps in [*parts, table["steps"]]]
            ).tolist()
        if group.leads:
            (cases.parent / f"losses-{group.size}.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
