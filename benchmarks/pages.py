"""How alike faces of one photo are: in ordinary photos, and on pages with several pictures of one person.

    python -m benchmarks.pages ../shared/data CACHE

Prints the likelihood of being a page (`engine.clustering.pages`) for photos of lfw, athletes and crowds that show two
or more clear faces, for pairs of parent and child, and for made-up pages of two to six pictures of one person of lfw.
"""

import sys
from pathlib import Path

import numpy as np

from benchmarks.labelled import CROWD, KIN, SFACE, Labelled, Source
from engine.clustering.pages import SUSPECTED, page_likelihoods
from engine.faces.quality import LOW_QUALITY
from engine.models.catalog import Catalog
from engine.models.chosen import calibration_of

DRAWN = 600
"""Pages made of each size."""


def main(data: Path, cache: Path) -> None:
    """Print how many photos of each kind are suspected."""
    source = Source(data, cache)
    card = Catalog(source.models).card(SFACE)
    calibration = calibration_of(card)

    def likely(faces: Labelled, photos: np.ndarray) -> dict[int, float]:
        return page_likelihoods(faces.vectors, photos, faces.quality, calibration)

    def placed(name: str) -> Labelled:
        faces = source.faces(name, SFACE)
        if card.space is not None:
            card.space.place(faces.vectors)
        return faces

    for name in ("lfw", "athletes_photos", CROWD):
        faces = placed(name)
        _, clear = np.unique(faces.photos[faces.quality >= LOW_QUALITY], return_counts=True)
        _print(name, list(likely(faces, faces.photos).values()), int((clear > 1).sum()))
    kin = placed(KIN)
    pairs = np.unique([name.rpartition("_")[0] for name in np.array(kin.names)[kin.people]], return_inverse=True)[1]
    _print("parent and child", list(likely(kin, pairs).values()), int(pairs.max()) + 1)
    faces, rng = placed("lfw"), np.random.default_rng(0)
    clear_rows = np.flatnonzero((faces.people >= 0) & (faces.quality >= LOW_QUALITY))
    everybody = [clear_rows[faces.people[clear_rows] == person] for person in np.unique(faces.people[clear_rows])]
    for size in (2, 3, 4, 6):
        people = [rows for rows in everybody if len(rows) >= size]
        rows = np.concatenate(
            [rng.choice(people[rng.integers(len(people))], size, replace=False) for _ in range(DRAWN)]
        )
        _print(f"pages of {size}", list(likely(faces.at(rows), np.repeat(np.arange(DRAWN), size)).values()), DRAWN)


def _print(kind: str, likelihoods: list[float], photos: int) -> None:
    suspected = sum(likelihood >= SUSPECTED for likelihood in likelihoods)
    highest = ", ".join(f"{likelihood:.2f}" for likelihood in sorted(likelihoods, reverse=True)[:4])
    print(f"{kind:18} {suspected:4} of {photos:4} suspected ({suspected / photos:.1%}); highest {highest}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
