"""What learning from an album is worth: levels 1 and 2 on photos of LFW as they are, and made small and blurred.

    python benchmarks/learning.py --data ../shared/data --cache CACHE [--level 1|2] [--epochs N] [--model NAME]
        [--shuffled]

40 people with six photos or more are the album, each photo a day of its own; everybody else of LFW is a face that
nobody named. Known: photos of the album's people that were not learnt from. Strangers: people of whom nothing was
learnt. Level 1 makes everybody a stranger once, level 2 splits the people once and judges the very network that was
written. `--shuffled` gives the album's faces each other's names, so that nothing may be taken.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from labelled import SFACE, Source
from numpy.typing import NDArray

from engine.cli.learn import worded
from engine.faces.embed import open_embedder
from engine.faces.letterbox import to_tensor
from engine.learning.folds import folds
from engine.learning.gate import accepted, at_most, gains, judged
from engine.learning.lesson import Album, learn
from engine.learning.network import NetworkTask, network_learner
from engine.models.card import ModelCard
from engine.models.learned import Gain, Gains
from engine.models.session import open_graph
from engine.progress import finish

PEOPLE, LEAST, SEED = 40, 6, 0
MOBILEFACENET = "mobilefacenet_512_faceplugin"


def main() -> None:
    """Print a table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--data", type=Path, required=True)
    words.add_argument("--cache", type=Path, required=True)
    words.add_argument("--level", type=int, choices=(1, 2), action="append")
    words.add_argument("--epochs", type=int, default=6)
    words.add_argument("--photos", choices=("as they are", "small"), action="append")
    words.add_argument("--learnt", type=int, default=12, help="faces of one person that level 2 learns from at most")
    words.add_argument("--others", type=int, default=600, help="faces of nobody that hold level 2 where it was")
    words.add_argument("--shuffled", action="store_true", help="names that mean nothing")
    words.add_argument("--model", choices=(SFACE, MOBILEFACENET), action="append")
    given = words.parse_args()
    source = Source(given.data, given.cache)
    print(
        "| model | photos | level | known: pairs told right | known: F | strangers: pairs | strangers: F | taken | s |"
    )
    print("|---|---|---|---|---|---|---|---|---:|")
    for photos in given.photos or ("as they are", "small"):
        for name in given.model or (SFACE, MOBILEFACENET):
            if 1 in (given.level or (1, 2)):
                level_1(source, name, photos, shuffled=given.shuffled)
            if 2 in (given.level or (1, 2)):
                level_2(source, name, photos, given)


def level_1(source: Source, name: str, photos: str, *, shuffled: bool) -> None:
    """Learn an adapter and print every way that was tried."""
    vectors, people = placed(source, name, photos)
    chosen, labels = album(people, shuffled=shuffled)
    began = time.monotonic()
    rest = np.setdiff1d(np.arange(len(people)), chosen)
    lesson = finish(learn(Album(vectors[chosen], labels, np.arange(len(chosen)), vectors[rest]), SEED))
    seconds = time.monotonic() - began
    for tried in lesson.tried:
        taken = lesson.adapter is not None and tried is lesson.best
        tell(name, photos, f"1, {tried.way}", tried.gains, seconds, taken=taken)


def level_2(source: Source, name: str, photos: str, given: argparse.Namespace) -> None:
    """Train the network further and print what it is worth."""
    card, folder = source.card(name)
    vectors, people = placed(source, name, photos)
    crops, (chosen, labels) = seen(source, photos), album(people, shuffled=given.shuffled)
    days = np.arange(len(chosen))
    fold = folds(labels, days, SEED)[0]
    learnt, unseen = at_most(labels, fold.learnt, given.learnt), fold.unseen
    others = np.setdiff1d(np.arange(len(people)), chosen)[: given.others]
    own = crops[chosen]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as held:
        target = Path(held) / "further.onnx"
        faces = (own[learnt], labels[learnt], crops[others], own[unseen], labels[unseen])
        task = NetworkTask(folder / card.file, target, card.input, *faces, epochs=given.epochs, seed=SEED)
        for _ in network_learner()(task):
            pass
        seconds = time.monotonic() - began
        session = open_graph(target)

        def after(rows: NDArray[np.intp]) -> NDArray[np.float32]:
            parts = [session.run(to_tensor(own[rows[at : at + 16]], card.input))[0] for at in range(0, len(rows), 16)]
            found = np.concatenate(parts)
            found = np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)
            if card.space is not None:
                card.space.place(found)
            return found

        found = judged(labels, fold, lambda rows: vectors[chosen][rows], after)
        worth = finish(gains([found], seed=SEED))
    tell(name, photos, f"2, {given.epochs} epochs", worth, seconds, taken=accepted(worth))


def album(people: NDArray[np.int64], *, shuffled: bool) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return the rows of the people of the album, and who each is said to be."""
    known, sizes = np.unique(people[people >= 0], return_counts=True)
    drawn = np.random.default_rng(SEED).permutation(known[sizes >= LEAST])[:PEOPLE]
    rows = np.flatnonzero(np.isin(people, drawn))
    return rows, np.random.default_rng(SEED).permutation(people[rows]) if shuffled else people[rows]


def placed(source: Source, name: str, photos: str) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return vectors (n, d) where the model compares them, and people (n,)."""
    faces, card = source.faces("lfw", name), source.card(name)[0]
    vectors = faces.vectors.copy() if photos == "as they are" else small_vectors(source, name, card)
    if card.space is not None:
        card.space.place(vectors)
    return vectors, faces.people


def small_vectors(source: Source, name: str, card: ModelCard) -> NDArray[np.float32]:
    """Return the vectors of the small crops, kept in the cache."""
    path = source.cache / f"lfw.small.{name}.npy"
    if not path.exists():
        np.save(path, open_embedder(card, source.card(name)[1]).embed(seen(source, "small")))
    return np.asarray(np.load(path), np.float32)


def seen(source: Source, photos: str) -> NDArray[np.uint8]:
    """Return the crops (n, 112, 112, 3), as they are or as if faces had been 16 to 24 pixels wide, saved as JPEG."""
    crops = source.crops("lfw")
    if photos == "as they are":
        return crops
    drawn = np.random.default_rng(SEED)
    return np.stack([small(crop, int(drawn.integers(16, 25))) for crop in crops])


def small(crop: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Return a crop as a blurred JPEG of this side shows it, enlarged again."""
    shrunk = cv2.GaussianBlur(cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA), (0, 0), 0.5)
    data = cv2.imencode(".jpg", shrunk, [cv2.IMWRITE_JPEG_QUALITY, 70])[1]
    return np.asarray(cv2.resize(cv2.imdecode(data, cv2.IMREAD_COLOR), crop.shape[:2]), np.uint8)


def tell(name: str, photos: str, level: str, worth: Gains, seconds: float, *, taken: bool) -> None:
    """Print a row."""
    figures: Sequence[Gain] = (
        worth.known_verified,
        worth.known_grouped,
        worth.strangers_verified,
        worth.strangers_grouped,
    )
    shown = " | ".join(worded(gain) for gain in figures)
    print(f"| {name} | {photos} | {level} | {shown} | {'yes' if taken else 'no'} | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
