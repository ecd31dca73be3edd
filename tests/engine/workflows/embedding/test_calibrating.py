"""What similarities mean is measured on confirmed people, and again by itself when they are twice as many."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import ModelError
from engine.library.edits import name_person
from engine.models.card import ModelCard, load_card
from engine.workflows.embedding.calibrating import keep_calibration, measured_again, measured_on_library


def confirm(photos: Any, people: range) -> None:
    """Photos with one face each of these people, three of everybody, who are named after their numbers."""
    photos.add([[who] for who in people for _ in range(3)])
    photos.grow()
    for who in people:
        for person in photos.people_of(who) - {None}:
            name_person(photos.library, person, f"Person {who}")


def test_a_provisional_calibration_is_measured_again_when_people_are_more(photos: Any, tmp_path: Path) -> None:
    unmeasured: ModelCard = replace(photos.card, calibration=None)
    confirm(photos, range(12))
    first = measured_on_library(photos.library, unmeasured)
    assert first.confirmed
    assert first.card.calibration is not None
    assert first.card.calibration.provisional
    keep_calibration(first.card, tmp_path)

    confirm(photos, range(12, 20))
    assert measured_again(photos.library, first.card, tmp_path) == first.card, "20 are not twice as many as 12"
    confirm(photos, range(20, 30))
    again = measured_again(photos.library, first.card, tmp_path)
    assert again.calibration is not None
    assert again.calibration.people == 30
    assert again.key == first.card.key, "the vectors stay in their space"
    assert load_card(tmp_path / f"{again.name}.toml") == again, "and it is written down"
    assert measured_again(photos.library, photos.card, tmp_path) == photos.card, "a firm one stays"


def test_too_few_people_are_said(photos: Any) -> None:
    confirm(photos, range(4))
    with pytest.raises(ModelError, match="4 people with two faces or more are too few"):
        measured_on_library(photos.library, photos.card)
