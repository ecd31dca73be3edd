"""Which models there are and whether they are here; read in a thread, since whole files are compared."""

from dataclasses import dataclass

from engine.library.library import Library
from engine.library.models import vector_counts
from engine.models.card import ModelCard
from engine.models.catalog import Catalog, ModelState
from engine.models.runtimes.running import Running
from engine.paths import Places
from engine.settings import Settings
from engine.workflows.embedding.in_use import ages_card, cards_in_use

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
    """All models, those in use, and what runs them.

    `runtimes` are those that are installed, `providers` the devices that this onnxruntime offers, the best one first;
    `way` says how the embedder in use runs where that is left to a measurement, empty where nothing was measured yet.
    `warnings` are sentences about cards that are hidden.
    `likely` is the similarity from which two faces are likely one person, by the embedder in use, and one of
    `strangers` pairs of different people reaches it; None and 0 where its card does not say.
    """

    lines: list[ModelLine]
    detector: str
    embedder: str
    runtimes: tuple[str, ...]
    providers: tuple[str, ...]
    way: str = ""
    warnings: tuple[str, ...] = ()
    likely: float | None = None
    strangers: int = 0


def read_installation(library: Library, places: Places, settings: Settings) -> Installation:
    """Look at every model; slow for large ones."""
    from engine.models.runtimes.offered import installed
    from engine.models.session import provider_names
    from engine.workflows.models.benching import benched

    catalog = Catalog(places.models)
    detector, embedder = cards_in_use(library, catalog, settings)
    used = (detector, embedder, ages_card(library, catalog))
    counted = vector_counts(library)
    lines = [ModelLine(card, catalog.state(card), card in used, counted.get(card.key, 0)) for card in catalog.cards()]
    likely, strangers = None, 0
    if embedder.calibration is not None:
        likely = embedder.calibration.similarity_of(LIKELY)
        strangers = round(1 / max(embedder.calibration.impostor_probability(likely), 1e-9))
    names = detector.name, embedder.name
    measured = benched(embedder, places.models, Running())
    way = str(measured.way) if measured is not None else ""
    there = tuple(installed())
    return Installation(lines, *names, there, provider_names(), way, catalog.warnings, likely, strangers)
