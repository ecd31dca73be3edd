"""Embedders side by side on people of lfw whom the story of `models_story.py` never names, with 95 % intervals.

    python benchmarks/held_out_models.py --shared ../shared/data --models FOLDER [--skip 30] sface_2021dec MODEL ...

Up to five photos of each person after the first `--skip`, and one photo of everybody who has but one. Every model is
shown the crop that its card asks for, of the largest face that the default detector finds. The table is markdown: equal
error rate and VAL by ten folds (FaceNet's measure), and the paired difference to the first model.
"""

import argparse
from pathlib import Path

import numpy as np
from models_story import lfw_people

from engine.errors import PhotoError
from engine.faces.crops import cut
from engine.faces.embed import open_embedder
from engine.faces.finder import DECODE_SIDE, open_finder
from engine.geometry import Image
from engine.models.card import Crop
from engine.models.catalog import Catalog
from engine.models.session import PLAIN
from engine.scan.decode import read_photo
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
    parser.add_argument("names", nargs="+", metavar="MODEL", help="the first is what the others are held against")
    words = parser.parse_args()
    cards = [Catalog(words.models).card(name) for name in words.names]
    photos = held_out(words.shared, words.skip)
    crops, people = faces_of(words.models, photos, {card.input.crop for card in cards})
    print(f"{len(people)} faces of {len(np.unique(people))} people, {len(photos) - len(people)} photos without a face")
    trial = trial_of_people(people, SEED)
    answers = []
    for card in cards:
        embedder = open_embedder(card, words.models, running=PLAIN)
        answers.append(answer(trial, card.name, embedder.embed(crops[card.input.crop]), {}))
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


def faces_of(models: Path, photos: list[tuple[Path, int]], kinds: set[Crop]) -> tuple[dict[Crop, Image], np.ndarray]:
    """Return the largest face of each photo, cut in every way that is asked for, and who it is."""
    finder = open_finder(Catalog(models).default_detector(), models, running=PLAIN)
    crops: dict[Crop, list[Image]] = {kind: [] for kind in kinds}
    people = []
    for path, person in photos:
        try:
            image = read_photo(path, side=DECODE_SIDE)[1].image
        except PhotoError:
            continue
        found = finder.find(image)
        if not found:
            continue
        face = max(found, key=lambda one: one.box.area)
        for kind in kinds:
            crops[kind].append(cut(image, face.box, face.landmarks, kind))
        people.append(person)
    return {kind: np.stack(images) for kind, images in crops.items()}, np.array(people, np.int64)


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
