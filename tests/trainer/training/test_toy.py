import numpy as np
import pytest

from engine.errors import UsageError
from engine.progress import finish
from trainer.losses import LOSSES
from trainer.plots import png
from trainer.toy import load_digits, run_toy


def test_digits_are_split_alike() -> None:
    train, test = load_digits(seed=0)
    assert train.pictures.shape[1:] == (1, 28, 28)
    assert len(train.labels) + len(test.labels) == 1797
    assert float(train.pictures.min()) == -1.0
    assert float(train.pictures.max()) <= 1.0
    shares = np.bincount(test.labels) / np.bincount(train.labels)
    assert np.ptp(shares) < 0.05


def test_features_part_the_digits_and_are_drawn() -> None:
    result = finish(run_toy("softmax", {}, steps=25, seed=0))
    assert result.accuracy > 0.4
    assert result.train[0].shape == (len(result.train[1]), 2)
    assert png(result.draw("softmax")).startswith(b"\x89PNG")


def test_wrong_options_are_named() -> None:
    with pytest.raises(UsageError, match="arcface"):
        finish(run_toy("arcface", {"q": 3}, steps=1, seed=0))
    with pytest.raises(UsageError, match="'nothing'"):
        finish(run_toy("nothing", {}, steps=1, seed=0))
    assert "center" in LOSSES
