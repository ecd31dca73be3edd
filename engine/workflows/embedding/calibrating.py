"""What a model's similarities mean, measured on the people of a library, and measured again when these are more."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.clustering.calibrate import measure
from engine.errors import LibraryError, ModelError
from engine.library.library import Library
from engine.library.vectors import FaceVectors, face_vectors
from engine.models.card import ModelCard, write_card
from engine.words import sentence, system_reason
from engine.workflows.grouping.regrouping_plan import is_confirmed

LEAST_PEOPLE = 10
"""So many people with two faces or more have to stand behind a calibration, be it a provisional one."""

GROWN = 2
"""A provisional calibration is measured again when the library has this many times as many people."""

MOST_ERRORS = 0.2
"""A model with a larger equal error rate does not tell people apart."""


@dataclass(frozen=True, slots=True)
class MeasuredCard:
    """A card with the calibration that was measured, its error, and whose word stood behind it."""

    card: ModelCard
    equal_error_rate: float
    people: int
    confirmed: bool


def measured_on_vectors(card: ModelCard, vectors: NDArray[np.float32], people: NDArray[np.int64]) -> MeasuredCard:
    """Return the card with a calibration measured on faces (n, d) of people (n,) who are known.

    Raises ModelError where they are too few, or the model does not tell them apart.
    """
    known, sizes = np.unique(people, return_counts=True)
    repeated = int((sizes > 1).sum())
    if repeated < LEAST_PEOPLE:
        raise ModelError(
            sentence(
                "{repeated} people with two faces or more are too few to measure {model} on; it takes {least}.",
                repeated=repeated,
                model=card.name,
                least=LEAST_PEOPLE,
            ),
            sentence(
                "Confirm more people, or name a folder of people: kinfolk models calibrate {model} --data FOLDER",
                model=card.name,
            ),
        )
    found = measure(vectors, people)
    rate = found.equal_error_rate
    complaint = found.calibration.complaint()
    if rate > MOST_ERRORS:
        complaint = sentence("of pairs of one person and of two, {rate:.0%} are taken for the other kind", rate=rate)
    if complaint:
        raise ModelError(
            sentence(
                "{model} cannot be used, for it does not tell people apart: {complaint}.",
                model=card.name,
                complaint=complaint,
            ),
            sentence("Check that its card says how it reads pixels, or use another model."),
        )
    calibrated = replace(card, calibration=replace(found.calibration, people=repeated))
    if card.space is not None:
        placed = vectors.copy()
        card.space.place(placed)
        there = replace(measure(placed, people).calibration, people=repeated)
        calibrated = replace(calibrated, space=replace(card.space, calibration=there))
    return MeasuredCard(calibrated, rate, len(known), confirmed=True)


def measured_on_library(library: Library, card: ModelCard) -> MeasuredCard:
    """Return the card with a calibration measured on the people of the library who have vectors of the model.

    On confirmed faces where enough people have some, else on the groups as they stand, which is less sure. Raises
    ModelError as `measured_on_vectors` does.
    """
    if card.learned is not None:
        raise ModelError(
            sentence("{model} was measured when it was learnt, on faces that it did not learn from.", model=card.name),
            sentence("Measure it anew by learning again: kinfolk learn"),
        )
    faces = face_vectors(library, card.key)
    confirmed = is_confirmed(faces) & ~faces.ignored & (faces.person_ids >= 0)
    if _people(faces, confirmed) >= LEAST_PEOPLE:
        return measured_on_vectors(card, faces.vectors[confirmed], faces.person_ids[confirmed])
    grouped = ~faces.ignored & (faces.person_ids >= 0)
    found = measured_on_vectors(card, faces.vectors[grouped], faces.person_ids[grouped])
    return replace(found, confirmed=False)


def measured_again(library: Library, card: ModelCard, models: Path) -> ModelCard:
    """Return the card with a new calibration, written, where its own is provisional and there are many more people.

    Returns it as it is where it is not, or where the new measurement makes no sense.
    """
    calibration = card.calibration
    # What was learnt was measured on faces that it had not learnt from; here it would flatter itself.
    if calibration is None or not calibration.provisional or card.learned is not None:
        return card
    faces = face_vectors(library, card.key)
    confirmed = is_confirmed(faces) & ~faces.ignored & (faces.person_ids >= 0)
    if _people(faces, confirmed) < GROWN * calibration.people:
        return card
    try:
        found = measured_on_vectors(card, faces.vectors[confirmed], faces.person_ids[confirmed])
    except ModelError:
        return card
    keep_calibration(found.card, models)
    return found.card


def keep_calibration(card: ModelCard, models: Path) -> None:
    """Write the card, with its calibration, into the folder of models, where it also takes a shipped one's place."""
    models.mkdir(parents=True, exist_ok=True)
    path = models / f"{card.name}.toml"
    try:
        write_card(card, path)
    except OSError as error:
        raise LibraryError(
            sentence("The model card {path} cannot be written: {reason}.", path=path, reason=system_reason(error)),
            sentence("Check the disk."),
        ) from error


def _people(faces: FaceVectors, which: NDArray[np.bool_]) -> int:
    """Return how many people have two of these faces or more."""
    _, sizes = np.unique(faces.person_ids[which], return_counts=True)
    return int((sizes > 1).sum())
