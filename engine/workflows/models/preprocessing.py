"""How an unknown embedder reads pixels, found by trying the usual ways on faces of the library."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.clustering.calibrate import measure
from engine.errors import ModelError
from engine.faces.embed import Embedder, open_embedder
from engine.geometry import Image
from engine.library.library import Library
from engine.library.models import PhotoToEmbed, photos_to_embed
from engine.library.queries import FaceRow, face_rows
from engine.library.states import SPOKEN
from engine.models.card import ColourOrder, Crop, InputSpec, Layout, ModelCard, Normalise, Three
from engine.progress import Progress, Workflow
from engine.words import Sentence, sentence, template
from engine.workflows.embedding.calibrating import MOST_ERRORS
from engine.workflows.embedding.cutting import CutPhoto, cut_photo

FIXED = (
    ((127.5,) * 3, (127.5,) * 3),
    ((127.5,) * 3, (128.0,) * 3),
    ((0.0,) * 3, (1.0,) * 3),
    ((0.0,) * 3, (255.0,) * 3),
    ((123.675, 116.28, 103.53), (58.395, 57.12, 57.375)),
)
"""Means and deviations that face embedders use, the most usual first: ±1 twice, 0 to 255, 0 to 1, ImageNet (RGB)."""

CROPS = {112: (Crop.ARCFACE_112,), 160: (Crop.BOX_160, Crop.ARCFACE_160)}

PEOPLE, FACES_EACH = 30, 4
"""So many confirmed people, and faces of each, are tried on."""

FEWEST_PEOPLE = 8
"""With fewer confirmed people groups are taken, and with fewer of these altered copies of faces."""

STRANGERS = 60
"""The faces of as many photos are taken then."""

FEWER_ERRORS, CLEARER = 0.003, 0.3
"""By so much the best way's equal error rate is lower, or its two kinds of pairs further apart, where it is sure.

Rates that differ by less than that, or by less than one pair of one person, are equal: how far apart pairs lie tells
more then."""


class Basis(StrEnum):
    """What pairs of faces a way to read pixels was judged on."""

    CONFIRMED = "confirmed people"
    GROUPED = "the groups of faces as they stand"
    ALTERED = "faces and altered copies of them"

    @property
    def words(self) -> Sentence:
        """The same to be told."""
        return sentence(_BASES[self])


_BASES = {
    Basis.CONFIRMED: template("confirmed people"),
    Basis.GROUPED: template("the groups of faces as they stand"),
    Basis.ALTERED: template("faces and altered copies of them"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A way to read pixels, the equal error rate that it gave on so many pairs of one person, and how far apart it is.

    `apart` is the difference of the two kinds' mean similarities in standard deviations (d′): it orders ways whose
    errors are equal.
    """

    spec: InputSpec
    error: float
    apart: float
    pairs: int

    @property
    def noise(self) -> float:
        """The difference of error rates that says nothing."""
        return max(FEWER_ERRORS, 1 / max(self.pairs, 1))


@dataclass(frozen=True, slots=True)
class Finding:
    """The best way to read pixels, the next best of another kind, and what they were judged on."""

    best: Trial
    next: Trial
    basis: Basis

    @property
    def sure(self) -> bool:
        """Whether the best is clearly better than the next."""
        fewer = self.next.error - self.best.error >= self.best.noise
        return fewer or self.best.apart - self.next.apart >= CLEARER


@dataclass(frozen=True, slots=True)
class Examples:
    """Faces to try on: crops by kind, n × side × side × 3 each, and who is who, (n,)."""

    crops: dict[Crop, Image]
    people: NDArray[np.int64]
    basis: Basis


def ways(side: int, layout: Layout) -> Iterator[InputSpec]:
    """Yield the usual ways in which an embedder of this side reads pixels, the most usual scale first.

    FaceNets, which are shown 160 pixels, see each image by its own values.
    """
    for crop in CROPS[side]:
        for order in ColourOrder:
            spec = InputSpec(side, side, order=order, crop=crop, layout=layout)
            fixed = [replace(spec, mean=_ordered(mean, order), deviation=_ordered(by, order)) for mean, by in FIXED]
            own = replace(spec, normalise=Normalise.PER_IMAGE)
            yield from [own, *fixed] if side == Crop.BOX_160.side else [*fixed, own]


def find_preprocessing(card: ModelCard, folder: Path, examples: Examples) -> Workflow[Finding]:
    """Try every usual way on the examples and return the best; the card's own input is only where to begin.

    Raises ModelError where even the best does not tell people apart.
    """
    tried = list(ways(card.input.width, card.input.layout))
    embedder = open_embedder(card, folder)
    trials = []
    for number, spec in enumerate(tried):
        yield Progress("measure", number, len(tried), card.name)
        trials.append(_trial(embedder.reading(spec), examples))
    best, other = best_of(trials)
    if best.error > MOST_ERRORS:
        raise ModelError(
            sentence(
                "However {model} is shown faces, it does not tell people apart: "
                "the best way still takes {share:.0%} of pairs for the other kind.",
                model=card.name,
                share=best.error,
            ),
            sentence("It may be no face embedder, or need crops that Kinfolk does not make."),
        )
    return Finding(best, other, examples.basis)


