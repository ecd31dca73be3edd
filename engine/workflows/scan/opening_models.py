"""Brings the models of a scan into being."""

from pathlib import Path

from engine.faces.embed import open_embedder
from engine.faces.finder import SIDE, open_finder
from engine.models.catalog import Catalog
from engine.models.chosen import chosen_cards
from engine.settings import Settings
from engine.workflows.scan.analysis import Analyser


def open_analyser(models: Path, settings: Settings) -> Analyser:
    """Open both models for scanning; their files must be there.

    Each stage of a scan runs in several threads, so every inference gets one thread of its own.
    """
    detector, embedder = chosen_cards(Catalog(models), settings)
    return Analyser(
        open_finder(detector, models, providers=settings.providers, side=settings.detection_side or SIDE),
        open_embedder(embedder, models, providers=settings.providers),
    )
