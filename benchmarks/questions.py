"""How many questions a library raises, how many are answered with yes, and how likely they were said to be.

    python benchmarks/questions.py --data ../shared/data --cache FOLDER [--seeds 8]

Libraries as somebody begins with them: photos of a few people with all who stand in them, and photos of crowds; adults
of lfw, and people of lag with pictures as a child and as an adult. Kinfolk groups the faces, then somebody who knows
everybody answers what is asked, question by question, until nothing is. A face that no key names is nobody's. Markdown.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from clustering import by_default
from labelled import CROWD, SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray

from engine.clustering.likeness import Faces
from engine.clustering.metrics import score
from engine.clustering.questions import Answers, Question, Sorted, face_key, people_key
from engine.clustering.suggest import next_questions
from engine.similarity import Space

MOST, NEAR = 150, 3
"""At most so many questions are answered; a face is compared with so many people, and not asked about after a no."""

BANDS = (0.0, 0.05, 0.3, 0.7, 0.87, 0.93, 0.98, 1.01)
CROWD_PHOTOS = 15


@dataclass(slots=True)
class Told:
    """What was asked about one library: how likely each question was said to be, whether it was so, and F around it."""

    said: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    before: float = 0.0
    after: float = 0.0


def library_of(sets: Sequence[Labelled], people: int, seed: int, each: int) -> Labelled:
    """Return all faces in photos of so many people of the first set, and of a few photos of the others.

    At most `each` photos of a person; people have five photos or more.
    """
    rng = np.random.default_rng(seed)
    main = sets[0]
    known, sizes = np.unique(main.people[main.people >= 0], return_counts=True)
    photos: list[int] = []
    for person in rng.choice(known[sizes >= 5], people, replace=False).tolist():
        photos += rng.permutation(np.unique(main.photos[main.people == person]))[:each].tolist()
    parts = [main.at(np.flatnonzero(np.isin(main.photos, photos)))]
    for other in sets[1:]:
        chosen = rng.permutation(np.unique(other.photos))[:CROWD_PHOTOS]
        parts.append(other.at(np.flatnonzero(np.isin(other.photos, chosen))))
    offsets = np.cumsum([0, *[int(part.photos.max(initial=0)) + 1 for part in parts]])
    return Labelled(
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([parts[0].people, *[np.full(len(part.people), -1) for part in parts[1:]]]),
        np.concatenate([part.photos + offset for part, offset in zip(parts, offsets, strict=False)]),
        np.concatenate([part.quality for part in parts]),
        main.names,
    )


def ask(faces: Labelled, space: Space) -> Told:
    """Group the faces and answer the questions one by one."""
    labels = by_default(space)(faces)
    placed = faces.vectors.copy()
    space.place(placed)
    known, told = Faces.of(placed, faces.photos), Told(before=_f(faces, labels))
    confirmed = np.zeros(len(labels), bool)
    answers = Answers()
    while len(told.said) < MOST:
        state = Sorted(known, labels, confirmed, faces.quality)
        refused = set(answers.rejected[:, 0].tolist())
        asked = next_questions(state, answers, calibration=space.calibration, limit=1 + NEAR * len(refused))
        question = next((one for one in asked if one.face not in refused), None)
        if question is None:
            break
        told.said.append(question.probability)
        told.right.append(_is_right(question, faces, labels))
        labels, answers = _answered(question, labels, answers, right=told.right[-1])
    told.after = _f(faces, labels)
    return told


def _answered(
    question: Question, labels: NDArray[np.int64], answers: Answers, *, right: bool
) -> tuple[NDArray[np.int64], Answers]:
    if right:
        side = labels == question.person if question.person >= 0 else np.arange(len(labels)) == question.face
        return np.where(side, question.other, labels), answers
    if question.person >= 0:
        pair = np.array([[question.person, question.other]], np.int64)
        key = people_key(question.person, question.other)
        return labels, Answers(answers.rejected, np.concatenate([answers.distinct, pair]), answers.asked | {key})
    pair = np.array([[question.face, question.other]], np.int64)
    key = face_key(question.face, question.other)
    return labels, Answers(np.concatenate([answers.rejected, pair]), answers.distinct, answers.asked | {key})


def _is_right(question: Question, faces: Labelled, labels: NDArray[np.int64]) -> bool:
    """Say whether both sides are mainly one person whom the key names."""
    side = faces.people[labels == question.person] if question.person >= 0 else faces.people[[question.face]]
    first, second = _mainly(side), _mainly(faces.people[labels == question.other])
    return first >= 0 and first == second


def _mainly(people: NDArray[np.int64]) -> int:
    found, counts = np.unique(people, return_counts=True)
    return int(found[counts.argmax()]) if len(found) else -1


def _f(faces: Labelled, labels: NDArray[np.int64]) -> float:
    named = faces.people >= 0
    return score(faces.people[named], labels[named]).bcubed.f


def print_libraries(what: str, drawn: Sequence[Labelled], space: Space) -> Told:
    """Print one row about these libraries and return all that was asked."""
    found = [ask(faces, space) for faces in drawn]
    asked, yes = [len(one.said) for one in found], [sum(one.right) for one in found]
    faces = np.mean([len(one.people) for one in drawn])
    before, after = np.mean([one.before for one in found]), np.mean([one.after for one in found])
    row = f"{faces:.0f} | {np.mean(asked):.1f} (most {max(asked)}) | {np.mean(yes):.1f} | {before:.3f} → {after:.3f}"
    print(f"| {what} | {row} |", flush=True)
    return Told([value for one in found for value in one.said], [value for one in found for value in one.right])


def print_bands(all_told: dict[str, Told]) -> None:
    """Print said → right by band."""
    heads = [f"{low:.0%} to {min(high, 1):.0%}" for low, high in pairwise(BANDS)]
    print(f"\n| said → right (questions) | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}")
    for what, told in all_told.items():
        said, right = np.array(told.said), np.array(told.right, float)
        cells = []
        for low, high in pairwise(BANDS):
            rows = (said >= low) & (said < high)
            cells.append(f"{said[rows].mean():.0%} → {right[rows].mean():.0%} ({rows.sum()})" if rows.any() else "")
        print(f"| {what} | {' | '.join(cells)} |")


def main() -> None:
    """Draw the libraries, ask, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=8)
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    print(circumstances(seed=0))
    space = source.card(SFACE)[0].space
    assert space is not None
    lfw, lag, crowd = (source.faces(name, SFACE) for name in ("lfw", "lag", CROWD))
    print("\n| library | faces | questions | answered with yes | F before → after |\n|---|---|---|---|---|")
    kinds: dict[str, tuple[Sequence[Labelled], Sequence[int], int]] = {
        "adults and crowds": ((lfw, crowd), (2, 8, 20, 60), 12),
        "childhood and adult pictures": ((lag,), (2, 8, 20, 60), 12),
        "the same, and crowds": ((lag, crowd), (2, 8, 20, 60), 12),
    }
    told: dict[str, Told] = {}
    for kind, (sets, sizes, each) in kinds.items():
        for people in sizes:
            drawn = [library_of(sets, people, seed, each) for seed in range(arguments.seeds)]
            one = print_libraries(f"{people} people, {kind}", drawn, space)
            before = told.get(kind, Told())
            told[kind] = Told(before.said + one.said, before.right + one.right)
    print_bands(told)


if __name__ == "__main__":
    main()
