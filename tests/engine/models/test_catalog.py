from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.library.vector_keys import SFACE
from engine.models.card import ColourOrder, Decoder, ModelKind, write_card
from engine.models.catalog import Catalog, ModelState


def test_the_defaults_are_the_two_of_the_design(tmp_path: Path) -> None:
    detector, embedder = Catalog(tmp_path).defaults()
    assert detector.name == "yunet_2023mar"
    assert detector.sha256 == "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
    assert (detector.kind, detector.decoder, detector.licence) == (ModelKind.DETECTOR, Decoder.YUNET, "MIT")
    assert embedder.name == "sface_2021dec"
    assert embedder.sha256 == "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79"
    assert (embedder.kind, embedder.dimension, embedder.licence) == (ModelKind.EMBEDDER, 128, "Apache-2.0")
    assert embedder.calibration is not None
    assert 0.3 < embedder.calibration.similarity_at(1e-3) < 0.45


def test_the_defaults_can_be_fetched_from_two_places(tmp_path: Path) -> None:
    assert all(len(card.sources) >= 2 for card in Catalog(tmp_path).defaults())


def test_cards_in_the_folder_are_added(tmp_path: Path) -> None:
    own = replace(Catalog(tmp_path).default_embedder(), name="mine", file="mine.onnx")
    write_card(own, tmp_path / "mine.toml")
    catalog = Catalog(tmp_path)
    assert catalog.card("mine") == own
    shipped = ["auraface_v1", "auraface_v1_fal", "facenet_keras", "sface_2021dec", "yunet_2023mar"]
    assert [card.name for card in catalog.cards()] == [*shipped, "mine"]
    assert catalog.path(own) == tmp_path / "mine.onnx"


def test_a_name_can_be_taken_once(tmp_path: Path) -> None:
    other = replace(Catalog(tmp_path).default_embedder(), sha256="0" * 64)
    write_card(other, tmp_path / "again.toml")
    catalog = Catalog(tmp_path)
    assert catalog.default_embedder() != other
    (warning,) = catalog.warnings
    assert "again.toml takes the name 'sface_2021dec' a second time" in warning


def test_a_card_that_says_more_of_a_shipped_file_takes_its_place(tmp_path: Path) -> None:
    measured = replace(Catalog(tmp_path).default_embedder(), calibration=None)
    write_card(measured, tmp_path / "sface_2021dec.toml")
    assert Catalog(tmp_path).default_embedder() == measured
    assert not Catalog(tmp_path).warnings


def test_a_broken_card_hides_only_itself(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text('name = "broken"\n')
    catalog = Catalog(tmp_path)
    assert catalog.default_embedder().name == "sface_2021dec"
    (warning,) = catalog.warnings
    assert "broken.toml" in warning
    with pytest.raises(UsageError, match="broken"):
        catalog.card("broken")


def test_vectors_are_named_after_the_file_and_how_it_is_used(tmp_path: Path) -> None:
    card = Catalog(tmp_path).default_embedder()
    assert card.key == SFACE[1], "else a migrated library would be embedded anew"
    others = [
        replace(card, sha256="0" * 64),
        replace(card, input=replace(card.input, order=ColourOrder.BGR)),
        replace(card, input=replace(card.input, flip=True)),
    ]
    assert len({card.key, *(other.key for other in others)}) == 4
    assert replace(card, licence="other", calibration=None).key == card.key


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="sface_2021dec, yunet_2023mar"):
        Catalog(tmp_path).card("nobody")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "none")
    assert catalog.state(catalog.default_detector()) is ModelState.MISSING


def test_states(models_dir: Path, tmp_path: Path) -> None:
    card = Catalog(tmp_path).default_detector()
    good = (models_dir / card.file).read_bytes()
    catalog = Catalog(tmp_path)
    for data, state in [
        (good, ModelState.READY),
        (good[:-1], ModelState.DAMAGED),
        (good[:-1] + b"!", ModelState.DAMAGED),
        (b"", ModelState.DAMAGED),
    ]:
        catalog.path(card).write_bytes(data)
        assert catalog.state(card) is state
