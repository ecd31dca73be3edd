"""Level 1: an adapter on the vectors that are stored. Nothing is read from photos, and nothing stored is changed."""

from dataclasses import replace
from datetime import datetime

import numpy as np

from engine.errors import UsageError
from engine.learning.examples import examples
from engine.learning.gate import refusal
from engine.learning.lesson import Lesson, learn
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.learned import Learned
from engine.progress import Progress, Workflow
from engine.similarity import Space
from engine.words import sentence
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.learning.album import LibraryAlbum, ground_card, read_album
from engine.workflows.learning.taught import Taught

ADAPTED = "_mine"
"""What is put after a model's name for what was learnt on it."""


def teach_adapter(library: Library, catalog: Catalog, seed: int = 0) -> Workflow[Taught]:
    """Learn from the confirmed faces and judge what came of it; nothing is written.

    Raises UsageError where the confirmed faces do not suffice.
    """
    ground = ground_card(library, catalog)
    yield Progress("learn", 0, None, sentence("reading"))
    album = enough(read_album(library, ground))
    lesson = yield from learn(album.album, seed)
    shown = examples(lesson.best.folds)
    used = embedder_in_use(library, catalog).name
    return Taught(
        ground,
        lesson.best.gains,
        lesson.best.way,
        len(album.usable),
        album.faces,
        tuple(album.face_ids[shown.fixed].tolist()),
        tuple(album.face_ids[shown.broken].tolist()),
        _card(ground, lesson, album, free_name(catalog, ground.name), used),
        refusal(lesson.best.gains) if lesson.adapter is None else None,
    )


def enough(album: LibraryAlbum) -> LibraryAlbum:
    """Return the album, or raise UsageError where it does not suffice."""
    if not album.suffices:
        raise UsageError(album.sentence(), sentence("Name people and confirm more of their faces, then learn again."))
    return album


def free_name(catalog: Catalog, name: str) -> str:
    """Return a name for what is learnt on the model of that name, which no card has."""
    taken = {card.name for card in catalog.cards()}
    number, found = 1, f"{name}{ADAPTED}"
    while found in taken or (catalog.folder / f"{found}.toml").exists():
        number += 1
        found = f"{name}{ADAPTED}{number}"
    return found


def now() -> str:
    """Return local time as cards keep it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _card(ground: ModelCard, lesson: Lesson, album: LibraryAlbum, name: str, used: str) -> ModelCard | None:
    """Return the card of what was learnt, None where nothing gains.

    What similarities mean is measured with the adapter, for faces of every quality alike. How much more alike children
    are is taken over from the space below: what a face looks like is read there, before the adapter.
    """
    if lesson.adapter is None or lesson.calibration is None:
        return None
    nowhere = tuple(np.zeros(ground.dimension).tolist())
    below = ground.space or Space(nowhere, nowhere, lesson.calibration)
    people = tuple(album.usable.tolist())
    learned = Learned(now(), 1, lesson.best.way, used, people, album.faces, lesson.best.gains)
    return replace(
        ground,
        name=name,
        base=ground.name,
        origin=f"trained here with Kinfolk on {ground.name}: {len(people)} people, {album.faces} faces",
        space=replace(below, calibration=lesson.calibration, adapter=lesson.adapter),
        learned=learned,
    )
