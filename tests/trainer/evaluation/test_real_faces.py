from pathlib import Path

import numpy as np

from engine.models.catalog import Catalog
from engine.progress import finish
from engine.similarity import Calibration
from tests.portraits import PEOPLE, write_aligned
from trainer.data.crop_folder import CropFolder
from trainer.data.faces import ChosenFaces
from trainer.evaluating import Contest, evaluate_people
from trainer.evaluation.intervals import Estimate, Refusal
from trainer.models import open_model
from trainer.report import render


def test_two_portraits_are_evaluated(models_dir: Path, tmp_path: Path) -> None:
    for person in PEOPLE:
        write_aligned(tmp_path / person, person, 12, models_dir)
    model = open_model(Catalog(models_dir).default_embedder().name, models_dir)
    source = CropFolder(tmp_path)
    everybody = ChosenFaces(source, np.arange(len(source.faces)))
    evaluation = finish(evaluate_people(Contest([model]), everybody, seed=0))
    figures = evaluation.figures[0]
    for name in ("1-NN accuracy", "Kinfolk's clustering: BCubed F"):
        told = figures[name]
        assert isinstance(told, Estimate)
        assert told.value == 1
    assert render(evaluation, "faces").count("<img") >= 2


def test_default_embedder_knows_real_people(shared_data: Path, models_dir: Path) -> None:
    everybody = CropFolder(shared_data / "faces" / "glint_aligned112")
    people = np.unique([face.person for face in everybody.faces], return_inverse=True)[1]
    chosen = np.concatenate([np.flatnonzero(people == person)[:8] for person in range(people.max() + 1)])
    model = open_model(Catalog(models_dir).default_embedder().name, models_dir)
    evaluation = finish(evaluate_people(Contest([model]), ChosenFaces(everybody, chosen), seed=0))
    figures = evaluation.figures[0]
    error, accuracy = figures["equal error rate"], figures["1-NN accuracy"]
    assert isinstance(error, Estimate)
    assert isinstance(accuracy, Estimate)
    assert error.value < 0.1
    assert accuracy.value > 0.95
    own = figures["Kinfolk's clustering: BCubed F"]
    assert isinstance(model.calibration, Calibration)
    assert isinstance(own, Estimate)
    assert own.value > 0.9
    assert isinstance(figures["VAL at FAR 0.001"], Refusal)
    page = render(evaluation, "<faces>")
    assert "&lt;faces&gt;" in page
    assert page.count("<img") >= 4
