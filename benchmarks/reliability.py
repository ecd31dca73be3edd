"""Measure whether what is called 90 % is right in nine of ten cases, for good faces and for bad ones.

    python benchmarks/reliability.py --data ../shared/data --cache FOLDER

The photos of LFW are made bad (smaller, blurred, smeared, partly covered, compressed, dark), their faces found and
embedded again. Faces are compared with each other and with means of 3 and 12 of one person. The people are halved:
the figures found on one half say how likely the pairs of the other half are, and the other way round, so that no pair
is judged by figures that its people had a part in. Prints Markdown, both kinds of pairs weighing the same in each row:
said → right (pairs of one person there). At the end come the figures that all people give, as on the card.
"""

import argparse
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from degrading import degraded
from labelled import SFACE, Labelled, Source, circumstances
from likelihood_fit import Pairs, fitted, pairs_among, with_bad_ones
from numpy.typing import NDArray

from engine.models.catalog import Catalog
from engine.similarity import Calibration

LEVELS = (0.0, 0.05, 0.3, 0.7, 0.87, 0.93, 0.98, 1.01)
SEED, EACH = 0, 2

ROWS = (
    ("bad 0 to .10, with a good one", (0.0, 0.1), (0.8, 1.01)),
    (".10 to .45, with a good one", (0.1, 0.45), (0.8, 1.01)),
    (".45 to .80, with a good one", (0.45, 0.8), (0.8, 1.01)),
    (".80 to 1, both", (0.8, 1.01), (0.8, 1.01)),
    ("both 0 to .30", (0.0, 0.3), (0.0, 0.3)),
    ("both 0 to .45", (0.0, 0.45), (0.0, 0.45)),
    ("both .45 to .80", (0.45, 0.8), (0.45, 0.8)),
)

Numbers = NDArray[np.float64]


def judged_by_the_other_half(faces: Labelled, calibration: Calibration) -> tuple[Pairs, Numbers]:
    """Return pairs of all people and how likely each is by the figures of people who have no part in it."""
    rng = np.random.default_rng(SEED)
    known, sizes = np.unique(faces.people, return_counts=True)
    shuffled = rng.permutation(known[sizes >= 3 * EACH])
    halves = shuffled[::2], shuffled[1::2]
    pairs = [pairs_among(faces, half, rng) for half in halves]
    likely = []
    for own, other in (pairs, pairs[::-1]):
        judge = replace(calibration, by_quality=fitted(other, calibration))
        likely.append(judge.probability(own.similarity, own.quality, own.other, own.faces))
    columns = ("similarity", "same", "quality", "other", "faces")
    together = Pairs(*[np.concatenate([getattr(part, what) for part in pairs]) for what in columns])
    return together, np.concatenate(likely)


def cell(likely: Numbers, right: NDArray[np.bool_], weights: Numbers) -> str:
    """Return one cell of the table: said → right (pairs of one person); empty where there are fewer than five."""
    if right.sum() < 5:
        return ""
    said, found = np.average(likely, weights=weights), np.average(right, weights=weights)
    return f"{said:.0%} → {found:.0%} ({right.sum()})"


def log_loss(pairs: Pairs, likely: Numbers) -> float:
    """Return the mean of −ln of what was said of what is right, both kinds of pairs weighing the same."""
    said = np.clip(likely, 1e-6, 1 - 1e-6)
    return float(-np.log(said[pairs.same]).mean() - np.log(1 - said[~pairs.same]).mean()) / 2


def print_table(pairs: Pairs, likely: Numbers) -> None:
    """Print a row for each band of both qualities, and for single faces and for groups."""
    heads = [f"{low:.0%} to {min(high, 1):.0%}" for low, high in pairwise(LEVELS)]
    print(f"\n| quality | faces | {' | '.join(heads)} |\n|---|---|{'---|' * len(heads)}")
    for name, lower, upper in ROWS:
        here = (pairs.low >= lower[0]) & (pairs.low < lower[1]) & (pairs.high >= upper[0]) & (pairs.high < upper[1])
        for many, chosen in (("two", pairs.faces == 1), ("one and 3 or 12", pairs.faces > 1)):
            band = here & chosen
            if (band & pairs.same).sum() < 50:
                continue
            right = pairs.same[band]
            weights = np.where(right, 1 / right.sum(), 1 / (~right).sum())
            places = np.digitize(likely[band], LEVELS[1:-1])
            cells = [
                cell(likely[band][places == one], right[places == one], weights[places == one]) for one in range(7)
            ]
            print(f"| {name} | {many} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    space = Catalog(source.models).card(SFACE).space
    assert space is not None
    faces, bad = source.faces("lfw", SFACE), degraded(source, "lfw", EACH)
    seen = np.concatenate([source.seen("lfw")[faces.people >= 0], bad.seen])
    faces = with_bad_ones(faces, bad)
    space.place(faces.vectors)
    print(circumstances(SEED))
    pairs, likely = judged_by_the_other_half(replace(faces, quality=seen), space.calibration)
    print_table(pairs, likely)
    print("\nBy the card, with the quality that the lengths of vectors make:")
    known, sizes = np.unique(faces.people, return_counts=True)
    both = [
        pairs_among(one, known[sizes >= 3 * EACH], np.random.default_rng(SEED))
        for one in (replace(faces, quality=seen), faces)
    ]
    by_card = [space.calibration.probability(one.similarity, one.quality, one.other, one.faces) for one in both]
    print_table(both[1], by_card[1])
    losses = [log_loss(one, said) for one, said in zip(both, by_card, strict=True)]
    print(f"\nLog loss by the card, of pictures alone and with the lengths: {losses[0]:.4f}, {losses[1]:.4f}")
    print("\nBefore, by similarity alone:")
    alone = replace(space.calibration, by_quality=None)
    print_table(pairs, alone.probability(pairs.similarity))
    found = fitted(pairs, space.calibration)
    print(f"\n    faces = {found.faces}\n    rows = [")
    for row in found.rows:
        print(f"        [{', '.join(f'{value:.2f}' for value in row)}],")
    print("    ]")


if __name__ == "__main__":
    main()
