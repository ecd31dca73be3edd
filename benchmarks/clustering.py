"""How well faces are grouped: Kinfolk's default against the usual algorithms, on every set and three embedding models.

    python benchmarks/clustering.py --data ../shared/data --cache FOLDER [--models sface_2021dec ...] [--seeds 6]

Every face that Kinfolk finds is clustered, as in life; those that the key names (the largest of each photo) are scored.
Prints Markdown: one table a model with each set (BCubed F, and pairwise precision in brackets), then the same on
libraries composed of 2 to 80 people with 0 to 20 bystanders a photo, with pictures of them as children and without, and
how crowds get into the groups of portraits. Behind the semicolon stands F where each bystander counts as a person, too.
The first run embeds some 10,000 faces into FOLDER, which takes ten minutes or so.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from composing import composed, crowd_beside_portraits, spoilt_portraits, without_shared
from labelled import ALBUM, CROWD, MODELS, SETS, SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray

from engine.clustering.algorithms import algorithm_labels
from engine.clustering.calibrate import measure_space
from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.metrics import Score, score
from engine.faces.quality import LOW_QUALITY
from engine.models.catalog import Catalog
from engine.similarity import Space

Grouping = Callable[[Labelled], NDArray[np.int64]]

SETTINGS: dict[str, tuple[str, dict[str, int | float | str]]] = {
    "HDBSCAN (3, 2)": ("hdbscan", {}),
    "HDBSCAN (2, 1), epsilon at 0.5": (
        "hdbscan",
        {"min_cluster_size": 2, "min_samples": 1, "selection_similarity": 0.5},
    ),
    "DBSCAN, distance 0.5 (Immich)": ("dbscan", {"similarity": 0.5, "min_samples": 3}),
    "Average linkage, cut 0.30": ("average", {"similarity": 0.30}),
    "Average linkage, cut 0.35": ("average", {"similarity": 0.35}),
    "Average linkage, cut 0.40": ("average", {"similarity": 0.40}),
    "Chinese whispers, 0.5": ("whispers", {"similarity": 0.5}),
}


def main() -> None:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS))
    parser.add_argument("--seeds", type=int, default=6, help="libraries drawn of each size")
    parser.add_argument("--album", action="store_true", help="compose an album, too; that takes as long again")
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    print(circumstances(seed=0))
    for model in arguments.models:
        sets = {name: source.faces(name, model) for name in (*SETS, *[ALBUM] * arguments.album)}
        crowd = source.faces(CROWD, model)
        space = space_of(model, sets, source.models)
        print(f"\n### {model}\n")
        print_algorithms(sets, space)
        rows = grouping_rows(space)
        kinds = source.kinds("lag")[sets["lag"].photos]
        grown = {**sets, "lag": sets["lag"].at(np.flatnonzero(kinds == "adult"))}
        print_composed("pictures of adults", grown, crowd, space, rows, arguments.seeds)
        print_composed("adults and children", sets, crowd, space, rows, arguments.seeds)
        print_crowd(crowd_beside_portraits(source, model, space), rows)


def space_of(model: str, sets: dict[str, Labelled], folder: Path) -> Space:
    """Return the space of the card, or for a model without one what the people of LFW and LAG say."""
    stated = Catalog(folder).card(model).space if model == SFACE else None
    if stated is not None:
        return stated
    lfw, lag = (sets[name].at(np.flatnonzero(sets[name].people >= 0)) for name in ("lfw", "lag"))
    people = np.concatenate([lfw.people, lag.people + len(lfw.names)])
    return measure_space(np.concatenate([lfw.vectors, lag.vectors]), people)


def by_default(space: Space) -> Grouping:
    """Return Kinfolk's own clustering, told the photos and the quality of the faces as in the program."""

    def group(faces: Labelled) -> NDArray[np.int64]:
        placed = faces.vectors.copy()
        young = space.place(placed)
        said = Constraints(np.full(len(faces.people), -1, np.int64), photos=faces.photos)
        seeds = faces.quality >= LOW_QUALITY
        return cluster(placed, calibration=space.calibration, constraints=said, seeds=seeds, childlike=young).labels

    return group


