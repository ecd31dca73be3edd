"""Runs that start from an imported network, and what keeps a network near where it began."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import UsageError
from engine.faces.embed import open_embedder
from engine.faces.letterbox import to_tensor
from engine.models.card import ColourOrder, Crop, InputSpec, Layout, Normalise
from engine.models.catalog import Catalog
from engine.models.runtimes.running import PLAIN
from engine.progress import finish
from tests.trainer.training.conftest import ColouredFaces
from tests.trainer.training.small_network import SIDE, crops, put
from trainer.config import TrainingConfig
from trainer.config_file import load_config
from trainer.distributed import Group
from trainer.export import largest_distance
from trainer.fine_tuning.layers import weighted
from trainer.imported import Imported, Start, find_start, read_start
from trainer.importing.convert import convert_run
from trainer.onnx_module import check_module, read_onnx
from trainer.preparing import Prepared, prepare_faces
from trainer.preprocess import pixels_of
from trainer.run_model import open_run
from trainer.training import train_prepared

Config = Callable[..., TrainingConfig]
ALONE = Group(0, 1, torch.device("cpu"))
IMPORTED = {"backbone": "imported", "dimension": 16, "start_from": "small"}
GENTLE = {"learning_rate": 1e-3, "name": "adamw"}


@pytest.fixture
def models(tmp_path: Path, graph: Path) -> Path:
    """A folder with the small network as a model, whose card is unlike what the trainer's networks read."""
    folder = tmp_path / "models"
    spec = InputSpec(SIDE, SIDE, (100.0, 110.0, 120.0), (50.0, 60.0, 70.0), ColourOrder.BGR)
    put(folder, graph, "small", spec)
    return folder


def prepared(config: TrainingConfig, folder: Path) -> Prepared:
    return finish(prepare_faces(config, ColouredFaces(people=8, each=6), folder, folder))


def trained_in(config: TrainingConfig, run: Path, models: Path) -> Path:
    finish(train_prepared(config, prepared(config, models), run, models, ALONE))
    return run


def weights(network: nn.Module) -> list[torch.Tensor]:
    return [weight.detach() for layer in weighted(network) for weight in layer.parameters(recurse=False)]


@pytest.mark.parametrize("order", list(ColourOrder))
@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("normalise", list(Normalise))
def test_pixels_are_read_as_the_card_says(
    models: Path, order: ColourOrder, layout: Layout, normalise: Normalise
) -> None:
    mean, deviation = ((100.0, 110.0, 120.0), (50.0, 60.0, 70.0))
    if normalise is Normalise.PER_IMAGE:
        mean, deviation = (0.0,) * 3, (1.0,) * 3
    spec = InputSpec(SIDE, SIDE, mean, deviation, order, normalise=normalise, layout=layout)
    card = replace(Catalog(models).card("small"), input=spec)
    some = crops(3, 1)
    found = Imported(nn.Identity(), card)(pixels_of(torch.from_numpy(some))).numpy()
    assert found == pytest.approx(to_tensor(some, spec).reshape(3, -1), abs=1e-4)


def test_a_run_goes_on_from_an_imported_network(config_of: Config, models: Path, tmp_path: Path) -> None:
    card = Catalog(models).card("small")
    begun = read_start(Start(models / "small.onnx", card))
    some = crops(5, 2)
    given = open_embedder(card, models, running=PLAIN).embed(some)
    found = nn.functional.normalize(begun(pixels_of(torch.from_numpy(some)))).detach().numpy()
    assert largest_distance(given, found) < 1e-6

    further = {"freeze": 0.5, "hold": 2.0, "kept": 0.5}
    run = trained_in(config_of(model=IMPORTED, further=further, optimiser=GENTLE), tmp_path / "run", models)
    shutil.rmtree(models)
    model = open_run(run)
    before, after = weights(begun), weights(model.backbone)
    assert torch.equal(before[0], after[0]), "the first layer was to stay"
    assert not torch.equal(before[-2], after[-2])
    assert "kept" in (run / "config.toml").read_text()
    made = convert_run(run, tmp_path / "end.onnx")
    assert check_module(read_onnx(tmp_path / "end.onnx"), tmp_path / "end.onnx") < 1e-5, "it can be trained on and on"
    assert made.origin == "trained further here with Kinfolk: small, arcface, 10 steps"
    assert made.licence.endswith(f"begun with small: {card.licence}")

    # A run may start from such a run, and from the file alone where a card is of that file.
    second = config_of(model={**IMPORTED, "start_from": str(run)}, optimiser=GENTLE, steps=2)
    ended = open_run(trained_in(second, tmp_path / "second", models))
    assert largest_distance(ended.embed(list(some)), model.embed(list(some))) < 0.1


def test_a_real_embedder_is_held_where_it_was(config_of: Config, tmp_path: Path, shared_data: Path) -> None:
    spec = InputSpec(SIDE, SIDE, (127.5,) * 3, (128.0,) * 3, ColourOrder.BGR)
    file = shared_data / "models" / "mobilefacenet_512_faceplugin.onnx"
    card = put(tmp_path / "models", file, "mobile", spec, 512)
    model = {"backbone": "imported", "dimension": 512, "start_from": str(file)}
    tables = {"batch": {"people": 2, "faces": 2}, "steps": 2, "optimiser": GENTLE}
    config = config_of(model=model, further={"freeze": 1.0, "hold": 2.0, "kept": 0.5}, **tables)
    run = open_run(trained_in(config, tmp_path / "run", tmp_path / "models"))
    some = crops(3, 4)
    given = open_embedder(card, tmp_path / "models", running=PLAIN).embed(some)
    assert 0 < largest_distance(given, run.embed(list(some))) < 0.1


