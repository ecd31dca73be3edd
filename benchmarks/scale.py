"""Time, memory and growth of clustering over generated embeddings, against the hdbscan package.

    python benchmarks/scale.py [--sizes 10000 ... 1000000] [--roles default] [--seed 0]

The embeddings are 128-D: people with a long-tailed number of faces (12 on average), faces of different clarity, and one
person in ten with a sibling at a cosine of 0.45. Every measurement is a process of its own, so that its peak memory is
its own. Seconds on the wall say something on a quiet machine only; those of the processor hold on any, but for what
threads spend waiting for each other on a busy one. What takes long for many faces is measured for fewer (`UP_TO`).
Prints Markdown.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from labelled import circumstances
from numpy.typing import NDArray

from engine.similarity import Calibration

TAIL = ((0.085, 0.5), (0.159, 0.2), (0.198, 0.1), (0.229, 0.05), (0.288, 0.01), (0.362, 0.001), (0.427, 0.0001))
CALIBRATION = Calibration(TAIL, 33.1, -10.94)
"""About SFace's; the generated strangers are less alike than that."""

ADDED = 100

SIZES = [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000]

UP_TO = {"package": 20_000, "hdbscan": 200_000}
"""Up to how many faces the others are measured."""

FEW = 5
"""People of two to so many faces have an F of their own: they are what is missed first."""

_BLOCK = 1 << 14


