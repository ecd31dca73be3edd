"""Another model is used, left and forgotten from the page of settings."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.shell.main_window import MainWindow
from app.widgets.goodbye import Goodbye
from engine.library.models import FaceVector, embedder_name, photos_to_embed, store_vectors, vector_counts
from engine.models.card import ModelCard, write_card
from engine.models.catalog import Catalog
from tests.app.hand import LEFT
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


def answer(hand: SettingsHand, *, yes: bool) -> None:
    """Press a button of the question that opens."""
    hand.wait_until(lambda: isinstance(QApplication.activeModalWidget(), Goodbye))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Goodbye)
    hand.qtbot.mouseClick(dialog.go if yes else dialog.keep, LEFT)


def test_a_model_is_used_after_a_question_and_forgotten(
    mine: ModelCard, open_settings: Callable[[], SettingsHand], settle: Callable[[], None]
) -> None:
    settle()
    hand = open_settings()
    library, models = hand.window.context.library, hand.page.models
    hand.choose_model("sface_2021dec")
    assert not models.use_button.isEnabled(), "it is in use"
    hand.choose_model("yunet_2023mar")
    assert not models.use_button.isEnabled(), "it compares nothing"

    hand.choose_model("mine")
    hand.qtbot.mouseClick(models.use_button, LEFT)
    answer(hand, yes=False)
    hand.settle()
    assert embedder_name(library) is None
    hand.qtbot.mouseClick(models.use_button, LEFT)
    answer(hand, yes=True)
    hand.wait_until(lambda: embedder_name(library) == "mine")
    hand.wait_until(lambda: [line[4] for line in hand.models() if line[0] == "mine"] == ["in use"])
    assert hand.window.context.embedder() == mine

    hand.choose_model("sface_2021dec")
    hand.wait_until(models.forget_button.isEnabled)
    hand.qtbot.mouseClick(models.forget_button, LEFT)
    answer(hand, yes=True)
    hand.wait_until(lambda: set(vector_counts(library)) == {mine.key})