def test_weights_end_between_the_start_and_where_they_went(config_of: Config, models: Path, tmp_path: Path) -> None:
    """Of two runs alike but for `kept` the second goes the same way, and stops halfway."""
    begun = weights(read_start(Start(models / "small.onnx", Catalog(models).card("small"))))
    ends = []
    for kept in (1.0, 0.5):
        config = config_of(
            model=IMPORTED, further={"kept": kept}, optimiser=GENTLE, average=0.5, validation={"every": 10}
        )
        ends.append(weights(open_run(trained_in(config, tmp_path / f"kept {kept}", models)).backbone))
    for start, whole, half in zip(begun, *ends, strict=True):
        torch.testing.assert_close(half, (start + whole) / 2)


def test_it_is_resumed_bit_by_bit(config_of: Config, models: Path, tmp_path: Path) -> None:
    further = {"freeze": 0.3, "hold": 1.0, "kept": 0.5}

    def config(steps: int) -> TrainingConfig:
        return config_of(model=IMPORTED, further=further, optimiser=GENTLE, steps=steps, schedule={"name": "constant"})

    whole = trained_in(config(10), tmp_path / "whole", models)
    trained_in(config(5), tmp_path / "parts", models)
    shutil.rmtree(models)
    parts = trained_in(config(10), tmp_path / "parts", models)
    for one, other in zip(weights(open_run(whole).backbone), weights(open_run(parts).backbone), strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize("still", [True, False])
def test_norms_keep_their_statistics_where_asked(
    config_of: Config, start: Callable[..., tuple[object, object]], tmp_path: Path, *, still: bool
) -> None:
    first = trained_in(config_of(), tmp_path / "first", tmp_path)
    model = {"backbone": "tiny", "dimension": 16, "start_from": str(first)}
    config = config_of(model=model, further={"freeze": 1.0, "frozen_norms": still}, seed=5)
    second = trained_in(config, tmp_path / "second", tmp_path)
    begun, ended = (open_run(run).backbone.state_dict() for run in (first, second))
    changed = {name for name, value in ended.items() if not torch.equal(value, begun[name])}
    # The norm belongs to the layers that do not learn, so it stands still either way.
    assert changed == {"layers.4.weight", "layers.4.bias"}
    config = config_of(model=model, further={"frozen_norms": still}, seed=5)
    third = open_run(trained_in(config, tmp_path / "third", tmp_path)).backbone.state_dict()
    assert torch.equal(third["layers.1.running_mean"], begun["layers.1.running_mean"]) is still


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ({"start_from": "nobody"}, "no such run, file or model"),
        ({"start_from": "/nowhere/run"}, "There is no run /nowhere/run"),
        ({"start_from": "yunet_2023mar"}, "is not an embedder"),
        ({"backbone": "tiny"}, 'Set model.backbone to "imported"'),
        ({"dimension": 8}, "Set model.dimension to 16"),
        ({"start_from": "large"}, "is shown arcface160 crops"),
        ({"start_from": "FOREIGN"}, "kinfolk models import"),
    ],
)
def test_what_cannot_be_is_said(
    config_of: Config, models: Path, tmp_path: Path, graph: Path, model: dict[str, object], sentence: str
) -> None:
    put(models, graph, "large", InputSpec(160, 160, crop=Crop.ARCFACE_160))
    (tmp_path / "foreign.onnx").write_bytes(b"no card is of this")
    if model.get("start_from") == "FOREIGN":
        model = {"start_from": str(tmp_path / "foreign.onnx")}
    with pytest.raises(UsageError) as caught:
        finish(find_start(config_of(model=IMPORTED | model).model, tmp_path / "run", models))
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"further": {"hold": 1.0}}, "left out unless"),
        ({"model": IMPORTED | {"start_from": ""}}, "the ONNX file of a model"),
        ({"model": IMPORTED, "further": {"freeze": 1.5}}, "to 1"),
        ({"model": IMPORTED, "further": {"frozen_norms": False}}, "true where model.backbone is imported"),
        ({"model": IMPORTED, "further": {"kept": 0.0}}, "above 0"),
        ({"model": IMPORTED, "further": {"hold": -1.0}}, "0 (none) or more"),
        (
            {"model": {"start_from": "x"}, "further": {"frozen_norms": False, "kept": 0.5}},
            "true where further.kept is below 1",
        ),
        ({"model": IMPORTED, "compatible": {"model": "small", "last_layer_first": 2}}, "a network of ours"),
    ],
)
def test_options_out_of_reason_are_named(config_of: Config, tables: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        config_of(**tables)
    assert sentence in str(caught.value)


def test_a_name_stays_one_and_a_file_is_found_beside_the_recipe(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    (tmp_path / "run").mkdir()
    for named, found in (("small", "small"), ("run", str((tmp_path / "run").resolve()))):
        recipe.write_text(f'[data]\npath = "x"\n[model]\nbackbone = "imported"\nstart_from = "{named}"\n')
        assert load_config(recipe).model.start_from == found
