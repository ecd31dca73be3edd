"""Does a faster runtime find the same faces and decide the same? Each way beside float32 on onnxruntime.

    python benchmarks/runtimes.py --data ../shared/data --models FOLDER [--photos 200] [--runtime openvino]
        [--precision bfloat16]

Of each set of labelled photos, every face is found and embedded both ways. The first table compares boxes (intersection
over union), vectors of the same crops, and vectors of what each way found itself. The second takes every pair of
labelled faces: how many fall on the other side of a similarity that the card's calibration names, and how many pairs of
one person are told from strangers at each share of false alarms.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from labelled import Source
from numpy.typing import NDArray

from engine.faces.align import align
from engine.faces.detect import Detection
from engine.faces.embed import Embedder, open_embedder
from engine.faces.finder import DECODE_SIDE, FaceFinder, open_finder
from engine.models.catalog import Catalog
from engine.models.session import PLAIN, Running
from engine.scan.decode import read_photo

SETS = ("lfw", "athletes_photos", "lag", "group")
FALSE_ALARMS = (1e-2, 1e-3, 1e-4)


@dataclass
class Compared:
    """What two ways made of the same photos; rows of the vectors belong together."""

    ious: list[float] = field(default_factory=list)
    lost: int = 0
    gained: int = 0
    plain: list[NDArray[np.float32]] = field(default_factory=list)
    same_crop: list[NDArray[np.float32]] = field(default_factory=list)
    own_crop: list[NDArray[np.float32]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """The models opened in one way."""

    finder: FaceFinder
    embedder: Embedder


def main() -> None:
    """Compare, set by set, then over all pairs."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--data", type=Path, required=True)
    words.add_argument("--models", type=Path, required=True)
    words.add_argument("--photos", type=int, default=200, help="of each set, evenly chosen")
    words.add_argument("--runtime", default="openvino")
    words.add_argument("--precision", default="bfloat16")
    given = words.parse_args()
    cv2.setNumThreads(1)
    plain, fast = _open(given.models, PLAIN), _open(given.models, Running(given.runtime, given.precision))
    print(f"{given.runtime} {given.precision}; opened with: {[*fast.embedder.notices, *fast.finder.detector.notices]}")
    print("| photos | faces | lost / gained | IoU mean / lowest 1 % | 1 − cosine, same crop, mean / 99 % | own crop |")
    print("|---|---|---|---|---|---|")
    found = {name: _compare(_photos(given.data, name, given.photos), plain, fast) for name in SETS}
    for name, one in found.items():
        _print_set(name, one)
    _print_pairs([one for one in found.values() if any(one.people)], given.models)


def _open(models: Path, running: Running) -> Way:
    catalog = Catalog(models)
    detector, embedder = catalog.defaults()
    return Way(open_finder(detector, models, running=running), open_embedder(embedder, models, running=running))


def _photos(data: Path, name: str, count: int) -> list[tuple[Path, str]]:
    """Return photos of a set, evenly chosen, with the person whom the key names, empty for crowds."""
    files = Source(data, Path("unused")).files(name)
    chosen = files[:: max(1, len(files) // count)][:count]
    return [(path, "" if name == "group" else path.parent.name) for path in chosen]


def _compare(photos: list[tuple[Path, str]], plain: Way, fast: Way) -> Compared:
    done = Compared()
    for path, person in photos:
        image = read_photo(path, side=DECODE_SIDE)[1].image
        if max(image.shape) <= 128:  # crops cut tightly, as benchmarks/labelled.py widens them
            image = cv2.copyMakeBorder(image, 32, 32, 32, 32, cv2.BORDER_REPLICATE)
            image = cv2.resize(image, None, fx=2, fy=2)
        ours, theirs = plain.finder.find(image), fast.finder.find(image)
        main = max(ours, key=lambda face: face.box.area, default=None)
        pairs = _matched(ours, theirs)
        done.lost += len(ours) - len(pairs)
        done.gained += len(theirs) - len(pairs)
        for face, other, iou in pairs:
            crop = align(image, face.landmarks)[None]
            done.ious.append(iou)
            done.plain.append(plain.embedder.embed(crop)[0])
            done.same_crop.append(fast.embedder.embed(crop)[0])
            done.own_crop.append(fast.embedder.embed(align(image, other.landmarks)[None])[0])
            done.people.append(person if face is main else "")
    return done


def _matched(ours: list[Detection], theirs: list[Detection]) -> list[tuple[Detection, Detection, float]]:
    pairs = []
    for face in ours:
        best = max(theirs, key=lambda other: face.box.iou(other.box), default=None)
        if best is not None and face.box.iou(best.box) > 0.5:
            pairs.append((face, best, face.box.iou(best.box)))
    return pairs


def _print_set(name: str, one: Compared) -> None:
    plain = np.stack(one.plain)
    same, own = (1 - (plain * np.stack(other)).sum(1) for other in (one.same_crop, one.own_crop))
    ious = np.array(one.ious)
    print(
        f"| {name} | {len(plain)} | {one.lost} / {one.gained} | {ious.mean():.4f} / {np.quantile(ious, 0.01):.4f} "
        f"| {same.mean():.1e} / {np.quantile(same, 0.99):.1e} | {own.mean():.1e} / {np.quantile(own, 0.99):.1e} |",
        flush=True,
    )


def _print_pairs(sets: list[Compared], models: Path) -> None:
    people = np.array([person for one in sets for person in one.people])
    rows = np.flatnonzero(people != "")
    upper = np.triu_indices(len(rows), 1)
    same = (people[rows][:, None] == people[rows])[upper]
    kinds = {"plain": "plain", "fast, same crop": "same_crop", "fast, own crop": "own_crop"}
    likeness = {}
    for words, kind in kinds.items():
        vectors = np.stack([row for one in sets for row in getattr(one, kind)])[rows]
        likeness[words] = (vectors @ vectors.T)[upper]
    print(f"\n{len(rows)} faces, {len(same):,} pairs, {same.sum():,} of one person")
    calibration = Catalog(models).default_embedder().calibration
    assert calibration is not None
    cuts = {"an even chance": calibration.similarity_of(0.5)}
    cuts |= {f"strangers 1 in {1 / share:,.0f}": calibration.similarity_at(share) for share in FALSE_ALARMS}
    print("| way | " + " | ".join(f"TAR at FAR {share:g}" for share in FALSE_ALARMS) + " | " + " | ".join(cuts) + " |")
    print("|---" * (1 + len(FALSE_ALARMS) + len(cuts)) + "|")
    for words, values in likeness.items():
        limits = [np.quantile(values[~same], 1 - share) for share in FALSE_ALARMS]
        accepted = [f"{(values[same] > limit).mean():.4f}" for limit in limits]
        changed = [int(((values >= cut) != (likeness["plain"] >= cut)).sum()) for cut in cuts.values()]
        print(f"| {words} | " + " | ".join([*accepted, *(f"{count} others" for count in changed)]) + " |")


if __name__ == "__main__":
    main()
