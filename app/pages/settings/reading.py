"""Which models there are and whether they are here; read in a thread, since whole files are compared."""

from dataclasses import dataclass

from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog, ModelState
from engine.paths import Places
from engine.settings import Settings
from engine.workflows.embedding.in_use import cards_in_use

LIKELY = 0.5
"""From this probability on two faces are called likely the same."""


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model and how its file stands on this machine."""

    card: ModelCard
    state: ModelState


@dataclass(frozen=True, slots=True)
class Installation:
    """All models, those in use, and what this onnxruntime offers, the preferred provider first.

    `likely` is the similarity from which two faces are likely one person, by the embedder in use, and one of
    `strangers` pairs of different people reaches it; None and 0 where its card does not say.
    """

    lines: list[ModelLine]
    detector: str
    embedder: str
    providers: tuple[str, ...]
    likely: float | None = None
    strangers: int = 0


def read_installation(library: Library, places: Places, settings: Settings) -> Installation:
    """Look at every model; slow for large ones."""
    from engine.models.session import provider_names

    catalog = Catalog(places.models)
    lines = [ModelLine(card, catalog.state(card)) for card in catalog.cards()]
    detector, embedder = cards_in_use(library, catalog, settings)
    likely, strangers = None, 0
    if embedder.calibration is not None:
        likely = embedder.calibration.similarity_of(LIKELY)
        strangers = round(1 / max(embedder.calibration.impostor_probability(likely), 1e-9))
    return Installation(lines, detector.name, embedder.name, provider_names(), likely, strangers)
