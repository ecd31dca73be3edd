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


def says_what_similarities_mean(card: ModelCard) -> bool:
    """Say whether faces can be grouped by this embedder."""
    return card.space is not None or card.calibration is not None


def calibration_of(card: ModelCard) -> Calibration:
    """Return what similarities mean where the embedder's faces are grouped: in its space, if the card states one.

    Raises ModelError where the card does not say.
    """
    if card.space is not None:
        return card.space.calibration
    if card.calibration is None:
        raise ModelError(f"The card of {card.name} has no [similarity] table.", "Measure it, or use another embedder.")
    return card.calibration
