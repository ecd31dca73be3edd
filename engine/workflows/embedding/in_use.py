"""Which models a library uses, and how many faces wait for a vector of them."""

from dataclasses import dataclass

from engine.errors import ModelError, UsageError
from engine.library.library import Library
from engine.library.models import ages, attributes_name, embedder_name, lacking_count
from engine.models.card import ModelCard
from engine.models.catalog import DEFAULT_EMBEDDER, Catalog
from engine.models.chosen import chosen_detector
from engine.settings import Settings
from engine.words import counted, following, sentence


@dataclass(frozen=True, slots=True)
class Lacking:
    """Faces that nothing which compares faces can see, because they have no vector of the model in use."""

    faces: int
    model: str

    def sentence(self) -> str:
        """Return how many they are and what to do; empty where there are none."""
        if not self.faces:
            return ""
        return counted(
            "{count} face has no vector of {model} yet and cannot be compared. Make what lacks with: kinfolk embed",
            "{count:,} faces have no vector of {model} yet and cannot be compared. Make what lacks with: kinfolk embed",
            count=self.faces,
            model=self.model,
        )


def embedder_in_use(library: Library, catalog: Catalog) -> ModelCard:
    """Return the card of the embedder whose vectors the library compares.

    Raises ModelError where its card is not there any more.
    """
    name = embedder_name(library)
    if name is None:
        return catalog.default_embedder()
    gone = sentence("This library uses the model {name}, whose card is not there or cannot be read.", name=name)
    back = sentence(
        "Add it again, or use another model: under Settings, or with kinfolk models use {default}.",
        default=DEFAULT_EMBEDDER,
    )
    return _card(catalog, name, gone, back)


def ages_card(library: Library, catalog: Catalog) -> ModelCard | None:
    """Return the card of the model that tells ages, None where none is in use. Raises ModelError where it is gone."""
    name = attributes_name(library)
    if name is None:
        return None
    gone = sentence("This library tells ages with {name}, whose card is not there or cannot be read.", name=name)
    without = sentence("Import it again, or do without: kinfolk models forget {name}.", name=name)
    return _card(catalog, name, gone, without)


def _card(catalog: Catalog, name: str, gone: str, otherwise: str) -> ModelCard:
    """Return the card of a model that the library names; a ModelError says what can be done where it is gone."""
    try:
        return catalog.card(name)
    except UsageError as error:
        raise ModelError(gone, following(otherwise, error.hint)) from error


def told_ages(library: Library, catalog: Catalog) -> dict[int, float]:
    """Return by face how old it looks, in years; empty where no model for it is in use."""
    card = ages_card(library, catalog)
    return {} if card is None else ages(library, card.key)


def cards_in_use(library: Library, catalog: Catalog, settings: Settings) -> tuple[ModelCard, ModelCard]:
    """Return the cards of the detector that the settings name and of the embedder that the library uses."""
    return chosen_detector(catalog, settings), embedder_in_use(library, catalog)


def lacking(library: Library, card: ModelCard) -> Lacking:
    """Count the faces that have no vector of this model."""
    return Lacking(lacking_count(library, card.key), card.name)
