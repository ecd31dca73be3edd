"""Which detector is in use, and what the similarities of an embedder mean."""

from engine.errors import ModelError
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.settings import Settings
from engine.similarity import Calibration
from engine.words import sentence


def chosen_detector(catalog: Catalog, settings: Settings) -> ModelCard:
    """Return the card of the detector that the settings name, or the default."""
    return catalog.card(settings.detector) if settings.detector else catalog.default_detector()


def says_what_similarities_mean(card: ModelCard) -> bool:
    """Say whether faces can be grouped by this embedder."""
    return card.space is not None or card.calibration is not None


def calibration_of(card: ModelCard) -> Calibration:
    """Return what similarities mean where the embedder's faces are grouped: in its space, if the card states one.

    Raises ModelError where the card does not say, or what it says makes no sense.
    """
    measure = sentence("Measure it with 'kinfolk models calibrate {model}', or use another model.", model=card.name)
    calibration = card.space.calibration if card.space is not None else card.calibration
    if calibration is None:
        raise ModelError(sentence("It is not known what a similarity by {model} means.", model=card.name), measure)
    if complaint := calibration.complaint():
        raise ModelError(
            sentence("The calibration of {model} makes no sense: {complaint}.", model=card.name, complaint=complaint),
            measure,
        )
    return calibration
