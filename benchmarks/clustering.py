"""How well faces are grouped: Kinfolk's default against the usual algorithms, on every set and three embedding models.

    python benchmarks/clustering.py --data ../shared/data --cache FOLDER [--models sface_2021dec ...] [--seeds 6]

Prints Markdown: one table a model with all faces of each set (BCubed F, and pairwise precision in brackets), then the
default on people held out from the calibration and on small and large libraries drawn from them. The first run embeds
some 6,000 faces into FOLDER, which takes ten minutes or so.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from labelled import ALBUM, MODELS, SETS, SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray

from engine.clustering.algorithms import algorithm_labels
from engine.clustering.calibrate import measure_calibration
from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.metrics import Score, score
from engine.models.catalog import Catalog
from engine.similarity import Calibration

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
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    print(circumstances(seed=0))
    for model in arguments.models:
        sets = {name: source.faces(name, model) for name in (*SETS, ALBUM)}
        calibration = calibration_of(model, sets["lfw"], source.cache / "models")
        print(f"\n### {model}\n")
        print_algorithms(sets, calibration)
        print_libraries(sets, calibration, arguments.seeds)


def halves(people: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split people in two: those a calibration is measured on and those it is not."""
    order = np.random.default_rng(0).permutation(np.unique(people))
    return order[: len(order) // 2], order[len(order) // 2 :]


def calibration_of(model: str, faces: Labelled, folder: Path) -> Calibration:
    """Return the card's calibration, or for a model without one what half of the LFW people say."""
    stated = Catalog(folder).card(model).calibration if model == SFACE else None
    tuned = faces.of(halves(faces.people)[0])
    return stated or measure_calibration(tuned.vectors, tuned.people)


def groupings(calibration: Calibration) -> Iterator[tuple[str, Grouping]]:
    """Yield the name and the function of every row of the table."""
    yield "**Kinfolk**", lambda faces: cluster(faces.vectors, calibration=calibration).labels
    yield "**Kinfolk**, told the photos", lambda faces: with_photos(faces, calibration)
    for name, (algorithm, settings) in SETTINGS.items():
        yield name, lambda faces, a=algorithm, s=settings: algorithm_labels(a, faces.vectors, s)
    yield "k-means, told the number", lambda faces: algorithm_labels("kmeans", faces.vectors, {"k": people_in(faces)})


def people_in(faces: Labelled) -> int:
    """Return how many people the key names."""
    return len(np.unique(faces.people[faces.people >= 0]))


def with_photos(faces: Labelled, calibration: Calibration) -> NDArray[np.int64]:
    """Group with "two faces of one photo are two people"."""
    said = Constraints(np.full(len(faces.people), -1, np.int64), photos=faces.photos)
    return cluster(faces.vectors, calibration=calibration, constraints=said).labels


def scored(faces: Labelled, labels: NDArray[np.int64]) -> Score:
    """Score the faces that the key names."""
    named = faces.people >= 0
    return score(faces.people[named], labels[named])


def print_algorithms(sets: dict[str, Labelled], calibration: Calibration) -> None:
    """Print the table of all algorithms over all faces of each set."""
    heads = [f"{name} ({len(faces.people)} faces, {people_in(faces)} people)" for name, faces in sets.items()]
    print(f"| | {' | '.join(heads)} | mean of the first three |")
    print(f"|---|{'---|' * (len(heads) + 1)}")
    for name, grouping in groupings(calibration):
        found = [scored(faces, grouping(faces)) for faces in sets.values()]
        cells = [f"{one.bcubed.f:.3f} ({one.pairwise.precision:.3f})" for one in found]
        mean = np.mean([one.bcubed.f for one in found[: len(SETS)]])
        print(f"| {name} | {' | '.join(cells)} | {mean:.3f} |", flush=True)


def print_libraries(sets: dict[str, Labelled], calibration: Calibration, seeds: int) -> None:
    """Print the default on libraries of few and of many people, none of whom the calibration was measured on."""
    print("\n| libraries of people the calibration has not seen | BCubed F | lowest | pairwise precision | lowest |")
    print("|---|---|---|---|---|")
    held_out = halves(sets["lfw"].people)[1]
    often = [person for person in held_out if (sets["lfw"].people == person).sum() > 1]
    pools = {"lfw": (sets["lfw"], held_out, often), "glint": (sets["glint_aligned112"], *[np.arange(10)] * 2)}
    for name, counts in (("lfw", (2, 5, 10, 20, 40, len(held_out))), ("glint", (2, 3, 5, 7))):
        faces, everybody, drawn_from = pools[name]
        for count in counts:
            rng = np.random.default_rng(count)
            draws = (
                [everybody]
                if count == len(everybody)
                else [rng.choice(drawn_from, count, replace=False) for _ in range(seeds)]
            )
            found = [
                scored(part, cluster(part.vectors, calibration=calibration).labels) for part in map(faces.of, draws)
            ]
            f, precision = [one.bcubed.f for one in found], [one.pairwise.precision for one in found]
            row = f"{np.mean(f):.3f} | {min(f):.3f} | {np.mean(precision):.3f} | {min(precision):.3f}"
            print(f"| {name}, {count} people, {len(draws)} drawn | {row} |", flush=True)


if __name__ == "__main__":
    main()
