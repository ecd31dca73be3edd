from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.by_quality import ByQuality, improves
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


ROWS = ((0.0, 0.8, -2.0, 4.0, -1.3), (0.8, 1.0, -3.0, 14.0, -2.0), (1.0, 1.0, -6.0, 14.0, -2.0))
PLAIN = Calibration(TAIL, 33.0, -10.9)
GRADED = replace(PLAIN, by_quality=ByQuality(ROWS, faces=-0.5))
ALIKE = np.linspace(0, 0.6, 13)


def test_without_figures_by_quality_only_similarity_counts() -> None:
    expected = [PLAIN.same_probability(float(one)) for one in ALIKE]
    assert PLAIN.probability(ALIKE, 0.1, 0.2, 50) == pytest.approx(expected)


def test_a_bad_face_is_no_stranger_because_it_is_less_like_its_person() -> None:
    middling = np.array([0.25])
    assert GRADED.probability(middling, 0.1, 1.0) > GRADED.probability(middling, 1.0, 1.0)


def test_two_bad_faces_are_alike_because_they_are_bad() -> None:
    alike = np.array([0.45])
    assert GRADED.probability(alike, 0.05, 0.05) < GRADED.probability(alike, 0.05, 1.0)
    assert GRADED.probability(alike, 0.05, 0.05) < GRADED.probability(alike, 1.0, 1.0)


@pytest.mark.parametrize(("quality", "other"), [(0.0, 0.0), (0.1, 0.9), (0.5, 0.6), (1.0, 1.0)])
def test_more_similar_is_more_likely_whichever_side_is_first(quality: float, other: float) -> None:
    likely = GRADED.probability(ALIKE, quality, other, 3)
    assert (np.diff(likely) >= 0).all()
    assert likely == pytest.approx(GRADED.probability(ALIKE, other, quality, 3))


def test_more_is_asked_of_a_mean_of_many_faces() -> None:
    one, few, many, most = (GRADED.probability(np.array([0.4]), 1.0, 1.0, count)[0] for count in (1, 3, 12, 500))
    assert one > few > many == most


@pytest.mark.parametrize("rows", [(), ROWS[1:], ROWS[:-1], ROWS[::-1], ((0.0, -1.0, 0.0, 1.0, 0.0), ROWS[-1])])
def test_rows_that_make_no_sense_are_refused(rows: tuple[tuple[float, float, float, float, float], ...]) -> None:
    assert not improves(rows)


def test_the_shipped_card_says_it_by_quality(tmp_path: Path) -> None:
    assert calibration_of(Catalog(tmp_path).default_embedder()).by_quality is not None
