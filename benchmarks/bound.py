"""How far the aim is the embedding's limit: the best that somebody who knows the key could set, library by library.

    python benchmarks/bound.py --data ../shared/data --cache FOLDER [--seeds 4]

Libraries composed of 2 to 80 people with pictures of them as adults and as children. Beside Kinfolk's own grouping
stand the best cut of average linkage, the best figures for Kinfolk's own rule (how fast chance falls with the
similarity, and how alike two groups must be that may be relatives), both chosen for each library by its own key; and
Kinfolk's groups after somebody has joined every two of one person whose means are more alike than one pair of strangers
in 10, 100, 1,000 and 10,000. BCubed F, the lowest, and pairwise precision in brackets. Markdown.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from clustering import by_default, scored
from composing import composed, without_shared
from labelled import CROWD, SETS, SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from engine.clustering.metrics import Score
from engine.models.catalog import Catalog
from engine.similarity import Calibration, Space

LIBRARIES = ((2, 0), (2, 1), (4, 2), (8, 1), (8, 20), (20, 2), (80, 1))
"""People, and bystanders a photo, as in `clustering.py`."""

CUTS = np.arange(0.05, 0.61, 0.01)
FALLS = (0.6, 0.8, 1.0, 1.25, 1.6, 2.2, 3.5)
"""Powers of the shares of strangers below one in ten: above 1 less similarity is enough."""

GUARDS = (0.44, 0.38, 0.33, 0.28, 0.23)
"""How alike two groups of several faces must be; the first is the card's."""

ORDINARY = 0.1
"""Larger shares stay as they are: by them what everybody has in common is judged."""

LEVELS = (0.1, 0.01, 0.001, 0.0001)
"""Shares of pairs of strangers above whose similarity the key joins."""


def best_average(faces: Labelled, space: Space) -> Score:
    """Return the score of average linkage in the space at the cut that is best for this library."""
    placed = faces.vectors.copy()
    space.place(placed)
    apart = np.maximum(1 - placed @ placed.T, 0)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    return _best(scored(faces, fcluster(tree, 1 - cut, "distance").astype(np.int64)) for cut in CUTS)


def best_own(faces: Labelled, space: Space) -> Score:
    """Return the score of Kinfolk's rule with the figures that are best for this library."""
    known = space.calibration
    spaces = (replace(space, calibration=asking(known, fall, guard)) for fall in FALLS for guard in GUARDS)
    return _best(scored(faces, by_default(one)(faces)) for one in spaces)


def asking(known: Calibration, fall: float, guard: float) -> Calibration:
    """Return a calibration whose chance falls faster or slower, and whose relatives are at most so alike."""
    shares = [
        (at, share if share >= ORDINARY else ORDINARY * (share / ORDINARY) ** fall) for at, share in known.impostor_tail
    ]
    return replace(known, impostor_tail=tuple(shares), intercept=known.intercept + known.slope * (GUARDS[0] - guard))


def joined_by_key(faces: Labelled, labels: NDArray[np.int64], space: Space, least: float) -> Score:
    """Return the score when any two groups mainly of one person join whose means are more alike than that."""
    placed = faces.vectors.copy()
    space.place(placed)
    named = np.flatnonzero(faces.people >= 0)
    own = labels.copy()
    own[own < 0] = labels.max(initial=-1) + 1 + np.arange(int((labels < 0).sum()))
    for person in np.unique(faces.people[named]).tolist():
        groups = [
            one
            for one in np.unique(own[faces.people == person]).tolist()
            if _mainly(faces.people[own == one]) == person
        ]
        while pair := _most_alike(placed, own, groups, least):
            own[own == pair[1]] = pair[0]
            groups.remove(pair[1])
    return scored(faces, own)


def _mainly(people: NDArray[np.int64]) -> int:
    """Return the person whom most of the faces show, −1 where the key names none of them."""
    known = people[people >= 0]
    return int(np.bincount(known).argmax()) if len(known) else -1


def _most_alike(
    placed: NDArray[np.float32], own: NDArray[np.int64], groups: list[int], least: float
) -> tuple[int, int] | None:
    """Return the two groups whose means are most alike, None where those are less alike than that."""
    if len(groups) < 2:
        return None
    means = np.stack([placed[own == one].mean(axis=0) for one in groups])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    alike = means @ means.T
    np.fill_diagonal(alike, -1)
    first, second = np.unravel_index(int(alike.argmax()), alike.shape)
    return (groups[first], groups[second]) if alike[first, second] > least else None


def _best(scores: Iterator[Score]) -> Score:
    return max(scores, key=lambda one: one.bcubed.f)


def ways(faces: Labelled, space: Space) -> Iterator[Score]:
    """Yield the scores of a library in the order of the columns."""
    labels = by_default(space)(faces)
    yield scored(faces, labels)
    yield best_average(faces, space)
    yield best_own(faces, space)
    for share in LEVELS:
        yield joined_by_key(faces, labels, space, space.calibration.similarity_at(share))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=4)
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    space = Catalog(source.models).card(SFACE).space
    assert space is not None
    pools = without_shared([source.faces(name, SFACE) for name in (SETS[0], SETS[2], SETS[1])], space)
    crowd = source.faces(CROWD, SFACE)
    print(circumstances(seed=0))
    heads = ["**Kinfolk**", "average linkage, best cut", "own rule, best figures"]
    heads += [
        f"joined by the key above {space.calibration.similarity_at(share):.2f} (1 in {1 / share:,.0f})"
        for share in LEVELS
    ]
    print(
        f"\n| people, bystanders a photo ({arguments.seeds} drawn) | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}"
    )
    for people, beside in LIBRARIES:
        drawn = [composed(pools, crowd, people, beside, seed) for seed in range(arguments.seeds)]
        cells = []
        for column in zip(*[ways(faces, space) for faces in drawn], strict=True):
            f, precision = [one.bcubed.f for one in column], [one.pairwise.precision for one in column]
            cells.append(f"{np.mean(f):.3f}, lowest {min(f):.3f} ({np.mean(precision):.3f})")
        print(f"| {people}, {beside} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
