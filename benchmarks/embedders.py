"""Embedders side by side on whom a family's album holds: children, and adults beside the child they were.

    python benchmarks/embedders.py --data ../shared/data --models FOLDER sface_2021dec [MODEL ...]

Models have their cards in FOLDER or with Kinfolk (`kinfolk models fetch`, `kinfolk models import`). Each is shown the
crop that its card asks for, of the largest face that the default detector finds. A cell is the share of pairs of one
person that are more alike than one pair of strangers of this kind in 1,000 (10,000); everybody counts once, and so do
two strangers: by vectors as the model gives them, and without the mean face and the look of the other people (five
folds). `kin` is the share of parents and their children beyond 1 in 1,000 of child and adult, `small` is lfw as if
faces were 24 pixels wide, `ms` the processor time of a face on one thread by onnxruntime. Markdown.
"""

import argparse
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from found import widened
from held_out_models import faces_of
from labelled import KIN, Source, circumstances
from learning import small
from numpy.typing import NDArray
from wrong_labels import NOT_THE_LARGEST

from engine.clustering.calibrate import measure_space
from engine.faces.embed import Embeddings, open_embedder
from engine.geometry import Image
from engine.models.card import Crop, ModelCard
from engine.models.catalog import Catalog
from engine.models.session import PLAIN

FOLDS = 5
SMALL = 24 / 112
"""How wide small faces are, as a part of their crop."""
SHARES = (1e-3, 1e-4)

Photos = list[tuple[Path, int]]
Sets = dict[str, tuple[dict[Crop, Image], NDArray[np.int64]]]


@dataclass(frozen=True, slots=True)
class Placed:
    """n faces of one set: unit vectors (n, d), and the number of each one's person, or of the pair of `kin`."""

    vectors: Embeddings
    people: NDArray[np.int64]

    def at(self, fold: int, *, others: bool = False) -> "Placed":
        """Return the faces of every fifth person, or of all others."""
        rows = np.flatnonzero((self.people % FOLDS == fold) != others)
        return Placed(self.vectors[rows], self.people[rows])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Similarities of pairs of one person with the number of the person, and of strangers with their weight."""

    own: NDArray[np.float32]
    whose: NDArray[np.int64]
    strangers: NDArray[np.float32]
    weights: NDArray[np.float64]

    @staticmethod
    def of(first: Placed, second: Placed) -> "Pairs":
        """Pair every face of one set with every one of another, or of the same set once."""
        alike = first.vectors @ second.vectors.T
        same = first.people[:, None] == second.people
        counted = np.triu(np.ones(alike.shape, bool), 1) if first is second else np.ones(alike.shape, bool)
        each = [1 / np.bincount(one.people)[one.people] for one in (first, second)]
        whose = np.broadcast_to(first.people[:, None], alike.shape)
        mine, not_mine = same & counted, ~same & counted
        return Pairs(alike[mine], whose[mine], alike[not_mine], (each[0][:, None] * each[1])[not_mine])

    @staticmethod
    def joined(parts: "Sequence[Pairs]") -> "Pairs":
        """Return the pairs of several folds as one."""
        return Pairs(
            np.concatenate([part.own for part in parts]),
            np.concatenate([part.whose for part in parts]),
            np.concatenate([part.strangers for part in parts]),
            np.concatenate([part.weights for part in parts]),
        )

    def threshold(self, share: float) -> float:
        """Return the similarity that this share of strangers reaches."""
        falling = np.argsort(-self.strangers)
        reached = np.cumsum(self.weights[falling])
        return float(self.strangers[falling][np.searchsorted(reached, share * reached[-1])])

    def found(self, share: float) -> float:
        """Return the share of pairs of one person beyond that, each person counting once."""
        pairs = np.bincount(self.whose)
        beyond = np.bincount(self.whose, self.own >= self.threshold(share), minlength=len(pairs))
        return float((beyond[pairs > 0] / pairs[pairs > 0]).mean())


def main() -> None:
    """Measure every model and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="where the models and their cards lie")
    parser.add_argument("names", nargs="+", metavar="MODEL")
    words = parser.parse_args()
    cards = [Catalog(words.models).card(name) for name in words.names]
    sets = read_sets(words.data.resolve(), words.models, {card.input.crop for card in cards})
    print(circumstances(seed=0), "\n")
    print("| model | vectors | lfw | adults | children | child and adult | kin | small | ms |")
    print(f"| --- | --- |{' ---: |' * 7}")
    for card in cards:
        given, cost = embedded(card, words.models, sets)
        for how, folds in (("as given", [given]), ("in a space", list(spaces(given)))):
            print(f"| {card.name} | {how} | {' | '.join(row(given, folds))} | {cost:.1f} |", flush=True)


