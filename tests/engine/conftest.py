"""What tests of models and of faces share: seeded numbers, and cards for files that lie somewhere."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from engine.models.card import Decoder, InputSpec, ModelCard


@pytest.fixture
def rng() -> np.random.Generator:
    """The same random numbers in every run."""
    return np.random.default_rng(7)


@pytest.fixture
def card_of():
    """Return a function that makes the card of a model file that lies somewhere."""

    def make(path: Path, decoder: Decoder, spec: InputSpec, dimension: int = 0) -> ModelCard:
        data = path.read_bytes()
        return ModelCard(
            name="foreign",
            kind=decoder.kind,
            decoder=decoder,
            file=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            licence="none",
            origin="this test",
            input=spec,
            dimension=dimension,
        )

    return make
