import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from engine.cli import main as kinfolk
from engine.errors import KinfolkError, ModelError, UsageError
from engine.models.catalog import Catalog
from engine.progress import finish
from tests.trainer.training.conftest import TinyNet
from trainer.backbones import BACKBONES
from trainer.cli import COMMANDS, main
from trainer.config import TrainingConfig
from trainer.data.crop_folder import write_crops
from trainer.data.faces import LabelledFace
from trainer.errors import TrainingError
from trainer.loop import RunFaces
from trainer.preparing import prepare_run
from trainer.run_folder import read_metrics
from trainer.run_model import open_run

CONFIG = """
steps = {steps}
checkpoint_every = 100
seed = 5
[data]
path = "people"
held_out = 0.4
[model]
backbone = "tiny"
dimension = 16
[loss]
name = "am_softmax"
options = {{s = 16.0, m = 0.1}}
[batch]
people = 4
faces = 3
[optimiser]
learning_rate = 0.05
[validation]
every = 20
"""


class Source:
    """Twenty people's pictures, six of each."""

    def __init__(self, make: Callable[[int], np.ndarray]) -> None:
        self.faces = [LabelledFace(f"person {index // 6}", str(index)) for index in range(120)]
        self.crop = make


def picture_of(person: int, number: int) -> np.ndarray:
    picture = np.random.default_rng(person).uniform(40, 215, (7, 7, 3)).repeat(16, 0).repeat(16, 1)
    noise = np.random.default_rng((person, number)).normal(0, 40, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with people's crops, a configuration, and the run that the command made of them."""

    def crop(index: int) -> np.ndarray:
        return picture_of(index // 6, index)

    folder = tmp_path_factory.mktemp("finished")
    finish(write_crops(Source(crop), folder / "people"))
    (folder / "first.toml").write_text(CONFIG.format(steps=40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BACKBONES, "tiny", TinyNet)
        patch.chdir(folder)
        assert main(["train", "first.toml"]) == 0
    return folder


@pytest.fixture
def here(tmp_path: Path, finished: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with people's crops, a configuration and its run, and an empty folder for models."""
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(tmp_path / "models"))
    return tmp_path


def test_a_run_from_configuration_to_catalog(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(here / "runs")
    assert main(["train", "first.toml"]) == 0
    captured = capsys.readouterr()
    outcome = json.loads(captured.out)
    assert (outcome["run"], outcome["steps"]) == ("runs/first", 40)
    assert "Training" in captured.err
    facts = json.loads((here / "runs/first/run.json").read_text())
    assert (facts["people"], facts["held_out_people"]) == (12, 8)

    assert main(["evaluate", "runs/first", "--data", "people", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["equal error rate"][0]["value"] < 0.3
    assert figures["equal error rate"][0]["low"] <= figures["equal error rate"][0]["value"]
    assert "1,000 distractors" in figures["rank-1 among 1,000 distractors"][0]["refused"]
    report = (here / "evaluation.html").read_text()
    assert report.count("data:image/png;base64,") >= 5
    assert "bootstrap over 20 people" in report

    assert kinfolk(["--data-dir", str(here), "models", "import", "runs/first", "--name", "mine"]) == 0
    said = capsys.readouterr().err
    card = Catalog(here / "models").card("mine")
    assert ("was not measured" in said) == (card.calibration is None)
    taken = open_run(Path("runs/first")).steps
    assert card.origin == f"trained here with Kinfolk: tiny, am_softmax, {taken} steps", "those of its best weights"
    assert kinfolk(["--data-dir", str(here), "models", "import", "runs/first", "--name", "mine"]) == 2
    (here / "models" / card.file).unlink()
    assert kinfolk(["--data-dir", str(here), "models", "import", "runs/first", "--name", "mine"]) == 0, "what is gone"
    assert Catalog(here / "models").card("mine") == card

    several = ["mine", "runs/first", "--against", "runs/first"]
    assert main(["evaluate", *several, "--data", "people", "--report", "two.html"]) == 0
    table = capsys.readouterr().out
    assert "0.0000 [0.0000, 0.0000]" in table
    report = (here / "two.html").read_text()
    assert "new-old: equal error rate" in report
    assert "not shown" in report


def test_a_run_is_resumed_only_when_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(here / "runs")  # its configuration names the folder in which it was made
    assert main(["train", "first.toml"]) == 0
    with pytest.raises(UsageError, match="already begun"):
        main(["train", "first.toml"])
    (here / "first.toml").write_text(CONFIG.format(steps=44))
    assert main(["train", "first.toml", "--resume"]) == 0
    assert [each.step for each in read_metrics(here / "runs/first")] == list(range(1, 45))
    with pytest.raises(UsageError, match="no run to resume"):
        main(["train", "first.toml", "--run", "elsewhere", "--resume"])
    capsys.readouterr()


def test_people_of_the_test_set_are_taken_out(
    here: Path, config_of: Callable[..., TrainingConfig], faces: RunFaces
) -> None:
    for person in ("person 3", "Person_7", "somebody else"):
        (here / "test" / person).mkdir(parents=True)
        Pillow.new("RGB", (112, 112)).save(here / "test" / person / "1.png")
    config = config_of(data={"path": "people", "test": "test"})
    prepared = finish(prepare_run(config, here / "run", here / "models"))
    assert sorted(each.training for each in prepared.overlaps) == ["person 3", "person 7"]
    assert prepared.facts()["people_taken_out_as_in_the_test_set"] == 2
    held_out = prepared.faces.held_out
    assert held_out is not None
    left = {*prepared.names, *(face.person for face in held_out.faces)}
    assert len(left) == 18
    assert not left & {"person 3", "person 7"}


def test_too_few_people_are_told(here: Path, config_of: Callable[..., TrainingConfig]) -> None:
    for person, count in (("a", 2), ("b", 2)):
        (here / "two" / person).mkdir(parents=True)
        for number in range(count):
            pixels = np.random.default_rng((number, ord(person))).integers(0, 256, (112, 112, 3), dtype=np.uint8)
            Pillow.fromarray(pixels).save(here / "two" / person / f"{number}.png")
    with pytest.raises(TrainingError, match="one person to learn from"):
        finish(prepare_run(config_of(data={"path": "two"}), here / "run", here / "models"))
    (here / "two" / "c").mkdir()
    with pytest.raises(UsageError, match="for example 'c'"):
        finish(prepare_run(config_of(data={"path": "two"}), here / "run", here / "models"))
    with pytest.raises(UsageError, match="is not a folder"):
        finish(prepare_run(config_of(data={"path": "absent"}), here / "run", here / "models"))
    wrong = config_of(data={"path": "people", "augmentation": {"flipp": 1.0}})
    with pytest.raises(UsageError, match="augmentation"):
        finish(prepare_run(wrong, here / "run", here / "models"))


def test_pairs_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for person in range(20):
        folder = here / "pictures" / f"P{person}"
        folder.mkdir(parents=True)
        for number in range(1, 4):
            Pillow.fromarray(picture_of(100 + person, number)).save(folder / f"P{person}_{number:04d}.png")
    lines = ["10\t2"]
    for fold in range(10):
        lines += [f"P{2 * fold}\t1\t2", f"P{2 * fold + 1}\t1\t3"]
        lines += [f"P{2 * fold}\t1\tP{2 * fold + 1}\t1", f"P{2 * fold}\t3\tP{2 * fold + 1}\t2"]
    (here / "pairs.txt").write_text("\n".join(lines) + "\n")
    capsys.readouterr()
    assert main(["evaluate", "runs/first", "--data", "pictures", "--pairs", "pairs.txt", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["ten-fold accuracy"][0]["value"] > 0.8
    assert "100 pairs" in figures["VAL at FAR 0.1"][0]["refused"]
    assert set(figures) == {
        "ten-fold accuracy",
        "equal error rate",
        *(f"VAL at FAR {each}" for each in (0.1, 0.01, 0.001)),
    }
    assert "bootstrap over 40 pairs" in (here / "evaluation.html").read_text()


def test_backbones_are_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["backbones", "--json", "--dimension", "128"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert 0.9e6 < rows["mobilefacenet"]["parameters"] < 1.1e6
    assert rows["iresnet100"]["flops"] > rows["iresnet18"]["flops"]
    for name in rows.keys() - {"lenetpp"}:
        monkeypatch.delitem(BACKBONES, name)  # each is counted anew
    assert main(["backbones"]) == 0
    assert "MULTIPLY-ADDS" in capsys.readouterr().out


def test_toy_draws_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "toy.png"
    assert main(["toy", "--loss", "center", "--option", "join=arcface", "--steps", "2", "--picture", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert json.loads(capsys.readouterr().out)["loss"] == "center"
    with pytest.raises(UsageError, match="KEY=VALUE"):
        main(["toy", "--loss", "arcface", "--option", "s:3"])


def test_commands_are_offered_without_torch() -> None:
    code = (
        "import sys, trainer.cli; print(sorted(trainer.cli.COMMANDS), 'torch' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{sorted(COMMANDS)} False False"


def test_absent_torch_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    find = __import__("importlib.util").util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "torch" else find(name))
    with pytest.raises(ModelError, match="not installed: torch") as told:
        main(["train", "x.toml"])
    assert "'.[train]'" in told.value.hint
    with pytest.raises(UsageError, match="has no such command"):
        main(["fly"])


def test_wrong_models_are_told(here: Path) -> None:
    with pytest.raises(KinfolkError, match="no model named 'nobody'"):
        main(["evaluate", "nobody", "--data", "people"])
    with pytest.raises(UsageError, match="not the folder of a run"):
        main(["evaluate", "people", "--data", "people"])
