"""The card of a network that was trained further."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.clustering.calibrate import measure_calibration
from engine.faces.embed import Embeddings
from engine.learning.gate import Judged
from engine.models.card import Layout, ModelCard
from engine.models.drafts import card_like
from engine.models.learned import Learned

TRAINED = "private: trained on its user's own photos"


def draft_card(ground: ModelCard, name: str, folder: Path) -> ModelCard:
    """Return the card of the graph NAME.onnx in the folder, as far as it is known before it is judged."""
    return replace(
        card_like(ground, name, (folder / f"{name}.onnx").read_bytes()),
        licence=f"{TRAINED}; begun with {ground.name}: {ground.licence}",
        origin=f"trained here with Kinfolk: {ground.name}, trained further",
        input=replace(ground.input, layout=Layout.NCHW),
    )


def measured_card(draft: ModelCard, found: Judged, stored: Embeddings, learned: Learned) -> ModelCard:
    """Return the card with what was learnt, and what similarities mean, measured on faces not learnt from.

    `stored` (n, d) are the vectors of the album's faces as the library would hold them: a scan asks what their
    similarities mean, beside what they mean where the card's space places them. The space's mean face, look and what it
    says of children are those of the model that this one was held to; no quality of faces has a part in either.
    """
    rows = np.concatenate([found.unseen.rows, found.strangers.rows])
    calibration = measure_calibration(stored[rows], np.concatenate([found.unseen.people, found.strangers.people]))
    space = None if draft.space is None else replace(draft.space, calibration=found.calibration())
    return replace(draft, calibration=calibration, space=space, learned=learned)
