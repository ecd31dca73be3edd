"""Which models there are and whether they are here; read in a thread, since whole files are compared."""

from dataclasses import dataclass

from engine.library.library import Library
from engine.library.models import vector_counts
from engine.models.card import ModelCard
from engine.models.catalog import Catalog, ModelState
from engine.paths import Places
from engine.settings import Settings
from engine.workflows.embedding.in_use import cards_in_use, lacking

LIKELY = 0.5
"""From this probability on two faces are called likely the same."""


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model, how its file stands on this machine, whether it is in use, and how many faces have a vector of it."""

    card: ModelCard
    state: ModelState
    used: bool
    faces: int


@dataclass(frozen=True, slots=True)
class Installation:
    """All models, those in use, and what this onnxruntime offers, the preferred provider first.

    `lacking` faces have no vector of the embedder in use; `warnings` are sentences about cards that are hidden.
    `likely` is the similarity from which two faces are likely one person, by the embedder in use, and one of
    `strangers` pairs of different people reaches it; None and 0 where its card does not say.
    """

    lines: list[ModelLine]
    detector: str
    embedder: str
    providers: tuple[str, ...]
    lacking: int = 0
    warnings: tuple[str, ...] = ()
    likely: float | None = None
    strangers: int = 0


def read_installation(library: Library, places: Places, settings: Settings) -> Installation:
    """Look at every model; slow for large ones."""
    from engine.models.session import provider_names

    catalog = Catalog(places.models)
    detector, embedder = cards_in_use(library, catalog, settings)
    counted = vector_counts(library)
    lines = [
        ModelLine(card, catalog.state(card), card in (detector, embedder), counted.get(card.key, 0))
        for card in catalog.cards()
    ]
    likely, strangers = None, 0
    if embedder.calibration is not None:
        likely = embedder.calibration.similarity_of(LIKELY)
        strangers = round(1 / max(embedder.calibration.impostor_probability(likely), 1e-9))
    waiting = lacking(library, embedder).faces
    names = detector.name, embedder.name
    return Installation(lines, *names, provider_names(), waiting, catalog.warnings, likely, strangers)
