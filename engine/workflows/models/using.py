"""Using another embedder: its vectors are made beside the old one's, and the library switches when all are there."""

from dataclasses import dataclass

from engine.errors import UsageError
from engine.faces.reading import open_reader
from engine.library.changes import Changes
from engine.library.clusters import write_assignments, write_clusters
from engine.library.library import Library
from engine.library.models import (
    attributes_name,
    embedder_name,
    forget_vectors,
    note_embedder,
    photos_to_embed,
    use_attributes,
    use_embedder,
    vector_counts,
)
from engine.models.card import ModelCard, ModelKind
from engine.models.catalog import DEFAULT_EMBEDDER, Catalog
from engine.models.chosen import calibration_of
from engine.models.fetch import fetch
from engine.paths import Places
from engine.progress import Workflow
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.embedding.calibrating import keep_calibration, measured_again, measured_on_library
from engine.workflows.embedding.cost import Cost, embedding_cost
from engine.workflows.embedding.embed import embed_lacking
from engine.workflows.embedding.summary import EmbedSummary
from engine.workflows.grouping.regroup import DEFAULT, Preview, preview
from engine.workflows.grouping.who_moves import Moving, who_moves


@dataclass(frozen=True, slots=True)
class Prospect:
    """What using a model would mean: its card, calibrated, what was embedded, and who would move if regrouped."""

    card: ModelCard
    embedded: EmbedSummary
    found: Preview
    moving: tuple[Moving, ...]

    @property
    def faces(self) -> int:
        """How many faces have a vector of the model."""
        return len(self.found.plan.face_ids)


def embedder_card(catalog: Catalog, name: str) -> ModelCard:
    """Return the card of an embedder; a UsageError says that there is none of that name, or that it finds faces."""
    card = catalog.card(name)
    if card.kind is not ModelKind.EMBEDDER:
        embedders = ", ".join(one.name for one in catalog.cards() if one.kind is ModelKind.EMBEDDER)
        raise UsageError(
            sentence("The model {name} finds faces and does not compare them.", name=name),
            sentence("Embedders: {embedders}.", embedders=embedders),
        )
    return card


def reading_card(catalog: Catalog, name: str) -> ModelCard:
    """Return the card of a model that reads faces: an embedder, or one that tells ages. UsageError where it is none."""
    card = catalog.card(name)
    return card if card.kind is ModelKind.ATTRIBUTES else embedder_card(catalog, name)


def cost_of(library: Library, card: ModelCard, places: Places, settings: Settings) -> Cost:
    """Estimate what embedding with this model takes, measured on a few photos; its file must be here."""
    lacking = photos_to_embed(library, card.key)
    if not lacking:
        return Cost(0, 0, 0.0, 0)
    embedder = open_reader(card, places.models, running=settings.running)
    return embedding_cost(embedder, lacking, settings.workers)


def embed_with(library: Library, card: ModelCard, places: Places, settings: Settings) -> Workflow[EmbedSummary]:
    """Fetch the model if need be and embed what lacks a vector of it; the caller sees to it that no scan runs."""
    yield from fetch(card, places.models)
    return (yield from embed_lacking(library, card, places.models, settings))


def prepare_use(library: Library, card: ModelCard, places: Places, settings: Settings) -> Workflow[Prospect]:
    """Do all that using a model needs, and say who would move; the old model stays in use.

    Raises ModelError where its similarities cannot be measured on the library, or make no sense. The caller sees to it
    that no scan runs.
    """
    embedded = yield from embed_with(library, card, places, settings)
    if card.calibration is None:
        card = measured_on_library(library, card).card
        keep_calibration(card, places.models)
    card = measured_again(library, card, places.models)
    calibration_of(card)
    found = yield from preview(library, card, DEFAULT, {})
    return Prospect(card, embedded, found, who_moves(library, found.plan))


def switch(library: Library, prospect: Prospect) -> Changes:
    """Use the model from now on, in one transaction; nobody moves and nothing that was said is touched."""
    return use_embedder(library, prospect.card.name)


def switch_and_regroup(library: Library, prospect: Prospect) -> Changes:
    """Use the model and move whom the plan names, in one transaction; the moves are one edit that can be undone."""
    plan = prospect.found.plan
    with library.edit(sentence("Group faces anew")) as edit:
        note_embedder(edit, prospect.card.name)
        write_clusters(edit, plan.face_ids, plan.labels)
        write_assignments(edit, plan.assignments)
    return edit.changes


def forget(library: Library, catalog: Catalog, name: str) -> int:
    """Delete the vectors or ages that a model made and return how many they were; its file and card stay.

    A model that tells ages is not in use any more then. Raises UsageError for the model in use, for the one whose
    vectors it compares, and for one that made none and has no card.
    """
    if name == attributes_name(library):
        use_attributes(library, None)
    used = embedder_name(library) or DEFAULT_EMBEDDER
    if name in {used, *(card.base for card in catalog.cards() if card.name == used)}:
        raise UsageError(
            sentence("The model {name} is in use.", name=name),
            sentence("Use another one first: kinfolk models use NAME"),
        )
    if name not in {key.partition("@")[0] for key in vector_counts(library)}:
        catalog.card(name)
    return forget_vectors(library, name)
