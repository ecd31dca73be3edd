"""Measure whether what is called 90 % is right in nine of ten cases, for good faces and for bad ones.

    python benchmarks/reliability.py --data ../shared/data --cache FOLDER

Good faces of LFW and glint are made bad (smaller, blurred, partly covered, JPEG of low quality) and embedded again.
Each is compared with the mean of up to 12 good faces of its own person and of everybody else, the two kinds weighing
the same, and the model's calibration says how likely it is that person. Prints Markdown, by bands of the quality that
Kinfolk gives the face: the mean likelihood, the share that is right, and how many are pairs of one person.
"""

import argparse
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from labelled import SFACE, Source, circumstances
from numpy.typing import NDArray

from engine.faces.embed import open_embedder
from engine.faces.quality import sharpness
from engine.geometry import Image
from engine.models.catalog import Catalog

BANDS = ((0.0, 0.1), (0.1, 0.45), (0.45, 0.8), (0.8, 1.01))
LEVELS = (0.0, 0.05, 0.3, 0.7, 0.87, 0.93, 0.98, 1.01)
SEED = 0

Numbers = NDArray[np.float64]


def degraded(crop: Image, rng: np.random.Generator) -> Image:
    """Return a crop (112 × 112 × 3) smaller, blurred, covered or compressed, as `rng` has it."""
    kind, strength = int(rng.integers(4)), float(rng.random())
    if kind == 0:
        side = int(14 + 50 * strength)
        small = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, (112, 112), interpolation=cv2.INTER_CUBIC), np.uint8)
    if kind == 1:
        return np.asarray(cv2.GaussianBlur(crop, (0, 0), 1 + 5 * strength), np.uint8)
    if kind == 2:
        covered = crop.copy()
        covered[int(112 - 70 * strength) :] = rng.integers(0, 255, 3)
        return covered
    packed = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, int(3 + 30 * strength)])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def pairs_of(
    source: Source, name: str, folder: Path
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return the likelihood of each pair, whether it is right, and the quality of the face in question."""
    card, rng = Catalog(folder).card(SFACE), np.random.default_rng(SEED)
    faces = source.faces(name, SFACE)
    with np.load(source.cache / f"{name}.npz") as stored:
        crops = stored["crops"]
    good = np.flatnonzero((faces.people >= 0) & (faces.quality >= 0.8))
    known, sizes = np.unique(faces.people[good], return_counts=True)
    good = good[np.isin(faces.people[good], known[sizes >= 6])]
    asked = rng.permutation(good)[:500]
    made = [crops[row] if number % 3 == 0 else degraded(crops[row], rng) for number, row in enumerate(asked.tolist())]
    vectors = open_embedder(card, folder).embed(np.stack(made))
    sharp = np.array([np.clip((sharpness(crop) - 0.2) / 0.4, 0, 1) for crop in made])
    quality = np.minimum(faces.quality[asked], sharp)
    placed = faces.vectors.copy()
    assert card.space is not None
    for part in (placed, vectors):
        card.space.place(part)
    likely, right, worth = [], [], []
    people = np.unique(faces.people[good])
    for row, vector, value in zip(asked.tolist(), vectors, quality.tolist(), strict=True):
        for person in people.tolist():
            shown = good[(faces.people[good] == person) & (good != row)]
            mean = placed[rng.permutation(shown)[:12]].mean(axis=0)
            similarity = float(vector @ mean / np.linalg.norm(mean))
            likely.append(card.space.calibration.same_probability(similarity))
            right.append(person == faces.people[row])
            worth.append(value)
    return np.array(likely), np.array(right), np.array(worth)


def cell(likely: Numbers, right: NDArray[np.bool_], weights: Numbers) -> str:
    """Return one cell of the table: said → right (pairs of one person)."""
    if len(likely) == 0:
        return ""
    said, found = np.average(likely, weights=weights), np.average(right, weights=weights)
    return f"{said:.1%} → {found:.1%} ({right.sum()})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    parts = [pairs_of(source, name, source.cache / "models") for name in ("lfw", "glint_aligned112")]
    likely, right, worth = (np.concatenate(column) for column in zip(*parts, strict=True))
    print(circumstances(SEED))
    heads = [f"{low:.0%} to {min(high, 1):.0%}" for low, high in pairwise(LEVELS)]
    print(f"\n| quality | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}")
    for low, high in BANDS:
        band = (worth >= low) & (worth < high)
        weights = np.where(right, 1 / max((band & right).sum(), 1), 1 / max((band & ~right).sum(), 1))
        cells = []
        for least, most in pairwise(LEVELS):
            here = (worth >= low) & (worth < high) & (likely >= least) & (likely < most)
            cells.append(cell(likely[here], right[here], weights[here]))
        print(f"| {low:.2f} to {min(high, 1):.2f} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
