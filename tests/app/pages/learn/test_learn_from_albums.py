"""Learning, from the first look at the page to using what was learnt and going back."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from engine.geometry import Box
from engine.learning.gate import refusal
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.models import embedder_name
from engine.library.queries import people_names, unsorted_face_rows
from engine.models.catalog import Catalog
from engine.models.learned import Gain, Gains
from engine.models.learnt_cards import learnt_cards
from engine.workflows.learning.taught import Taught
from tests.app.conftest import SCAN_MS
from tests.app.drawn import DrawnLibrary
from tests.app.hand import Key
from tests.app.pages.learn.hand import LearnHand
from tests.engine.workflows.learning.conftest import said

Open = Callable[..., LearnHand]


def test_what_is_missing_is_said(open_learn: Open) -> None:
    hand = open_learn(3)
    start = hand.page.start
    assert start.standing.text() == "5 people with 6 confirmed faces on 2 days are needed; you have 3."
    assert not start.adapter_button.isEnabled()
    assert not start.network_button.isEnabled()


def test_somebody_who_nearly_suffices_is_named(open_learn: Open, drawn: DrawnLibrary, settle) -> None:
    hand = open_learn(1)
    few = drawn.faces[1][:3]
    edits.split_off(drawn.library, few, "Bo")
    settle()
    assert "Bo: 3 faces" in hand.page.start.almost.text()


def test_nobody_named_leads_to_people(open_learn: Open) -> None:
    hand = open_learn(0)
    assert hand.page.trouble.isVisible()
    hand.click_button(hand.page.trouble, "To people")
    assert hand.here is not None
    assert hand.here.page == "people"


def test_what_is_learnt_is_applied_used_and_left_with_the_keys(open_learn: Open, drawn: DrawnLibrary) -> None:
    hand = open_learn()
    page, library = hand.page, drawn.library
    before = said(library)
    hand.learn()
    assert page.verdict.headline.text().startswith("A measurable gain")
    assert page.start.curves.isVisible()
    assert len({point.round for point in page.start.curves.points}) > 1
    assert "Pairs told right" in page.start.curves.accessibleDescription()
    assert page.verdict.fixed.isVisible()
    assert said(library) == before
    assert embedder_name(library) is None
    assert page.verdict.apply_button.hasFocus()
    hand.press(Key.Key_Space)
    assert embedder_name(library) == "sface_2021dec_mine"
    assert "nobody was moved" in hand.said
    (line,) = hand.lines()
    assert line.startswith("In use")
    assert not page.verdict.isVisible()
    page.history.back_button.setFocus()
    hand.press(Key.Key_Space)
    assert embedder_name(library) == "sface_2021dec"
    assert not hand.lines()[0].startswith("In use")
    page.history.use_button.setFocus()
    hand.press(Key.Key_Space)
    assert embedder_name(library) == "sface_2021dec_mine"
    assert said(library) == before


def test_the_old_one_is_kept(open_learn: Open, drawn: DrawnLibrary) -> None:
    hand = open_learn()
    hand.learn()
    hand.click_button(hand.page.verdict, "Keep the old one")
    assert not hand.page.verdict.isVisible()
    assert embedder_name(drawn.library) is None
    assert not learnt_cards(Catalog(hand.window.context.places.models))


def test_learning_is_stopped_with_escape(open_learn: Open, drawn: DrawnLibrary) -> None:
    hand = open_learn()
    before = said(drawn.library)
    hand.page.start.adapter_button.setFocus()
    hand.strike(Key.Key_Space)
    assert hand.page.start.stop_button.isEnabled()
    hand.strike(Key.Key_Escape)
    hand.wait_until(lambda: hand.page.job is None, SCAN_MS)
    hand.settle()
    assert hand.page.start.said.text() == "Stopped. Nothing has changed."
    assert hand.page.start.adapter_button.isEnabled()
    assert not hand.page.verdict.isVisible()
    assert said(drawn.library) == before


def test_the_window_closes_while_something_is_learnt(open_learn: Open, window: MainWindow) -> None:
    hand = open_learn()
    hand.page.start.adapter_button.setFocus()
    hand.strike(Key.Key_Space)
    window.close()
    QApplication.processEvents()
    assert not list(window.context.places.models.glob("*"))


def test_folders_name_people_as_one_edit(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    person = add_album(drawn, "Zoe Ada", 5)
    settle()
    hand = LearnHand(window, qtbot, settle)
    (proposal,) = hand.page.albums.ticked()
    assert (proposal.name, proposal.person) == ("Zoe Ada", person)
    hand.page.albums.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not hand.page.albums.button.isEnabled()
    hand.page.albums.list.item(0).setCheckState(Qt.CheckState.Checked)
    hand.page.albums.button.setFocus()
    hand.press(Key.Key_Space)
    assert people_names(drawn.library)[person] == "Zoe Ada"
    assert not hand.page.albums.ticked()
    hand.undo()
    assert people_names(drawn.library).get(person) is None
    assert len(hand.page.albums.ticked()) == 1


def add_album(drawn: DrawnLibrary, name: str, count: int) -> int:
    """Add photos of one more person in a folder of this name, and return the person."""
    names = [f"{name}/{number}.png" for number in range(count)]
    photos = start_photos(drawn.library, drawn.folder_id, [(each, 1, 1) for each in names])
    card = Catalog(drawn.library.path.parent / "models").default_embedder()
    vector = np.ones(card.dimension, np.float32) / np.float32(card.dimension**0.5)
    face = ScannedFace(Box(0.1, 0.1, 0.3, 0.4), np.zeros((5, 2), np.float32), 0.9, 0.9, vector)
    rest = (400, 300, None, "yunet_2023mar", (face,), card.key)
    store_scans(drawn.library, [PhotoScan(photos[each], 1, 1, each.encode(), *rest) for each in names])
    faces = [row.face for row in unsorted_face_rows(drawn.library) if row.photo_id in photos.values()]
    (person,) = assign_faces(drawn.library, Assignments(groups=[faces])).people
    assert person is not None
    return person


def test_what_is_not_used_is_told_why(open_learn: Open) -> None:
    verdict = open_learn().page.verdict
    same, better = Gain(1.0, 1.0, 0.0, 0.0), Gain(0.6, 0.8, 0.1, 0.3)
    found = Gains(same, better, same, same)
    card = Catalog(Path()).default_embedder()
    verdict.show_taught(Taught(card, found, "adapter", 14, 112, (), (), refusal=refusal(found)))
    assert verdict.headline.text() == "No measurable gain; nothing changes"
    assert verdict.why.isVisible()
    assert "told apart already" in verdict.why.text()
    assert not verdict.apply_button.isVisible()
    verdict.show_taught(Taught(card, found, "adapter", 14, 112, (), (), card))
    assert not verdict.why.isVisible()
