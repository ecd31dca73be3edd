import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as Pillow

from engine.errors import UsageError
from engine.geometry import Image
from engine.progress import finish
from tests.portraits import write_aligned
from trainer.config import TrainingConfig
from trainer.data.faces import LabelledFace
from trainer.data.shared_people import Reason
from trainer.distributed import Group
from trainer.errors import TrainingError
from trainer.loop import RunFaces
from trainer.preparing import prepare_faces, prepare_run
from trainer.run_model import open_run
from trainer.training import train_prepared

Config = Callable[..., TrainingConfig]
ALONE = Group(0, 1, torch.device("cpu"))


class DatedFaces:
    """Eight people, each with a picture of every one of six days: a person's colour, and grey squares of its own."""

    def __init__(self) -> None:
        self.faces: Sequence[LabelledFace] = [
            LabelledFace(f"person {person}", f"{person}-{day}", f"2024-05-0{day}")
            for person in range(8)
            for day in range(1, 7)
        ]

    def crop(self, index: int) -> Image:
        colour = np.random.default_rng(index // 6).uniform(0, 155, 3)
        squares = np.random.default_rng((1, index)).uniform(0, 100, (7, 7, 1)).repeat(16, 0).repeat(16, 1)
        return (squares + colour).astype(np.uint8)


def test_events_are_held_out_whole(config_of: Config, tmp_path: Path) -> None:
    config = config_of(data={"path": "x", "split": "events", "held_out": 0.34})
    prepared = finish(prepare_faces(config, DatedFaces(), tmp_path, tmp_path))
    held_out = prepared.faces.held_out
    assert held_out is not None
    learnt_days, held_days = ({face.event for face in side.faces} for side in (prepared.faces.source, held_out))
    assert (len(learnt_days), len(held_days)) == (4, 2)
    assert not learnt_days & held_days
    assert {face.person for face in held_out.faces} == set(prepared.names)
    assert prepared.facts()["held_out_people"] == len(prepared.names) == 8

    outcome = finish(train_prepared(config, prepared, tmp_path / "run", tmp_path, ALONE))
    assert outcome.best is not None
    assert 0 <= outcome.best < 0.5
    # Learnt people say nothing about how alike strangers look.
    assert open_run(tmp_path / "run").calibration is None
    assert json.loads((tmp_path / "run" / "run.json").read_text())["held_out_faces"] == 16


def test_faces_without_a_day_cannot_be_split_by_it(faces: RunFaces, config_of: Config, tmp_path: Path) -> None:
    config = config_of(data={"path": "x", "split": "events"})
    with pytest.raises(TrainingError, match="48 of 48 faces have no event or day") as told:
        finish(prepare_faces(config, faces.source, tmp_path, tmp_path))
    assert "data.split" in told.value.hint


def write_colours(folder: Path, seed: int, count: int) -> None:
    """Write crops of nobody, whose embeddings are alike among themselves: fields of colours, a little noise on each."""
    rng = np.random.default_rng(seed)
    colours = rng.uniform(0, 255, (6, 6, 3))
    folder.mkdir(parents=True)
    for number in range(count):
        noisy = np.clip(colours + rng.normal(0, 10, colours.shape), 0, 255).astype(np.uint8)
        Pillow.fromarray(noisy).resize((112, 112), Pillow.Resampling.BICUBIC).save(folder / f"{number}.png")


@pytest.fixture
def alike(models_dir: Path, tmp_path: Path) -> Path:
    """Crops of five to learn from; the test set has others of the two who are people, and a stranger, under numbers."""
    for number in (0, 2, 4):
        write_colours(tmp_path / "people" / f"person {number}", number, 5)
    for number, person in ((1, "collins"), (3, "hopper")):
        crops = tmp_path / "people" / f"person {number}"
        write_aligned(crops, person, 10, models_dir)
        (tmp_path / "test" / str(number)).mkdir(parents=True)
        for crop in sorted(crops.iterdir())[5:]:
            crop.rename(tmp_path / "test" / str(number) / crop.name)
    stranger = tmp_path / "test" / "5"
    write_aligned(stranger, "hopper", 5, models_dir)
    for crop in stranger.iterdir():
        # Half a face, twice, is nobody's.
        half = np.asarray(Pillow.open(crop))[56:]
        Pillow.fromarray(np.concatenate([half, half])).save(crop)
    return tmp_path


def test_people_who_look_like_the_test_set_are_taken_out(alike: Path, models_dir: Path, config_of: Config) -> None:
    data = {"path": str(alike / "people"), "test": str(alike / "test"), "held_out": 0.0}
    by_name = finish(prepare_run(config_of(data=data), alike / "run", models_dir))
    assert (by_name.overlaps, len(by_name.names)) == ((), 5)
    asked = config_of(data=data | {"overlap_model": "sface_2021dec"})
    prepared = finish(prepare_run(asked, alike / "run", models_dir))
    assert [(each.training, each.test, each.reason) for each in prepared.overlaps] == [
        ("person 1", "1", Reason.LIKENESS),
        ("person 3", "3", Reason.LIKENESS),
    ]
    assert prepared.names == ("person 0", "person 2", "person 4")
    facts = prepared.facts()
    assert (facts["people_taken_out_as_in_the_test_set"], facts["of_them_by_likeness"]) == (2, 2)
    everybody = config_of(data=data | {"test": data["path"], "overlap_model": "sface_2021dec"})
    with pytest.raises(TrainingError, match="All people"):
        finish(prepare_run(everybody, alike / "run", models_dir))


def test_likeness_needs_a_test_set_and_a_model(faces: RunFaces, config_of: Config, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'data\.overlap_model'") as told:
        config_of(data={"path": "x", "overlap_model": "sface_2021dec"})
    assert "data.test" in told.value.hint
    with pytest.raises(UsageError, match=r"'data\.overlap_likeness'"):
        config_of(data={"path": "x", "overlap_likeness": 1.5})
    absent = config_of(data={"path": "x", "test": "y", "overlap_model": "nobody"})
    with pytest.raises(UsageError, match="no model named 'nobody'"):
        finish(prepare_faces(absent, faces.source, tmp_path, tmp_path))
