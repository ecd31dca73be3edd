"""Who looks like two people: somebody who is one, and two who are alike and stand under one name.

    python benchmarks/two_in_one.py --data ../shared/data --cache FOLDER

One person: everybody of lfw, glint and the adults of lag with enough clear faces, all of them and some drawn, and the
people of lag with childhood and adult pictures. Two: every two people whose means are more alike than .25, as one.
Prints how many of each are asked about, by strangers' likeness alone (as where nothing is known of ages) and as it is,
and of two how many stand apart cleanly in what is asked. Markdown.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from composing import without_shared
from labelled import SETS, SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray

from engine.clustering.two_in_one import Parts, two_in_one
from engine.faces.quality import LOW_QUALITY
from engine.models.catalog import Catalog
from engine.similarity import Calibration, Space
from engine.workflows.questions.doubtful import FEWEST

DRAWS, MOST = 6, 15
"""So many times FEWEST to MOST faces of everybody are drawn."""

ALIKE, VERY_ALIKE = 0.25, 0.35
"""Cosines of the means of two people: one pair of strangers in 200, and one in 10,000, are as alike."""

Clear = tuple[NDArray[np.float32], NDArray[np.float32]]
"""The placed vectors (n, d) of somebody's clear faces, and how childlike each is (n,)."""


def clear_faces(faces: Labelled, space: Space, least: int) -> list[Clear]:
    """Return the faces of everybody who has so many that can be seen well."""
    placed = faces.vectors.copy()
    young = space.place(placed)
    rows = [
        np.flatnonzero((faces.people == person) & (faces.quality >= LOW_QUALITY)) for person in range(len(faces.names))
    ]
    return [(placed[own], young[own]) for own in rows if len(own) >= least]


def drawn(everybody: list[Clear]) -> Iterator[Clear]:
    """Yield some faces of each person, several times."""
    rng = np.random.default_rng(0)
    for vectors, young in everybody:
        for _ in range(DRAWS):
            some = rng.permutation(len(vectors))[: int(rng.integers(FEWEST, min(len(vectors), MOST) + 1))]
            yield vectors[some], young[some]


def pairs(everybody: list[Clear]) -> Iterator[tuple[float, Clear, Clear]]:
    """Yield every two people who are alike, with the cosine of their means."""
    means = np.stack([vectors.mean(axis=0) for vectors, _ in everybody])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    alike = means @ means.T
    for first, second in zip(*np.nonzero(np.triu(alike > ALIKE, 1)), strict=True):
        one, other = everybody[first], everybody[second]
        if len(one[0]) + len(other[0]) >= FEWEST:
            yield float(alike[first, second]), one, other


def asked_of(people: list[Clear], calibration: Calibration) -> tuple[list[Parts | None], list[Parts | None]]:
    """Return what is found of each where nothing is known of ages, and as it is."""
    return (
        [two_in_one(vectors, None, calibration) for vectors, _ in people],
        [two_in_one(vectors, young, calibration) for vectors, young in people],
    )


def row(what: str, people: list[Clear], calibration: Calibration, sizes: list[int] | None = None) -> str:
    """Return a line of the table; of two people the first has so many faces (`sizes`)."""
    before, now = asked_of(people, calibration)
    cells = [f"{sum(one is not None for one in found)}" for found in (before, now)]
    clean = ""
    if sizes is not None:
        known = zip(now, sizes, strict=True)
        parted = [len({*found.smaller[:size]}) + len({*found.smaller[size:]}) == 2 for found, size in known if found]
        clean = f"{sum(parted)}"
    return f"| {what} | {len(people)} | {' | '.join(cells)} | {clean} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    space = Catalog(source.models).card(SFACE).space
    assert space is not None
    lag = source.faces("lag", SFACE)
    adults = lag.at(np.flatnonzero(source.kinds("lag")[lag.photos] == "adult"))
    pools = without_shared([source.faces(SETS[0], SFACE), source.faces(SETS[2], SFACE), adults], space)
    grown = [one for pool in pools for one in clear_faces(pool, space, FEWEST)]
    everybody = [one for pool in pools for one in clear_faces(pool, space, 3)]
    both = clear_faces(lag, space, FEWEST)
    two = list(pairs(everybody))
    print(circumstances(seed=0))
    print("\n| who | how many | asked about, by strangers' likeness alone | **as it is** | of these cleanly parted |")
    print("|---|---|---|---|---|")
    known = space.calibration
    print(row("one adult", grown, known))
    print(row(f"{FEWEST} to {MOST} of their faces", list(drawn(grown)), known))
    print(row("one person as a child and as an adult", both, known))
    for least in (ALIKE, VERY_ALIKE):
        chosen = [(one, other) for alike, one, other in two if alike > least]
        joined = [(np.concatenate([a[0], b[0]]), np.concatenate([a[1], b[1]])) for a, b in chosen]
        print(row(f"two adults more alike than {least}", joined, known, [len(one[0]) for one, _ in chosen]))


if __name__ == "__main__":
    main()
