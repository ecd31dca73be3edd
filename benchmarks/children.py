"""How well children are grouped, and how soon the question comes that makes a child and an adult one person.

    python benchmarks/children.py --data ../shared/data --cache FOLDER [--seeds 8] [--told]

LAG's pictures of 350 people, young and adult: BCubed F and pairwise precision of each alone and of both together, as
the card has it and as if it said nothing of children. Then libraries of so many people with pictures of both kinds, 25
years apart: Kinfolk groups them, and somebody who knows everybody answers its questions as they come. With `--told`:
children alone, as if a model had told that each is one, by the share that their likeness then counts less. Markdown.
"""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from clustering import by_default, scored
from labelled import MODELS, SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray

from engine.clustering.calibrate import measure
from engine.clustering.default import cluster
from engine.clustering.likeness import Faces
from engine.clustering.questions import Answers, Question, Sorted, people_key
from engine.clustering.suggest import next_questions
from engine.clustering.wanted import Wanted
from engine.faces.embed import open_embedder
from engine.models.catalog import Catalog
from engine.similarity import Space

YOUNG_DAY, ADULT_DAY, SPREAD = 3650.0, 12775.0, 1500.0
"""About when young and adult pictures were taken, in days since 1970, and by how much that varies."""

TOLD, SHARES = 330, (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.35)
"""So many children are grouped as if their ages had been told, their likeness counting less by each of these shares."""

EACH = 2
"""Pictures of either kind that everybody in a library has at least."""


@dataclass(slots=True)
class Asked:
    """What came of the questions about one library."""

    halves: int
    united_before: int
    united: int
    yes: int
    questions: int
    first_right: int


def library_of(lag: Labelled, kinds: NDArray[np.str_], people: int, seed: int) -> tuple[Labelled, NDArray[np.str_]]:
    """Return the pictures of so many people who have both kinds, with the kind of each."""
    named = lag.people >= 0
    young, adult = (
        np.bincount(lag.people[named & (kinds == kind)], minlength=len(lag.names)) for kind in ("young", "adult")
    )
    able = np.flatnonzero((young >= EACH) & (adult >= EACH))
    chosen = np.random.default_rng(seed).choice(able, people, replace=False)
    rows = np.flatnonzero(np.isin(lag.people, chosen))
    return lag.at(rows), kinds[rows]


def ask(faces: Labelled, kinds: NDArray[np.str_], space: Space, most: int, seed: int) -> Asked:
    """Group the faces, then answer at most so many questions; how many of the people stand in one piece meanwhile."""
    labels = by_default(space)(faces)
    days = np.where(kinds == "young", YOUNG_DAY, ADULT_DAY)
    days = days + np.random.default_rng(seed).uniform(-SPREAD, SPREAD, len(days))
    placed = faces.vectors.copy()
    space.place(placed)
    known = Faces.of(placed, faces.photos, days)
    result = Asked(len(np.unique(faces.people)), _united(faces, kinds, labels), 0, 0, 0, 0)
    confirmed = np.zeros(len(labels), bool)
    distinct: list[tuple[int, int]] = []
    rejected: list[tuple[int, int]] = []
    while result.questions < most:
        state = Sorted(known, labels, confirmed, faces.quality)
        said = Answers(_pairs(rejected), _pairs(distinct))
        asked = next_questions(state, said, calibration=space.calibration, wanted=Wanted(limit=1)).questions
        if not asked:
            break
        right = _is_right(asked[0], faces, labels)
        result.questions += 1
        result.yes += right
        result.first_right += right and result.questions <= result.halves
        if right:
            side = labels == asked[0].person if asked[0].person >= 0 else np.arange(len(labels)) == asked[0].face
            labels = np.where(side, asked[0].other, labels)
            confirmed |= labels == asked[0].other
        elif asked[0].person >= 0:
            distinct.append(people_key(asked[0].person, asked[0].other)[1:])
        else:
            rejected.append((asked[0].face, asked[0].other))
    result.united = _united(faces, kinds, labels)
    return result


