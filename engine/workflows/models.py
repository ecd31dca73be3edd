"""Brings the models of a scan into being."""

from pathlib import Path

from engine.errors import ModelError
from engine.faces.embed import open_embedder
from engine.faces.finder import SIDE, open_finder
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.settings import Settings
from engine.similarity import Calibration
from engine.workflows.analysis import Analyser


def chosen_cards(catalog: Catalog, settings: Settings) -> tuple[ModelCard, ModelCard]:
    """Return the cards of the detector and the embedder that the settings name, or the defaults."""
    detector = catalog.card(settings.detector) if settings.detector else catalog.default_detector()
    embedder = catalog.card(settings.embedder) if settings.embedder else catalog.default_embedder()
    return detector, embedder


def calibration_of(card: ModelCard) -> Calibration:
    """Return what the embedder's similarities mean; raises ModelError where its card does not say."""
    if card.calibration is None:
        raise ModelError(f"The card of {card.name} has no [similarity] table.", "Measure it, or use another embedder.")
    return card.calibration


def open_analyser(models: Path, settings: Settings) -> Analyser:
    """Open both models for scanning; their files must be there.

    Each stage of a scan runs in several threads, so every inference gets one thread of its own.
    """
    detector, embedder = chosen_cards(Catalog(models), settings)
    return Analyser(
        open_finder(detector, models, providers=settings.providers, side=settings.detection_side or SIDE),
        open_embedder(embedder, models, providers=settings.providers),
    )
