"""`kinfolk models quantise`: a copy of the model in use, by the faces of the library, and all that is done with it."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from engine.library.library import Library
from engine.library.vectors import face_vectors
from engine.models.card import write_card
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.settings import Settings
from engine.workflows.models import quantising
from tests.portraits import PEOPLE, write_photos

MADE = {"name", "model", "size", "faces", "held_out", "likeness", "speed"}
"""What other programs may count on in `models quantise --json`."""

EXACT = ("--runtime", "openvino", "--precision", "float32")
"""So that the copy is measured against 32-bit numbers whatever else the processor has."""


@pytest.fixture
def faster() -> None:
    """Skip where eight-bit numbers are not known to be faster; without VNNI the copy is made twice."""
    flags = Path("/proc/cpuinfo")
    if not flags.exists() or "avx2" not in flags.read_text() or importlib.util.find_spec("openvino") is None:
        pytest.skip("this needs OpenVINO on a processor with AVX2")


@pytest.mark.usefixtures("faster")
def test_a_copy_is_made_used_and_left(kinfolk, models: Path, tmp_path: Path) -> None:
    for person in PEOPLE:
        write_photos(tmp_path / "album" / person, person, 32)
    assert kinfolk("scan", tmp_path / "album", "--runtime", "onnxruntime").code == 0
    made = kinfolk("models", "quantise", "--json", *EXACT)
    assert made.code == 0, made.err
    assert set(made.json) == MADE
    assert (made.json["name"], made.json["model"]) == ("sface_2021dec_int8", "sface_2021dec")
    assert made.json["faces"] + made.json["held_out"] >= 60
    assert made.json["likeness"] >= 0.99
    copy, model = Catalog(models).card("sface_2021dec_int8"), Catalog(models).default_embedder()
    assert (copy.calibration, copy.space, copy.by_length) == (model.calibration, model.space, model.by_length)
    assert copy.key != model.key
    assert not list(models.glob(".draft-*"))

    again = kinfolk("models", "quantise", "sface_2021dec", *EXACT)
    assert again.code == 2
    assert "There is a model named 'sface_2021dec_int8' already." in again.err
    assert "computes in eight-bit numbers already" in kinfolk("models", "quantise", copy.name).err

    used = kinfolk("models", "use", copy.name, *EXACT)
    assert used.code == 0, used.err
    with Library(tmp_path / "data" / "library.sqlite") as library:
        ours, theirs = (face_vectors(library, card.key) for card in (copy, model))
        assert ours.face_ids.tolist() == theirs.face_ids.tolist()
        likeness = (ours.vectors * theirs.vectors).sum(1)
    assert 0.98 < likeness.mean() < 0.99999, "two spaces, side by side"
    listed = {row["name"]: row for row in kinfolk("models", "list", "--json").json}
    assert listed[copy.name]["in_use"]
    assert listed[copy.name]["faces"] == len(ours.face_ids)
    write_photos(tmp_path / "album" / "later", "hopper", 4)
    assert kinfolk("scan", tmp_path / "album", "--json", *EXACT).json["photos"]["new"] == 4
    assert kinfolk("models", "use", model.name).code == 0
    assert kinfolk("models", "forget", copy.name).code == 0


def test_too_few_faces_and_what_has_no_copy_are_said(kinfolk, models: Path, faces_album: Path) -> None:
    assert kinfolk("scan", faces_album).code == 0
    few = kinfolk("models", "quantise")
    assert few.code == 1
    assert "it takes 60" in few.err
    assert "finds faces" in kinfolk("models", "quantise", "yunet_2023mar").err
    card = Catalog(models).default_embedder()
    write_card(replace(card, name="taught", base=card.name), models / "taught.toml")
    assert "has no network of its own" in kinfolk("models", "quantise", "taught").err
    assert not list(models.glob(".draft-*"))


def test_a_copy_that_is_not_faster_here_or_too_unlike_is_not_kept(
    kinfolk, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in PEOPLE:
        write_photos(tmp_path / "album" / person, person, 32)
    assert kinfolk("scan", tmp_path / "album", "--runtime", "onnxruntime").code == 0
    refused = kinfolk("models", "quantise", "--runtime", "onnxruntime")
    assert refused.code == 1
    assert "was not kept: here it is 0." in refused.err
    monkeypatch.setattr(quantising, "FASTER", 0.0)
    monkeypatch.setattr(quantising, "LEAST_LIKENESS", 1.0)
    refused = kinfolk("models", "quantise", "--runtime", "onnxruntime")
    assert refused.code == 1
    assert "was not kept: its vectors have a likeness of 0.99" in refused.err
    _give_up(tmp_path / "data", models)
    assert "sface_2021dec_int8" not in {card.name for card in Catalog(models).cards()}
    assert not list(models.glob("*int8*"))
    assert not list(models.glob(".draft-*"))


def _give_up(data: Path, models: Path) -> None:
    """Begin a copy and end it while it is being made, which is told all the time."""
    with Library(data / "library.sqlite") as library:
        steps = quantising.quantise_model(library, Catalog(models).default_embedder(), Places(data), Settings())
        told = (progress for progress in steps if progress.stage == "quantise")
        assert [next(told).done for _ in range(3)] == [0, 0, 0]
        told.close()
        steps.close()
