import numpy as np
import pytest

from engine.by_length import ByLength
from engine.errors import ModelError
from engine.models.card import load_card, write_card
from engine.models.catalog import Catalog

MEANS = ByLength(nothing=7.5, whole=9.0)


def test_a_short_vector_takes_quality_away_and_an_unknown_one_nothing():
    lengths = np.array([4, 7.5, 8.25, 9, 14, np.nan], np.float32)
    found = MEANS.quality(np.full(6, 0.8, np.float32), lengths)
    np.testing.assert_allclose(found, [0, 0, 0.4, 0.8, 0.8, 0.8], atol=1e-6)
    assert found.dtype == np.float32
    assert MEANS.doubts(lengths).tolist() == [True, True, False, False, False, False]


def test_a_card_says_it_and_refuses_lengths_the_wrong_way_round(tmp_path):
    card = Catalog(tmp_path).default_embedder()
    assert card.by_length is not None
    path = tmp_path / "own.toml"
    write_card(card, path)
    assert load_card(path).by_length == card.by_length
    path.write_text(path.read_text().replace(f"whole = {card.by_length.whole}", "whole = 1.0"))
    with pytest.raises(ModelError, match=r"by_length\.whole"):
        load_card(path)