def _pairs(said: list[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(said, np.int64).reshape(-1, 2)


def _main(labels: NDArray[np.int64]) -> int:
    """Return the commonest label, −1 for none."""
    known = labels[labels >= 0]
    return int(np.bincount(known).argmax()) if len(known) else -1


def _is_right(question: Question, faces: Labelled, labels: NDArray[np.int64]) -> bool:
    """Say whether both sides are mainly one person."""
    first = faces.people[labels == question.person] if question.person >= 0 else faces.people[[question.face]]
    return _main(first) == _main(faces.people[labels == question.other])


def _united(faces: Labelled, kinds: NDArray[np.str_], labels: NDArray[np.int64]) -> int:
    """Return how many people have most of their young and most of their adult pictures in one group."""
    found = 0
    for person in np.unique(faces.people).tolist():
        young, adult = (_main(labels[(faces.people == person) & (kinds == kind)]) for kind in ("young", "adult"))
        found += young >= 0 and young == adult
    return found


def print_grouping(lag: Labelled, kinds: NDArray[np.str_], spaces: dict[str, Space]) -> None:
    """Print F and precision of children, of adults and of both."""
    named = lag.people >= 0
    parts = {"children": kinds == "young", "adults": kinds == "adult", "both": named}
    heads = [f"{name} ({(chosen & named).sum()} faces)" for name, chosen in parts.items()]
    print(f"\n| | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}")
    for name, space in spaces.items():
        cells = []
        for chosen in parts.values():
            faces = lag.at(np.flatnonzero(chosen & named))
            found = scored(faces, by_default(space)(faces))
            cells.append(f"{found.bcubed.f:.3f} ({found.pairwise.precision:.3f})")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def print_questions(lag: Labelled, kinds: NDArray[np.str_], space: Space, seeds: int) -> None:
    """Print how many people stand in one piece, and after as many questions as there are people and twice that."""
    print("\n| people | in one piece | after as many questions | after twice as many | yes | of the first right |")
    print("|---|---|---|---|---|---|")
    for people in (4, 12, 40):
        drawn = [library_of(lag, kinds, people, seed) for seed in range(seeds)]
        once = [ask(*one, space, people, seed) for seed, one in enumerate(drawn)]
        twice = [ask(*one, space, 2 * people, seed) for seed, one in enumerate(drawn)]
        total = sum(one.halves for one in once)
        shares = [
            sum(counts) / total
            for counts in zip(
                *[(a.united_before, a.united, b.united) for a, b in zip(once, twice, strict=True)], strict=True
            )
        ]
        yes = sum(one.yes for one in twice) / total
        right = sum(one.first_right for one in once) / sum(min(one.questions, one.halves) for one in once)
        cells = [f"{share:.0%}" for share in shares]
        print(f"| {people} | {' | '.join(cells)} | {yes:.2f} a person | {right:.0%} |", flush=True)


def print_told(source: Source, lag: Labelled, children: NDArray[np.intp]) -> None:
    """Print F and precision of some children by how much less their likeness counts, by model."""
    rows = np.sort(np.random.default_rng(0).permutation(children)[:TOLD])
    faces = lag.at(rows)
    print(f"\n| model, {len(rows)} children | {' | '.join(f'{share:.2f}' for share in SHARES)} |")
    print(f"|---|{'---|' * len(SHARES)}", flush=True)
    for name in MODELS[:2]:
        card, folder = source.card(name)
        vectors = open_embedder(card, folder).embed(source.crops("lag")[rows])
        known = source.faces("lfw", name)
        plain = measure(known.vectors[known.people >= 0], known.people[known.people >= 0]).calibration
        spaces = {f"{name} without a space": None} | ({name: card.space} if card.space is not None else {})
        for title, space in spaces.items():
            placed = vectors.copy()
            young = np.zeros(len(rows), np.float32) if space is None else space.place(placed)
            calibration = plain if space is None else space.calibration
            cells = []
            for share in SHARES:
                told = np.maximum(young, np.float32(share))
                found = scored(faces, cluster(placed, calibration=calibration, childlike=told).labels)
                cells.append(f"{found.bcubed.f:.3f} ({found.pairwise.precision:.3f})")
            print(f"| {title} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--told", action="store_true", help="as if ages had been told, instead of all else")
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    space = Catalog(source.models).card(SFACE).space
    assert space is not None
    lag = source.faces("lag", SFACE)
    kinds = source.kinds("lag")[lag.photos]
    print(circumstances(seed=0))
    if arguments.told:
        print_told(source, lag, np.flatnonzero((kinds == "young") & (lag.people >= 0)))
        return
    print_grouping(
        lag, kinds, {"**Kinfolk**": space, "without the figures on children": replace(space, childlike=None)}
    )
    print_questions(lag, kinds, space, arguments.seeds)


if __name__ == "__main__":
    main()