def read_sets(data: Path, models: Path, kinds: set[Crop]) -> Sets:
    """Return the crops of every set, and who each is."""
    source = Source(data, models)
    lag = source.rows("lag")
    people = sorted({person for _, person, _ in lag})
    listed: dict[str, Photos] = {
        kind: [(path, people.index(person)) for path, person, each in lag if each == kind]
        for kind in ("young", "adult")
    }
    kin = sorted({str(path)[: -len("_1.jpg")] for path, _, _ in source.rows(KIN)})
    for name, ending in (("parent", "_1.jpg"), ("child", "_2.jpg")):
        listed[name] = [(Path(stem + ending), number) for number, stem in enumerate(kin)]
    sets = {name: faces_of(models, photos, kinds, widened) for name, photos in listed.items()}
    lfw = [(path, person) for path, person, _ in source.rows("lfw") if not mislabelled(path)]
    named = sorted({person for _, person in lfw})
    sets["lfw"] = faces_of(models, [(path, named.index(person)) for path, person in lfw], kinds, lambda image: image)
    shrunk = {kind: shrink(crops) for kind, crops in sets["lfw"][0].items()}
    return sets | {"small": (shrunk, sets["lfw"][1])}


def mislabelled(path: Path) -> bool:
    """Say whether the label of a photo is not that of its largest face."""
    return hashlib.sha256(path.read_bytes()).hexdigest().startswith(NOT_THE_LARGEST)


def shrink(crops: Image) -> Image:
    """Return crops as a small photo would have given them."""
    return np.stack([small(crop, round(SMALL * len(crop))) for crop in crops])


def embedded(card: ModelCard, models: Path, sets: Sets) -> tuple[dict[str, Placed], float]:
    """Return the vectors of every set, and the milliseconds of a processor that a face took."""
    embedder, given, faces = open_embedder(card, models, running=PLAIN), {}, 0
    began = time.process_time()
    for name, (crops, people) in sets.items():
        given[name] = Placed(embedder.embed(crops[card.input.crop]), people)
        faces += len(people)
    return given, (time.process_time() - began) / faces * 1000


def spaces(given: dict[str, Placed]) -> Iterator[dict[str, Placed]]:
    """Yield every fifth of the people without the mean face and the look of the other four fifths; `kin` whole."""
    for fold in range(FOLDS):
        lag, lfw = ([given[name].at(fold, others=True) for name in names] for names in (("young", "adult"), ("lfw",)))
        apart = max(int(part.people.max()) for part in lag) + 1
        space = measure_space(
            np.concatenate([part.vectors for part in lag + lfw]),
            np.concatenate([*(part.people for part in lag), *(part.people + apart for part in lfw)]),
        )
        moved = {}
        for name, placed in given.items():
            vectors = placed.vectors.copy()
            space.place(vectors)
            moved[name] = Placed(vectors, placed.people)
        yield {name: one if name in ("parent", "child") else one.at(fold) for name, one in moved.items()}


def row(given: dict[str, Placed], folds: list[dict[str, Placed]]) -> Iterator[str]:
    """Yield the cells of a table's row."""
    kinds = {"lfw": ("lfw", "lfw"), "adults": ("adult",) * 2, "children": ("young",) * 2, "both": ("young", "adult")}
    told = {
        name: Pairs.joined([Pairs.of(fold[first], fold[second]) for fold in folds])
        for name, (first, second) in (kinds | {"small": ("small", "small")}).items()
    }
    for name in kinds:
        yield shown(told[name])
    _, parents, children = np.intersect1d(given["parent"].people, given["child"].people, return_indices=True)
    alike = np.mean(
        [(fold["parent"].vectors[parents] * fold["child"].vectors[children]).sum(axis=1) for fold in folds], axis=0
    )
    yield f"{(alike >= told['both'].threshold(SHARES[0])).mean():.3f}"
    yield shown(told["small"])


def shown(pairs: Pairs) -> str:
    """Return the two figures of a cell."""
    return " / ".join(f"{pairs.found(share):.3f}" for share in SHARES)


if __name__ == "__main__":
    main()
