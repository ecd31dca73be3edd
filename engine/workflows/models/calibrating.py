"""Measuring what a model's similarities mean, on the people of the library or on a folder of people."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.errors import PhotoError, UsageError
from engine.faces.crops import cut
from engine.faces.embed import Embedder, open_embedder
from engine.faces.finder import DECODE_SIDE, FaceFinder, open_finder
from engine.geometry import Image
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.chosen import chosen_detector
from engine.models.fetch import fetch
from engine.paths import Places
from engine.progress import Progress, Workflow
from engine.scan.decode import read_photo
from engine.scan.walk import FoundFile, walk
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.embedding.calibrating import (
    MeasuredCard,
    keep_calibration,
    measured_on_library,
    measured_on_vectors,
)
from engine.workflows.embedding.embed import embed_lacking

MOST_PHOTOS = 4000
"""So many photos of a folder of people are read at most, evenly chosen."""


def calibrate_on_library(
    library: Library, card: ModelCard, places: Places, settings: Settings
) -> Workflow[MeasuredCard]:
    """Embed what lacks a vector of the model, measure it on the people there are and write its card.

    Raises ModelError where the people are too few or the model does not tell them apart; the card stays as it was.
    """
    yield from fetch(card, places.models)
    yield from embed_lacking(library, card, places.models, settings)
    measured = measured_on_library(library, card)
    keep_calibration(measured.card, places.models)
    return measured


def calibrate_on_folder(card: ModelCard, folder: Path, places: Places, settings: Settings) -> Workflow[MeasuredCard]:
    """Measure a model on photos that lie in a folder a person, the largest face of each, and write its card.

    Raises UsageError for a folder without people, ModelError as `calibrate_on_library` does.
    """
    photos = people_photos(folder)
    detector = chosen_detector(Catalog(places.models), settings)
    for needed in (detector, card):
        yield from fetch(needed, places.models)
    finder = open_finder(detector, places.models, running=settings.running)
    embedder = open_embedder(card, places.models, running=settings.running)
    vectors, people = [], []
    for number, (path, person) in enumerate(photos):
        yield Progress("measure", number, len(photos), card.name)
        crop = largest_face(path, finder, embedder)
        if crop is not None:
            vectors.append(embedder.embed(crop[None]))
            people.append(person)
    if not vectors:
        raise UsageError(
            sentence("No face was found in the photos of {folder}.", folder=folder),
            sentence("Name a folder with a folder for each person."),
        )
    measured = measured_on_vectors(card, np.concatenate(vectors), np.array(people, np.int64))
    keep_calibration(measured.card, places.models)
    return measured


def people_photos(folder: Path) -> list[tuple[Path, int]]:
    """Return the photos below a folder with the number of their person, whose folder lies directly in it."""
    found = sorted(_relative_paths(folder))
    names = {name: number for number, name in enumerate(dict.fromkeys(path.parts[0] for path in found))}
    step = max(1, -(-len(found) // MOST_PHOTOS))
    photos = [(folder / path, names[path.parts[0]]) for path in found[::step]]
    if len(names) < 2:
        raise UsageError(
            sentence("The folder {folder} holds no folders of people.", folder=folder),
            sentence("Put the photos of each into one of its own."),
        )
    return photos


def largest_face(path: Path, finder: FaceFinder, embedder: Embedder) -> Image | None:
    """Return what the embedder is shown of the largest face in a photo, None where there is none to be seen."""
    try:
        _, content = read_photo(path, side=DECODE_SIDE)
    except PhotoError:
        return None
    detections = finder.find(content.image)
    if not detections:
        return None
    face = max(detections, key=lambda one: one.box.width * one.box.height)
    return cut(content.image, face.box, face.landmarks, embedder.card.input.crop)


def _relative_paths(folder: Path) -> Iterator[Path]:
    skipped: Sequence[Path] = ()
    for entry in walk(folder, skip=skipped):
        path = Path(entry.relpath)
        if isinstance(entry, FoundFile) and len(path.parts) > 1:
            yield path
