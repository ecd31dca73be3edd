"""Using what was learnt, and going back. Nothing that anybody said is touched."""

from engine.errors import UsageError
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.models import use_embedder
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.progress import Workflow
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.embedding.calibrating import keep_calibration
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.models.using import embed_with


def use_taught(library: Library, card: ModelCard, places: Places, settings: Settings) -> Workflow[Changes]:
    """Use what was learnt from now on, in one transaction; nobody moves.

    An adapter's vectors are there already. Those of a network are made first, while the old model stays in use, so that
    the caller sees to it that no scan runs. Cancelled, nothing is lost.
    """
    if card.base:
        keep_calibration(card, places.models)
    else:
        yield from embed_with(library, card, places, settings)
    return use_embedder(library, card.name)


def go_back(library: Library, catalog: Catalog) -> ModelCard:
    """Use the model again that was in use before what was learnt, and return its card; nothing is computed.

    Raises UsageError where the model in use was not learnt here.
    """
    card = embedder_in_use(library, catalog)
    if card.learned is None:
        raise UsageError(
            sentence("The model in use, {model}, was not learnt from your albums.", model=card.name),
            sentence("There is nothing to go back from."),
        )
    before = catalog.card(card.learned.instead_of)
    use_embedder(library, before.name)
    return before
