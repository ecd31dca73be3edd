"""Brings the models of a scan into being."""

from pathlib import Path

from engine.faces.embed import open_embedder
from engine.faces.finder import SIDE, open_finder
from engine.models.card import ModelCard
from engine.settings import Settings
from engine.workflows.scan.analysis import Analyser


def open_analyser(detector: ModelCard, embedder: ModelCard, models: Path, settings: Settings) -> Analyser:
    """Open both models for scanning; their files must be in the folder `models`.

    Each stage of a scan runs in several threads, so every inference gets one thread of its own.
    """
    return Analyser(
        open_finder(detector, models, running=settings.running, side=settings.detection_side or SIDE),
        open_embedder(embedder, models, running=settings.running),
    )