def groupings(space: Space) -> Iterator[tuple[str, Grouping]]:
    """Yield the name and the function of every row of the table."""
    yield "**Kinfolk**", by_default(space)
    for name, (algorithm, settings) in SETTINGS.items():
        yield name, lambda faces, a=algorithm, s=settings: algorithm_labels(a, faces.vectors, s)
    yield "k-means, told the number", lambda faces: algorithm_labels("kmeans", faces.vectors, {"k": people_in(faces)})


def people_in(faces: Labelled) -> int:
    """Return how many people the key names."""
    return len(np.unique(faces.people[faces.people >= 0]))


def scored(faces: Labelled, labels: NDArray[np.int64]) -> Score:
    """Score the faces that the key names."""
    named = faces.people >= 0
    return score(faces.people[named], labels[named])


def f_of_everybody(faces: Labelled, labels: NDArray[np.int64]) -> float:
    """Return BCubed F where each face that the key does not name counts as a person seen once."""
    people = faces.people.copy()
    unknown = np.flatnonzero(people < 0)
    people[unknown] = people.max(initial=-1) + 1 + np.arange(len(unknown))
    return score(people, labels).bcubed.f


def print_algorithms(sets: dict[str, Labelled], space: Space) -> None:
    """Print the table of all algorithms over all faces of each set."""
    heads = [f"{name} ({len(faces.people)} faces, {people_in(faces)} people)" for name, faces in sets.items()]
    print(f"| | {' | '.join(heads)} | mean of the first four |")
    print(f"|---|{'---|' * (len(heads) + 1)}")
    for name, grouping in groupings(space):
        found = [scored(faces, grouping(faces)) for faces in sets.values()]
        cells = [f"{one.bcubed.f:.3f} ({one.pairwise.precision:.3f})" for one in found]
        mean = np.mean([one.bcubed.f for one in found[: len(SETS)]])
        print(f"| {name} | {' | '.join(cells)} | {mean:.3f} |", flush=True)


def grouping_rows(space: Space) -> dict[str, Grouping]:
    """Return Kinfolk and the two plain algorithms that stand beside it on composed libraries."""
    rows: dict[str, Grouping] = {"**Kinfolk**": by_default(space)}
    for name in ("HDBSCAN (3, 2)", "Average linkage, cut 0.30"):
        algorithm, settings = SETTINGS[name]
        rows[name] = lambda faces, a=algorithm, s=settings: algorithm_labels(a, faces.vectors, s)
    return rows


def print_composed(
    what: str, sets: dict[str, Labelled], crowd: Labelled, space: Space, rows: dict[str, Grouping], seeds: int
) -> None:
    """Print Kinfolk beside two plain algorithms on libraries with bystanders."""
    pools = without_shared([sets["lfw"], sets["glint_aligned112"], sets["lag"]], space)
    print(f"\n| {what}: people, bystanders a photo ({seeds} drawn) | {' | '.join(rows)} |\n|---|{'---|' * len(rows)}")
    for people, beside in ((2, 0), (2, 1), (4, 2), (8, 1), (8, 20), (20, 2), (80, 1)):
        drawn = [composed(pools, crowd, people, beside, seed) for seed in range(seeds)]
        cells = []
        for grouping in rows.values():
            labels = [grouping(faces) for faces in drawn]
            found = [scored(*one) for one in zip(drawn, labels, strict=True)]
            everybody = np.mean([f_of_everybody(*one) for one in zip(drawn, labels, strict=True)])
            f, precision = [one.bcubed.f for one in found], [one.pairwise.precision for one in found]
            cells.append(f"{np.mean(f):.3f}, lowest {min(f):.3f} ({np.mean(precision):.3f}); {everybody:.3f}")
        print(f"| {people}, {beside} | {' | '.join(cells)} |", flush=True)


def print_crowd(beside_portraits: Labelled, rows: dict[str, Grouping]) -> None:
    """Print what a crowd does to portraits."""
    heads = "with a stranger in their group | crowd's faces in groups of 3 or more | … that are not one person"
    print(f"\n| 300 portraits beside a crowd | {heads} |\n|---|---|---|---|")
    for name, grouping in rows.items():
        shares = spoilt_portraits(beside_portraits, grouping(beside_portraits))
        print(f"| {name} | {' | '.join(f'{share:.1%}' for share in shares)} |", flush=True)


if __name__ == "__main__":
    main()
