"""Recipes are read as they are written, whatever lies where they point to."""

import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import UsageError
from trainer.batch_choice import fitted_batch
from trainer.choices import BatchKind, NewRecipe, SourceKind
from trainer.cli import main
from trainer.config import TrainingConfig
from trainer.config_file import load_config
from trainer.preparing import augmentation_of
from trainer.recipes import write_recipe
from trainer.recogniser import make_loss
from trainer.sections import BatchConfig, DataConfig, FurtherConfig, LossConfig


def people(root: Path, side: int) -> Path:
    for person in ("Ada", "Grace"):
        (root / person).mkdir(parents=True)
        cv2.imwrite(str(root / person / "1.png"), np.zeros((side, side, 3), np.uint8))
    return root


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (NewRecipe.LIBRARY, SourceKind.LIBRARY),
        (NewRecipe.FOLDER, SourceKind.CROPS),
        (NewRecipe.RECORD, SourceKind.RECORD),
    ],
)
def test_a_recipe_is_a_configuration(tmp_path: Path, new: NewRecipe, kind: SourceKind) -> None:
    data = people(tmp_path / 'faces \\ "of" ours', 112)
    if new is NewRecipe.RECORD:
        data = data / "train.rec"
        data.write_bytes(b"")
    write_recipe(new, data, tmp_path / "deep" / "run.toml")
    config = load_config(tmp_path / "deep" / "run.toml")
    assert (config.data.path, config.data.kind) == (data, kind)
    make_loss(config.loss, 10, config.model.dimension)
    augmentation_of(config.data)
    lines = (tmp_path / "deep" / "run.toml").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) < 200
    assert sum("#" in line for line in lines) > 20
    with pytest.raises(UsageError, match="already"):
        write_recipe(new, data, tmp_path / "deep" / "run.toml")


def test_what_a_recipe_offers_is_a_configuration(tmp_path: Path) -> None:
    """The lines that are comments, for a run that starts from a model, are read as they stand."""
    write_recipe(NewRecipe.FOLDER, people(tmp_path / "faces", 112), tmp_path / "run.toml")
    text = (tmp_path / "run.toml").read_text(encoding="utf-8")
    offered = re.sub(
        r"^# (start_from = \"a-model\"|backbone|\[further|freeze|frozen|hold|kept)", r"\1", text, flags=re.M
    )
    (tmp_path / "run.toml").write_text(offered.replace('backbone = "mobilefacenet"', ""), encoding="utf-8")
    config = load_config(tmp_path / "run.toml")
    assert (config.model.backbone, config.model.start_from) == ("imported", "a-model")
    assert config.further == FurtherConfig(freeze=0.5, frozen_norms=True, hold=2.0, kept=0.5)


def test_photos_are_told_from_crops(tmp_path: Path) -> None:
    write_recipe(NewRecipe.FOLDER, people(tmp_path / "photos", 300), tmp_path / "run.toml")
    assert load_config(tmp_path / "run.toml").data.kind is SourceKind.PHOTOS


def test_what_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for words, sentence in (
        (["--new", "folder"], "--new folder does not say"),
        (["--new", "folder", "--data", "gone"], "is not a folder"),
        (["--new", "folder", "--data", "empty"], "no pictures"),
        (["--new", "record", "--data", "empty"], "no file"),
        ([], "Name a configuration"),
    ):
        with pytest.raises(UsageError, match=sentence):
            main(["train", *words])
    assert [each.name for each in tmp_path.iterdir()] == ["empty"]


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("arcface", {"scale": 3.0}, "The loss 'arcface' has no option 'scale'. It has s, m, easy_margin"),
        ("arcface", {"easy_margins": True}, "Did you mean 'easy_margin'"),
        ("softmax", {"s": 3.0}, "It has no options"),
        ("arcface", {"s": "high"}, "The option 's' of the loss 'arcface' is 'high'. It has to be a number"),
        ("mv_am", {"t": True}, "is True. It has to be a number"),
        ("focal", {"m": "x"}, "It has to be a number"),
        ("sphereface", {"m": 2.0}, "It has to be a whole number"),
        ("arcface", {"easy_margin": 3}, "It has to be a text or true or false"),
        ("c_triplet", {"hardest_only": 1}, "true or false"),
        ("center", {"join_options": 3}, "a table"),
        ("center", {"join": "arcface", "join_options": {"x": 1}}, "The loss 'arcface' has no option 'x'"),
        ("sphereface", {"annealing": {"lowest": 2.0, "x": 1}}, "annealing has no 'x'"),
        ("mv_am", {"t": -1}, "not usable: MV-Softmax's t must be"),
    ],
)
def test_options_are_named_in_words(name: str, options: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_loss(LossConfig(name, options), 10, 8)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "asked", "people"),
    [
        (BatchKind.PEOPLE, 16, 5),
        (BatchKind.PEOPLE, 3, 3),
        (BatchKind.FACENET, 16, 4),
        (BatchKind.SHUFFLED, 16, 6),
    ],
)
def test_a_batch_holds_no_more_people_than_there_are(kind: BatchKind, asked: int, people: int) -> None:
    labels = np.repeat(np.arange(5), [1, 2, 3, 3, 3])
    config = TrainingConfig(DataConfig(Path("x")), batch=BatchConfig(kind, asked, 2))
    assert fitted_batch(config, labels).batch.people == people
