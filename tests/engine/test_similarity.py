from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.models.catalog import Catalog
from engine.models.chosen import calibration_of
from engine.similarity import Calibration

TAIL = ((0.1, 0.5), (0.3, 0.01), (0.4, 0.001))


def test_no_similarity_overflows() -> None:
    steep = Calibration(TAIL, 1e6, -2e5)
    assert steep.same_probability(-1.0) == 0.0
    assert steep.same_probability(1.0) == 1.0
    assert steep.impostor_probability(1.0) >= 0.0
    assert steep.impostor_probability(-1.0) == pytest.approx(0.5)


def test_a_card_s_figures_make_sense() -> None:
    assert Calibration(TAIL, 33.0, -10.9).complaint() == ""


@pytest.mark.parametrize(
    ("slope", "intercept", "words"),
    [
        (4000.0, -3990.0, "nearly the same similarity"),
        (33.0, 900.0, "nearly the same similarity"),
        (33.0, -3.0, "more than 20% of pairs"),
        (33.0, -40.0, "more than 20% of pairs"),
    ],
)
def test_what_makes_no_sense_is_refused(slope: float, intercept: float, words: str, tmp_path: Path) -> None:
    calibration = Calibration(TAIL, slope, intercept)
    assert words in calibration.complaint()
    card = replace(Catalog(tmp_path).default_embedder(), calibration=calibration, space=None)
    with pytest.raises(ModelError, match="makes no sense"):
        calibration_of(card)


def test_few_people_make_it_provisional() -> None:
    assert Calibration(TAIL, 33.0, -10.9, people=12).provisional
    assert not Calibration(TAIL, 33.0, -10.9, people=200).provisional
    assert not Calibration(TAIL, 33.0, -10.9).provisional
