"""Telling how old faces look, where the user has chosen a model that does. Grouping asks for more likeness of children.

Ages are kept where embeddings are, as a row of one number under the model's key, so that they are made, resumed, made
anew and erased with them.
"""

from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.models import use_attributes
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.progress import Workflow
from engine.settings import Settings
from engine.workflows.embedding.embed import embed_lacking
from engine.workflows.embedding.in_use import ages_card
from engine.workflows.embedding.summary import EmbedSummary


def tell_ages(library: Library, catalog: Catalog, settings: Settings) -> Workflow[EmbedSummary | None]:
    """Tell the age of faces that lack one, if a model for it is in use; the caller sees to it that no scan runs."""
    card = ages_card(library, catalog)
    if card is None:
        return None
    return (yield from embed_lacking(library, card, catalog.folder, settings))


def tell_with(library: Library, card: ModelCard) -> Changes:
    """Let scans tell ages with this model from now on."""
    return use_attributes(library, card.name)
