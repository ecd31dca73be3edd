"""Brings the models of a scan into being: fetched, verified, prepared, opened."""

from pathlib import Path

from engine.faces.embed import open_embedder
from engine.faces.finder import open_finder
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.fetch import fetch
from engine.progress import Workflow
from engine.settings import Settings
from engine.workflows.analysis import Analyser


def chosen_cards(models: Path, settings: Settings) -> tuple[ModelCard, ModelCard]:
    """Return the cards of the detector and the embedder that the settings name, or the defaults."""
    catalog = Catalog(models)
    detector = catalog.card(settings.detector) if settings.detector else catalog.default_detector()
    embedder = catalog.card(settings.embedder) if settings.embedder else catalog.default_embedder()
    return detector, embedder


def fetch_models(models: Path, settings: Settings) -> Workflow[None]:
    """Fetch what the settings need and is not there yet; raises ModelError with what to do."""
    for card in chosen_cards(models, settings):
        yield from fetch(card, models)


def open_analyser(models: Path, settings: Settings) -> Analyser:
    """Open both models for scanning; they must have been fetched.

    Each stage of the scan runs in several threads, so that every inference gets one thread of its own.
    """
    detector, embedder = chosen_cards(models, settings)
    return Analyser(
        open_finder(detector, models, providers=settings.providers, side=settings.detection_side),
        open_embedder(embedder, models, providers=settings.providers),
    )