def generated(count: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return `count` unit embeddings (count, 128) and who each is, (count,)."""
    rng = np.random.default_rng(seed)
    number, size = max(count // 12, 2), 128
    centres = _unit(rng.normal(size=(number, size)))
    siblings = rng.permutation(number)[: number // 10 // 2 * 2].reshape(-1, 2)
    own = centres[siblings[:, 1]]
    centres[siblings[:, 1]] = _unit(0.45 * centres[siblings[:, 0]] + np.sqrt(1 - 0.45**2) * own)
    chance = 1 / np.arange(1, number + 1) ** 0.7
    people = rng.choice(number, count, p=chance / chance.sum())
    clarity = rng.uniform(0.5, 1.2, count)[:, None]
    vectors = np.empty((count, size), np.float32)
    for start in range(0, count, _BLOCK):  # so that the peak of memory is not the one of making them
        block = slice(start, start + _BLOCK)
        noise = rng.normal(size=vectors[block].shape)
        vectors[block] = _unit(centres[people[block]] + noise * clarity[block] / np.sqrt(size))
    return vectors, people


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def run_default(vectors: NDArray[np.float32]) -> Callable[[], NDArray[np.int64]]:
    """Return Kinfolk's default."""
    from engine.clustering.default import cluster

    return lambda: cluster(vectors, calibration=CALIBRATION).labels


def run_hdbscan(vectors: NDArray[np.float32]) -> Callable[[], NDArray[np.int64]]:
    """Return Kinfolk's HDBSCAN with the settings that the package is given."""
    from engine.clustering.hdbscan import HdbscanOptions, hdbscan_labels

    return lambda: hdbscan_labels(vectors, HdbscanOptions(3, 2))


def run_package(vectors: NDArray[np.float32]) -> Callable[[], NDArray[np.int64]]:
    """Return the hdbscan package."""
    from hdbscan import HDBSCAN

    model = HDBSCAN(min_cluster_size=3, min_samples=2, core_dist_n_jobs=os.cpu_count() or 1)
    return lambda: model.fit_predict(vectors)


def run_arrival(vectors: NDArray[np.float32], people: NDArray[np.int64]) -> Callable[[], NDArray[np.int64]]:
    """Return what becomes of 100 new faces among the others, whose people are known; −1 for a face that is nobody's."""
    from engine.clustering.constraints import Constraints
    from engine.library.vectors import FaceVectors
    from engine.progress import finish
    from engine.workflows.grouping.arrival import grouped_again

    count = len(vectors)
    fresh = np.arange(count) < ADDED
    known = np.where(fresh, -1, people)
    numbers, none = np.arange(count), np.full(count, -1)
    sources, clear = np.zeros(count, np.int8), np.ones(count, np.float32)
    faces = FaceVectors(numbers, numbers, known, none, sources, np.zeros(count, bool), clear, none * np.nan, vectors)
    said = Constraints(none, photos=numbers)

    def run() -> NDArray[np.int64]:
        found = finish(grouped_again(faces, fresh, said, CALIBRATION, whole=0))
        return _whose(found.rows, found.labels, known)

    return run


def _whose(rows: NDArray[np.intp], labels: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each new face the person whom most known faces of its group are of, (ADDED,)."""
    result = np.full(ADDED, -1, np.int64)
    for row, label in zip(rows[:ADDED], labels[:ADDED], strict=True):
        there = known[rows[labels == label]]
        there = there[there >= 0]
        if label >= 0 and len(there):
            result[row] = np.bincount(there).argmax()
    return result


def measure(role: str, count: int, seed: int, labels: Path) -> None:
    """Run one role in this process, write its labels, and print what it took."""
    vectors, people = generated(count + ADDED * (role == "arrival"), seed)
    makers = {"default": run_default, "hdbscan": run_hdbscan, "package": run_package}
    run = run_arrival(vectors, people) if role == "arrival" else makers[role](vectors)
    start, began = time.perf_counter(), time.process_time()
    found = run()
    seconds, processor = time.perf_counter() - start, time.process_time() - began
    np.save(labels, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    load = os.getloadavg()[0]
    print(json.dumps({"seconds": seconds, "processor": processor, "gigabytes": peak, "load": load}))


class Bench:
    """Runs roles as processes and keeps what they found."""

    def __init__(self, seed: int, scratch: Path) -> None:
        self.seed, self.scratch = seed, scratch

    def run(self, role: str, count: int) -> dict[str, float]:
        """Return seconds and peak memory of one role, and how busy the machine was."""
        command = [sys.executable, __file__, "--role", role, "--sizes", str(count), "--seed", str(self.seed)]
        done = subprocess.run(
            [*command, "--labels", self.path(role, count)], capture_output=True, text=True, check=True
        )
        answer: dict[str, float] = json.loads(done.stdout)
        return answer

    def path(self, role: str, count: int) -> Path:
        """Return where a role leaves its labels."""
        return self.scratch / f"{role}-{count}.npy"

    def labels(self, role: str, count: int) -> NDArray[np.int64]:
        """Return what a role found; outliers are −1."""
        found: NDArray[np.int64] = np.load(self.path(role, count))
        return found


def compare(sizes: list[int], chosen: list[str], seed: int) -> None:
    """Measure everything and print the tables."""
    from engine.clustering.metrics import score

    print(circumstances(seed), flush=True)
    heads = ("faces", "algorithm", "seconds", "of a processor", "load", "peak memory, GB", "BCubed F")
    print(f"\n| {' | '.join(heads)} | of people with 2 to {FEW} | pairwise precision | ARI with hdbscan |")
    print(f"|{'---|' * (len(heads) + 3)}")
    taken: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(seed, Path(scratch))
        for count in sizes:
            people = generated(count, seed)[1]
            faces = np.bincount(people)[people]
            few = (faces > 1) & (faces <= FEW)
            for role in [one for one in chosen if count <= UP_TO.get(one, count)]:
                cost = bench.run(role, count)
                taken[role, count] = cost["seconds"]
                labels = bench.labels(role, count)
                found, of_few = score(people, labels), score(people[few], labels[few]).bcubed.f
                agreed = ""
                if ("package", count) in taken:
                    agreed = f"{score(bench.labels('package', count), labels).ari:.4f}"
                measured = (
                    f"{cost['seconds']:.2f} | {cost['processor']:.2f} | {cost['load']:.1f} | {cost['gigabytes']:.2f}"
                )
                good = f"{found.bcubed.f:.4f} | {of_few:.3f} | {found.pairwise.precision:.4f}"
                print(f"| {count} | {role} | {measured} | {good} | {agreed} |", flush=True)
        print_growth(taken, sizes)
        print_arrival(bench, sizes)


def print_growth(taken: dict[tuple[str, int], float], sizes: list[int]) -> None:
    """Print how the time grows, and how much faster than the package ours is where both ran."""
    for role in sorted({role for role, _ in taken} - {"package"}):
        growing = [count for count in sizes if count >= 20_000 and (role, count) in taken]
        if len(growing) > 1:
            seconds = [taken[role, count] for count in growing]
            exponent = np.polyfit(np.log(growing), np.log(seconds), 1)[0]
            print(f"\n{role}: time grows with the {exponent:.2f}th power from {growing[0]} to {growing[-1]} faces.")
        for count in sizes:
            if ("package", count) in taken:
                print(f"\n{role}: {taken['package', count] / taken[role, count]:.1f} times the package at {count}.")


def print_arrival(bench: Bench, sizes: list[int]) -> None:
    """Print what adding 100 faces costs."""
    count = 100_000 if 100_000 in sizes else max(sizes)
    cost, people = bench.run("arrival", count), generated(count + ADDED, bench.seed)[1][:ADDED]
    found = bench.labels("arrival", count)
    voted = found >= 0
    right = (found[voted] == people[voted]).mean()
    print(
        f"\nAdding {ADDED} faces to {count}: {cost['seconds']:.3f} s, {cost['processor']:.3f} s of a processor; ",
        end="",
    )
    print(f"{voted.sum()} joined a person, {right:.1%} of them the right one.")


def main() -> None:
    """Compare, or run one role as a child."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    roles = ("package", "default", "hdbscan")
    parser.add_argument("--roles", nargs="+", choices=roles, default=list(roles), help="what is measured")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--role", choices=("default", "hdbscan", "package", "arrival"), help=argparse.SUPPRESS)
    parser.add_argument("--labels", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.role:
        measure(arguments.role, arguments.sizes[0], arguments.seed, arguments.labels)
    else:
        compare(arguments.sizes, arguments.roles, arguments.seed)


if __name__ == "__main__":
    main()
