"""Embedders side by side on people of lfw whom the story of `models_story.py` never names, with 95 % intervals.

    python benchmarks/held_out_models.py --shared ../shared/data --models FOLDER [--skip 30] [--apart CROPS] [--small]
        sface_2021dec MODEL ...

Up to five photos of each person after the first `--skip`, and one photo of everybody who has but one. Every model is
shown the crop that its card asks for, of the largest face that the default detector finds, and its vectors are compared
where Kinfolk compares them (in its card's `Space`, if it has one; an adapter is part of that). `--apart` leaves out
whoever looks, to the first model, like somebody in a folder of crops that another one learnt from; `--small` shows
photos as if faces were 16 to 24 pixels wide. The table is markdown: equal error rate and VAL by ten folds (FaceNet's
measure), and the paired difference to the first model.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from learning import small
from models_story import SMALL_SIDES, lfw_people

from engine.errors import PhotoError
from engine.faces.crops import cut
from engine.faces.embed import Embeddings, open_embedder
from engine.faces.finder import DECODE_SIDE, open_finder
from engine.geometry import Image
from engine.models.card import Crop, ModelCard
from engine.models.catalog import Catalog
from engine.models.session import PLAIN
from engine.scan.decode import read_photo
from trainer.data.crop_folder import CropFolder
from trainer.data.shared_people import People, find_overlaps
from trainer.evaluation.intervals import Estimate, differences, estimate
from trainer.evaluation.trial import Answers, answer, trial_of_people

FACES_EACH = 5
FIGURES = ("equal error rate", "VAL at FAR 0.01", "VAL at FAR 0.001")
SEED = 0


def main() -> None:
    """Measure every model and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="where the models and their cards lie")
    parser.add_argument("--skip", type=int, default=30, help="people whom the story names, who are left out")
    parser.add_argument("--apart", type=Path, help="a folder of crops, a folder a person, whose people are left out")
    parser.add_argument("--small", action="store_true", help="photos as if faces were 16 to 24 pixels wide")
    parser.add_argument("names", nargs="+", metavar="MODEL", help="the first is what the others are held against")
    words = parser.parse_args()
    cards = [Catalog(words.models).card(name) for name in words.names]
    photos = held_out(words.shared, words.skip)
    seen = shrunk() if words.small else lambda image: image
    crops, people = faces_of(words.models, photos, {card.input.crop for card in cards}, seen)
    print(f"{len(people)} faces of {len(np.unique(people))} people, {len(photos) - len(people)} photos without a face")
    vectors = [embed(card, words.models, crops[card.input.crop]) for card in cards]
    if words.apart is not None:
        stay = apart(people, vectors[0], *crops_of_people(cards[0], words.models, words.apart))
        gone = len(np.unique(people)) - len(np.unique(people[stay]))
        print(f"{gone} people look like somebody in {words.apart.name} and are left out")
        people, vectors = people[stay], [each[stay] for each in vectors]
    for card, placed in zip(cards, vectors, strict=True):
        if card.space is not None:
            card.space.place(placed)
    trial = trial_of_people(people, SEED)
    answers = [answer(trial, card.name, placed, {}) for card, placed in zip(cards, vectors, strict=True)]
    print(f"| model | {' | '.join(FIGURES)} |\n| --- |{' ---: |' * len(FIGURES)}")
    for found in answers:
        print(f"| {found.name} | {row(found)} |")
    for found in answers[1:]:
        print(f"| {found.name} − {answers[0].name} | {row(found, answers[0])} |")


def held_out(shared: Path, skip: int) -> list[tuple[Path, int]]:
    """Return photos with the number of their person."""
    photos = []
    for number, paths in enumerate(list(lfw_people(shared).values())[skip:]):
        photos += [(shared / path, number) for path in paths[:FACES_EACH]]
    return photos


def shrunk() -> Callable[[Image], Image]:
    """Return what shows a photo as if its faces were 16 to 24 pixels wide."""
    drawn = np.random.default_rng(SEED)
    return lambda image: small(image, int(drawn.integers(*SMALL_SIDES)))


def faces_of(
    models: Path, photos: list[tuple[Path, int]], kinds: set[Crop], seen: Callable[[Image], Image]
) -> tuple[dict[Crop, Image], np.ndarray]:
    """Return the largest face of each photo as it is seen, cut in every way that is asked for, and who it is."""
    finder = open_finder(Catalog(models).default_detector(), models, running=PLAIN)
    crops: dict[Crop, list[Image]] = {kind: [] for kind in kinds}
    people = []
    for path, person in photos:
        try:
            image = read_photo(path, side=DECODE_SIDE)[1].image
        except PhotoError:
            continue
        image = seen(image)
        found = finder.find(image)
        if not found:
            continue
        face = max(found, key=lambda one: one.box.area)
        for kind in kinds:
            crops[kind].append(cut(image, face.box, face.landmarks, kind))
        people.append(person)
    return {kind: np.stack(images) for kind, images in crops.items()}, np.array(people, np.int64)


def embed(card: ModelCard, models: Path, crops: Image) -> Embeddings:
    """Return vectors (n, d) as they are stored."""
    return open_embedder(card, models, running=PLAIN).embed(crops)


def crops_of_people(card: ModelCard, models: Path, folder: Path) -> tuple[Embeddings, np.ndarray]:
    """Return the vectors of a folder of crops, and whose each is."""
    source = CropFolder(folder)
    people = np.unique([face.person for face in source.faces], return_inverse=True)[1]
    return embed(card, models, np.stack([source.crop(index) for index in range(len(people))])), people


def apart(people: np.ndarray, vectors: Embeddings, others: Embeddings, whose: np.ndarray) -> np.ndarray:
    """Return the rows of people who are nobody of the others."""
    here, there = (
        People(tuple(f"{where} {one}" for one in np.unique(labels)), means(found, labels))
        for where, found, labels in (("here", vectors, people), ("there", others, whose))
    )
    gone = {int(one.training.split()[1]) for one in find_overlaps(here, there)}
    return np.flatnonzero(~np.isin(people, list(gone)))


def means(vectors: Embeddings, labels: np.ndarray) -> Embeddings:
    """Return the mean of each person's vectors, of unit length, people rising."""
    found = np.stack([vectors[labels == one].mean(axis=0) for one in np.unique(labels)])
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def row(found: Answers, against: Answers | None = None) -> str:
    """Return the cells of a model's figures, or of their differences to another's."""
    measures = {name: found.measures[name] for name in FIGURES}
    if against is not None:
        measures = differences(measures, {name: against.measures[name] for name in FIGURES})
    estimates = estimate(measures, SEED)
    return " | ".join(
        f"{one.value:+.4f} [{one.low:+.4f}, {one.high:+.4f}]" if against and isinstance(one, Estimate) else str(one)
        for one in estimates.values()
    )


if __name__ == "__main__":
    main()
