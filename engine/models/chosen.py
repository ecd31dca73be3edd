"""Which models are in use."""

from engine.errors import ModelError
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.settings import Settings
from engine.similarity import Calibration


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
