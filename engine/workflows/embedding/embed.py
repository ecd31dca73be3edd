"""Gives every stored face that lacks a vector of a model one, from its landmarks; no face is searched for."""

from pathlib import Path

from engine.library.library import Library
from engine.library.models import photos_to_embed
from engine.models.card import ModelCard
from engine.progress import Progress, Workflow
from engine.settings import Settings
from engine.workflows.embedding.summary import EmbedSummary


def embed_lacking(library: Library, card: ModelCard, models: Path, settings: Settings) -> Workflow[EmbedSummary]:
    """Embed the faces that lack a vector of this model, beside the vectors of other models.

    Each photo is read once. What is finished is stored again and again, so that closing the workflow, or the end of the
    process, loses seconds at most and the next run goes on. Photos that cannot be read, are missing or have changed
    wait, and are listed. The model is opened only where a face lacks a vector; its file must lie in `models`. The
    caller sees to it that no scan runs meanwhile.
    """
    lacking = photos_to_embed(library, card.key)
    if not lacking:
        return EmbedSummary(card.name)
    # What reads photos takes a while to load, and most scans find nothing that lacks.
    from engine.faces.reading import open_reader
    from engine.workflows.embedding.embedding_photos import embed_photos

    yield Progress("embed", 0, sum(len(photo.faces) for photo in lacking))
    embedder = open_reader(card, models, running=settings.running)
    return (yield from embed_photos(library, embedder, lacking, settings.workers))
