"""What the card of a network that was trained further says of its similarities."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.clustering.calibrate import measure_calibration
from engine.learning.gate import Judged
from engine.learning.judging import Placed
from engine.models.catalog import Catalog
from engine.models.learned import Gain, Gains, Learned
from engine.workflows.learning.network_card import measured_card
from tests.engine.learning.drawn_people import drawn_album

LEARNED = Learned("2026-01-01T12:00:00+00:00", 2, "network", "m", (1, 2), 24, Gains(*[Gain(0.5, 0.6, 0.05, 0.15)] * 4))


def test_vectors_as_they_are_stored_and_where_they_are_placed_mean_what_they_do_each() -> None:
    draft = Catalog(Path("nowhere")).default_embedder()
    assert draft.space is not None
    stored, after = drawn_album(people=8, nuisance=0.8), drawn_album(people=8, nuisance=0.1)
    rows = np.arange(len(after.people))
    halves = rows[::2], rows[1::2]
    found = Judged(*(Placed(half, after.people[half], *[after.vectors[half]] * 2) for half in halves))
    card = measured_card(draft, found, stored.vectors, LEARNED)
    order = np.concatenate(halves)
    there = measure_calibration(after.vectors[order], after.people[order])
    assert card.space == replace(draft.space, calibration=there)
    assert card.calibration == measure_calibration(stored.vectors[order], after.people[order])
    assert card.calibration != there
    assert card.learned == LEARNED
