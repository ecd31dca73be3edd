"""Which models a library uses, and how many faces wait for a vector of them."""

from dataclasses import dataclass

from engine.errors import ModelError, UsageError
from engine.library.library import Library
from engine.library.models import embedder_name, lacking_count
from engine.models.card import ModelCard
from engine.models.catalog import DEFAULT_EMBEDDER, Catalog
from engine.models.chosen import chosen_detector
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Lacking:
    """Faces that nothing which compares faces can see, because they have no vector of the model in use."""

    faces: int
    model: str

    def sentence(self) -> str:
        """Return how many they are and what to do; empty where there are none."""
        if not self.faces:
            return ""
        many = "1 face has" if self.faces == 1 else f"{self.faces:,} faces have"
        return f"{many} no vector of {self.model} yet and cannot be compared. Make what lacks with: kinfolk embed"


def embedder_in_use(library: Library, catalog: Catalog) -> ModelCard:
    """Return the card of the embedder whose vectors the library compares.

    Raises ModelError where its card is not there any more.
    """
    name = embedder_name(library)
    if name is None:
        return catalog.default_embedder()
    try:
        return catalog.card(name)
    except UsageError as error:
        raise ModelError(
            f"This library uses the model {name}, whose card is not there or cannot be read.",
            f"Import it again, or go back with: kinfolk models use {DEFAULT_EMBEDDER}. {error.hint}",
        ) from error


def cards_in_use(library: Library, catalog: Catalog, settings: Settings) -> tuple[ModelCard, ModelCard]:
    """Return the cards of the detector that the settings name and of the embedder that the library uses."""
    return chosen_detector(catalog, settings), embedder_in_use(library, catalog)


def lacking(library: Library, card: ModelCard) -> Lacking:
    """Count the faces that have no vector of this model."""
    return Lacking(lacking_count(library, card.key), card.name)
