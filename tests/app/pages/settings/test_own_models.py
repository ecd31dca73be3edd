"""Another model is used, left and forgotten from the page of settings."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from app.widgets.label import Label
from engine.library.clusters import Assignments, assign_faces
from engine.library.models import (
    FaceVector,
    embedder_name,
    forget_vectors,
    photos_to_embed,
    store_vectors,
    use_embedder,
    vector_counts,
)
from engine.library.queries import unsorted_face_rows
from engine.models.card import ModelCard, write_card
from engine.models.catalog import Catalog, ModelState
from engine.models.import_sources import looks_like_model
from tests.app.conftest import SCAN_MS, draw_picture, outcomes_of
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import LEFT, NONE
from tests.app.pages.settings.hand import SettingsHand


@pytest.fixture
def mine(window: MainWindow, shared_data: Path) -> ModelCard:
    """A model whose file is here, and vectors of it for every face."""
    context = window.context
    folder = context.places.models
    folder.mkdir(parents=True, exist_ok=True)
    file = shutil.copy(shared_data / "models" / "mobilefacenet_128_arcface.onnx", folder / "mine.onnx")
    data = Path(file).read_bytes()
    like = Catalog(folder).default_embedder()
    card = replace(
        like, name="mine", file="mine.onnx", sha256=hashlib.sha256(data).hexdigest(), size=len(data), sources=()
    )
    write_card(card, folder / "mine.toml")
    rng = np.random.default_rng(2)
    vectors = []
    for photo in photos_to_embed(context.library, card.key):
        for face in photo.faces:
            drawn = rng.normal(size=128).astype(np.float32)
            vectors.append(FaceVector(face.face_id, photo.content_hash or b"", drawn / np.linalg.norm(drawn)))
    assert store_vectors(context.library, card.key, vectors).faces
    return card


def answer(hand: SettingsHand, *, yes: bool) -> list[str]:
    """Press a button of the question that opens, and return what it says."""
    hand.wait_until(lambda: isinstance(QApplication.activeModalWidget(), Goodbye))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Goodbye)
    said = [label.text() for label in dialog.findChildren(Label)]
    hand.qtbot.mouseClick(dialog.go if yes else dialog.keep, LEFT)
    return said


def drop(hand: SettingsHand, *paths: Path) -> bool:
    """Drop files or folders on the page; return whether it takes them."""
    data, middle = QMimeData(), hand.page.rect().center()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(hand.page, enter)
    if enter.isAccepted():
        dropped = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(hand.page, dropped)
    return enter.isAccepted()


def test_a_model_is_used_after_a_question_and_forgotten(
    mine: ModelCard, open_settings: Callable[[], SettingsHand], settle: Callable[[], None], drawn: DrawnLibrary
) -> None:
    name_people(drawn, "Ada")
    strays = [row.face for row in unsorted_face_rows(drawn.library)]
    assign_faces(drawn.library, Assignments(dict.fromkeys(strays, drawn.people[0])))
    settle()
    hand = open_settings()
    library, models = hand.window.context.library, hand.page.models
    hand.choose_model("sface_2021dec")
    assert not models.use_button.isEnabled(), "it is in use"
    hand.choose_model("yunet_2023mar")
    assert not models.use_button.isEnabled(), "it compares nothing"

    hand.choose_model("mine")
    hand.qtbot.mouseClick(models.use_button, LEFT)
    said = answer(hand, yes=False)
    assert "3 faces of Ada would be unsorted" in said, "who would move, those with a name first"
    hand.settle()
    assert embedder_name(library) is None
    hand.qtbot.mouseClick(models.use_button, LEFT)
    answer(hand, yes=True)
    hand.wait_until(lambda: embedder_name(library) == "mine")
    hand.wait_until(lambda: [line[1] for line in hand.models() if line[0] == "mine"] == ["in use"])
    assert hand.window.context.embedder() == mine
    assert "mine is in use; nobody was moved" in hand.said
    assert [line[0] for line in hand.models()][:2] == ["mine", "YuNet: quick, also for small faces"], (
        "those in use first"
    )

    hand.choose_model("sface_2021dec")
    hand.wait_until(models.forget_button.isEnabled)
    hand.qtbot.mouseClick(models.forget_button, LEFT)
    answer(hand, yes=True)
    hand.wait_until(lambda: set(vector_counts(library)) == {mine.key})


def test_a_copy_in_eight_bits_is_offered_for_networks_and_says_what_it_lacks(
    mine: ModelCard, open_settings: Callable[[], SettingsHand], window: MainWindow
) -> None:
    folder = window.context.places.models
    write_card(replace(mine, name="taught", base="mine"), folder / "taught.toml")
    write_card(replace(mine, name="rounded", quantised="mine"), folder / "rounded.toml")
    hand = open_settings()
    button = hand.page.models.quantise_button
    for name in ("yunet_2023mar", "taught", "rounded"):
        hand.choose_model(name)
        assert not button.isEnabled(), name
    hand.choose_model("mine")
    hand.qtbot.mouseClick(button, LEFT)
    hand.wait_until(lambda: "it takes 60" in hand.said)
    assert not list(folder.glob(".draft-*"))


def test_what_using_a_model_takes_is_said_before_photos_are_read(
    mine: ModelCard, open_settings: Callable[[], SettingsHand], settle: Callable[[], None], drawn: DrawnLibrary
) -> None:
    lacking = forget_vectors(drawn.library, mine.name)
    settle()
    hand = open_settings()
    hand.choose_model("mine")
    hand.qtbot.mouseClick(hand.page.models.use_button, LEFT)
    hand.wait_until(lambda: f"Making vectors of mine for {lacking} faces in" in hand.said)
    answer(hand, yes=False)
    hand.settle()
    assert embedder_name(drawn.library) is None


def test_a_model_is_added_by_dropping_its_file_or_folder(
    open_settings: Callable[[], SettingsHand], shared_data: Path, tmp_path: Path, settle: Callable[[], None]
) -> None:
    settle()
    pack = tmp_path / "buffalo_s"
    pack.mkdir()
    shutil.copy(shared_data / "models" / "det_500m.onnx", pack)
    hand = open_settings()
    assert not looks_like_model(tmp_path), "a folder of photos is the window's, which scans it"
    assert drop(hand, pack)
    hand.wait_until(lambda: "non-commercial research only" in hand.said)
    assert drop(hand, shared_data / "models" / "det_2.5g.onnx")
    hand.wait_until(lambda: "det_2.5g" in [line[0] for line in hand.models()])
    current = hand.page.models.current()
    assert current is not None
    assert current.card.name == "det_2.5g", "the one that was added is chosen"
    assert {"buffalo_s_det_500m", "det_2.5g"} <= {line[0] for line in hand.models()}


def test_the_lost_file_of_the_model_in_use_is_put_back_by_dropping_it(
    mine: ModelCard, open_settings: Callable[[], SettingsHand], settle: Callable[[], None], tmp_path: Path
) -> None:
    settle()
    hand = open_settings()
    context = hand.window.context
    use_embedder(context.library, mine.name)
    kept = shutil.move(context.places.models / mine.file, tmp_path / "kept.onnx")
    assert drop(hand, Path(kept))
    hand.wait_until(lambda: "This file is known as mine" in hand.said)
    assert "Not in use yet" not in hand.said
    assert Catalog(context.places.models).state(mine) is ModelState.READY


def test_photos_that_waited_for_a_model_are_read_as_soon_as_its_file_is_back(
    mine: ModelCard,
    open_settings: Callable[[], SettingsHand],
    drawn: DrawnLibrary,
    models_dir: Path,
    tmp_path: Path,
) -> None:
    hand = open_settings()
    context, models = hand.window.context, hand.window.context.places.models
    for file in ("face_detection_yunet_2023mar.onnx", "face_recognition_sface_2021dec.onnx"):
        shutil.copy(models_dir / file, models / file)
    kept = shutil.move(models / mine.file, tmp_path / mine.file)
    use_embedder(drawn.library, mine.name)
    draw_picture(drawn.folder / "new.png", 1)
    refused: list[object] = []
    context.scanning.failed.connect(lambda _, error: refused.append(error))
    context.scanning.scan([drawn.folder])
    hand.wait_until(lambda: bool(refused))
    seen = outcomes_of(context)
    assert drop(hand, Path(kept))
    hand.qtbot.waitUntil(lambda: bool(seen), timeout=SCAN_MS)
    assert seen[0].summary.photos.new == 1