def best_of(trials: Sequence[Trial]) -> tuple[Trial, Trial]:
    """Return the best way, and the next best of another kind."""
    least = min(trial.error for trial in trials)
    # Written so that all that are as good as the least come first, the clearest of them before the others.
    ranked = sorted(trials, key=lambda trial: (max(trial.error, least + trial.noise), -trial.apart))
    best = ranked[0]
    return best, next(trial for trial in ranked if _differs(trial.spec, best.spec))


def examples_of(library: Library, side: int) -> Examples:
    """Return faces of the library to try on: of confirmed people, else of groups as they stand, else altered copies.

    Raises ModelError where the library has no faces whose photos can be read.
    """
    photos = photos_to_embed(library, key="")
    rows = [row for row in face_rows(library) if row.person is not None]
    for basis, faces in ((Basis.CONFIRMED, [row for row in rows if row.source in SPOKEN]), (Basis.GROUPED, rows)):
        known = _repeated(faces)
        if len(set(known.values())) >= FEWEST_PEOPLE:
            crops, people = _cut(photos, known, side)
            return Examples(crops, people, basis)
    strangers = {face.face_id: face.face_id for photo in photos[:STRANGERS] for face in photo.faces}
    crops, people = _cut(photos[:STRANGERS], strangers, side)
    altered = {kind: np.concatenate([images, _altered(images)]) for kind, images in crops.items()}
    return Examples(altered, np.concatenate([people, people]), Basis.ALTERED)


def _repeated(rows: Sequence[FaceRow]) -> dict[int, int]:
    """Return the person of the few clearest faces each of those people who have two or more."""
    by_person: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: -row.quality):
        by_person.setdefault(row.person or 0, []).append(row.face)
    several = [(person, faces) for person, faces in by_person.items() if len(faces) > 1]
    return {face: person for person, faces in several[:PEOPLE] for face in faces[:FACES_EACH]}


def _cut(
    photos: Sequence[PhotoToEmbed], known: dict[int, int], side: int
) -> tuple[dict[Crop, Image], NDArray[np.int64]]:
    """Cut the known faces, which are given with their people, in every kind of crop of this side."""
    crops: dict[Crop, list[Image]] = {crop: [] for crop in CROPS[side]}
    people: list[int] = []
    for photo in photos:
        wanted = replace(photo, faces=[face for face in photo.faces if face.face_id in known])
        if not wanted.faces:
            continue
        cuts = {crop: cut_photo(wanted, crop) for crop in crops}
        if not all(isinstance(cut, CutPhoto) for cut in cuts.values()):
            continue
        for crop, cut in cuts.items():
            if isinstance(cut, CutPhoto):
                crops[crop].append(cut.crops)
        people += [known[face.face_id] for face in wanted.faces]
    if len(set(people)) < 2:
        raise ModelError(
            sentence("How the model reads pixels is found on faces of the library, and it has none that can be read."),
            sentence("Scan some photos first: kinfolk scan FOLDER"),
        )
    return {crop: np.concatenate(parts) for crop, parts in crops.items()}, np.array(people, np.int64)


def _altered(images: Image) -> Image:
    """Return the faces as another picture of the same moment would show them: mirrored, darker, less sharp."""
    side = images.shape[1]
    changed = []
    for image in images[:, :, ::-1]:
        small = cv2.resize(image, (side * 2 // 5, side * 2 // 5), interpolation=cv2.INTER_AREA)
        blurred = cv2.resize(small, (side, side), interpolation=cv2.INTER_LINEAR)
        changed.append(np.clip(blurred.astype(np.float32) * 0.7 + 5, 0, 255).astype(np.uint8))
    return np.stack(changed)


def _trial(embedder: Embedder, examples: Examples) -> Trial:
    spec = embedder.card.input
    try:
        vectors = embedder.embed(examples.crops[spec.crop])
    except ModelError:
        # A way that makes it give no numbers is a wrong one.
        return Trial(spec, 1.0, 0.0, 0)
    first, second = np.triu_indices(len(vectors), 1)
    similarity = (vectors @ vectors.T)[first, second].astype(np.float64)
    same = examples.people[first] == examples.people[second]
    spread = np.sqrt((similarity[same].var() + similarity[~same].var()) / 2)
    apart = (similarity[same].mean() - similarity[~same].mean()) / max(float(spread), 1e-9)
    return Trial(spec, measure(vectors, examples.people).equal_error_rate, float(apart), int(same.sum()))


def _differs(one: InputSpec, other: InputSpec) -> bool:
    """Say whether two ways are more than the two usual divisors 127.5 and 128 apart, which give the same vectors."""
    return replace(one, deviation=_rounded(one)) != replace(other, deviation=_rounded(other))


def _rounded(spec: InputSpec) -> Three:
    return (127.5,) * 3 if spec.deviation == (128.0,) * 3 else spec.deviation


def _ordered(values: Three, order: ColourOrder) -> Three:
    """Return values for red, green and blue in the order in which a network reads them."""
    return (values[2], values[1], values[0]) if order is ColourOrder.BGR else values
