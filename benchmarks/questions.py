"""How many questions a library raises, how many are answered with yes, and how likely they were said to be.

    python benchmarks/questions.py --data ../shared/data --cache FOLDER [--seeds 8] [--forgetful]

Libraries as somebody begins with them: photos of a few people with all who stand in them, and photos of crowds; adults
of lfw, and people of lag with pictures as a child and as an adult. Kinfolk groups the faces, then somebody who knows
everybody answers what is asked, question by question, until nothing is; then they ask for the less likely questions,
too, and answer those. A face that no key names is nobody's. With --forgetful a yes teaches nothing. Markdown.
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
from engine.clustering.wanted import LIKELY, RARELY, Outlook, Wanted
from engine.similarity import Space

MOST = 400
"""At most so many questions are answered."""

BANDS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.87, 0.95, 1.01)
CROWD_PHOTOS = 15
SIZES, EACH = (2, 8, 20, 60), 12
"""People of a library, and photos of each."""


@dataclass(slots=True)
class Told:
    """What was asked of a library in one go: how likely each question was said to be, whether it was so, and F then.

    `outlook` is what was said, before, of how many it would be and how many of them a yes.
    """

    said: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    f: float = 0.0
    outlook: Outlook = field(default_factory=Outlook)


@dataclass(slots=True)
class Asked:
    """One library: F as it was grouped, what was asked unasked for, and what came when more was asked for."""

    before: float
    likely: Told = field(default_factory=Told)
    further: Told = field(default_factory=Told)


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


class Library:
    """The faces of a library, grouped, and what was said of them."""

    def __init__(self, faces: Labelled, space: Space, *, forgetful: bool) -> None:
        self.faces, self.calibration, self.forgetful = faces, space.calibration, forgetful
        self.labels = by_default(space)(faces)
        placed = faces.vectors.copy()
        space.place(placed)
        self.known = Faces.of(placed, faces.photos)
        self.confirmed = np.zeros(len(self.labels), bool)
        self.answers = Answers()

    def answer(self, least: float, most: int) -> Told:
        """Answer the questions that are at least so likely, one by one."""
        told, wanted = Told(), Wanted(limit=1, least=least)
        while True:
            state = Sorted(self.known, self.labels, self.confirmed, self.faces.quality)
            found = next_questions(state, self.answers, calibration=self.calibration, wanted=wanted)
            if not found.questions or len(told.said) >= most:
                break
            (question,) = found.questions
            told.said.append(question.probability)
            told.right.append(_is_right(question, self.faces, self.labels))
            self._take(question, right=told.right[-1])
        told.f, told.outlook = _f(self.faces, self.labels), found.further
        return told

    def _take(self, question: Question, *, right: bool) -> None:
        self.labels, self.answers = _answered(question, self.labels, self.answers, right=right)
        if right and not self.forgetful:
            self.confirmed |= self.labels == question.other


def ask(faces: Labelled, space: Space, *, forgetful: bool) -> Asked:
    """Group the faces and answer the questions: what is asked first, and what comes when more is asked for."""
    library = Library(faces, space, forgetful=forgetful)
    asked = Asked(_f(faces, library.labels))
    asked.likely = library.answer(LIKELY, MOST)
    asked.further = library.answer(RARELY, MOST)
    asked.further.outlook = asked.likely.outlook
    return asked


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


def print_libraries(what: str, drawn: Sequence[Labelled], found: Sequence[Asked]) -> None:
    """Print one row about these libraries."""
    faces = np.mean([len(one.people) for one in drawn])
    cells = [f"{what} | {faces:.0f} | {np.mean([one.before for one in found]):.3f}"]
    for told in ([one.likely for one in found], [one.further for one in found]):
        asked, yes = [len(one.said) for one in told], np.mean([sum(one.right) for one in told])
        cells.append(f"{np.mean(asked):.1f} (most {max(asked)}) | {yes:.1f} | {np.mean([one.f for one in told]):.3f}")
    outlooks = [one.further.outlook for one in found]
    expected = np.mean([one.count * one.share for one in outlooks])
    cells.append(f"{np.mean([one.count for one in outlooks]):.1f}, {expected:.1f} yes")
    print(f"| {' | '.join(cells)} |", flush=True)


def print_bands(what: str, all_told: Sequence[Told]) -> None:
    """Print said → right by band."""
    said = np.array([value for one in all_told for value in one.said])
    right = np.array([value for one in all_told for value in one.right], float)
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
    parser.add_argument("--forgetful", action="store_true")
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    print(circumstances(seed=0))
    space = source.card(SFACE)[0].space
    assert space is not None
    lfw, lag, crowd = (source.faces(name, SFACE) for name in ("lfw", "lag", CROWD))
    print("\n| library | faces | F | questions | yes | F | less likely ones | yes | F | said before |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    kinds: dict[str, Sequence[Labelled]] = {
        "adults and crowds": (lfw, crowd),
        "childhood and adult pictures": (lag,),
        "the same, and crowds": (lag, crowd),
    }
    told: dict[str, list[Asked]] = {}
    for kind, sets in kinds.items():
        for people in SIZES:
            drawn = [library_of(sets, people, seed, EACH) for seed in range(arguments.seeds)]
            found = [ask(faces, space, forgetful=arguments.forgetful) for faces in drawn]
            print_libraries(f"{people} people, {kind}", drawn, found)
            told.setdefault(kind, []).extend(found)
    heads = [f"{low:.0%} to {min(high, 1):.0%}" for low, high in pairwise(BANDS)]
    print(f"\n| said → right (questions) | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}")
    for kind, found in told.items():
        print_bands(kind, [one.likely for one in found])
        print_bands("… less likely ones", [one.further for one in found])


if __name__ == "__main__":
    main()
