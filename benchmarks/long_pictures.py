"""Recall of faces by their height in panoramas of growing length, against the single photos they are composed of.

    python benchmarks/long_pictures.py --data ../shared/data --models MODELS [--across 1900] [--photos 60]

Photos of WIDER FACE with their boxes are brought to one height and put side by side, or to one width and put one above
the other, until the row is long enough. A face counts as found where a detection overlaps its box by 0.4. All go the
way of a scan: JPEG, decoded as a scan decodes it, the finder. Beside each row stands the recall of the very photos that
are in its pictures, each alone at the same size: of one width most are smaller than of one height.
"""

import argparse
import csv
import io
import itertools
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from engine.faces.finder import DECODE_SIDE
from engine.models.catalog import Catalog
from engine.scan.decode import decode
from engine.scan.purpose import Purpose
from engine.settings import Settings
from engine.workflows.scan.opening_models import open_analyser

EDGES = (0.01, 0.02, 0.04, 0.08, 0.16, 1.0)
"""Heights of faces, as shares of the picture's shorter side, between which they are counted together."""

Boxes = list[tuple[float, float, float, float]]


def main() -> None:
    """Print a row for each length and direction."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--across", type=int, default=1900, help="pixels of the shorter side")
    parser.add_argument("--photos", type=int, default=60)
    arguments = parser.parse_args()
    cards = Catalog(arguments.models).defaults()
    finder = open_analyser(*cards, arguments.models, Settings(threads=1)).finder
    photos = read(arguments.data, arguments.photos)
    print(
        "| picture | "
        + " | ".join(f"{low:.0%} to {high:.0%}" for low, high in itertools.pairwise(EDGES))
        + " | all | its photos alone |"
    )
    print("| --- |" + " --- |" * (len(EDGES) + 1))
    alone = [each_alone(finder, photos, arguments.across, is_upright=is_upright) for is_upright in (False, True)]
    for ratio, is_upright in ((4, False), (8, False), (20, False), (4, True), (8, True), (20, True)):
        found: dict[int, list[bool]] = defaultdict(list)
        used: list[bool] = []
        for picture, boxes, parts in composed(photos, arguments.across, ratio, is_upright=is_upright):
            score(finder, picture, boxes, found)
            used += [hit for part in parts for hit in alone[is_upright][part]]
        name = f"{ratio} : 1"
        cells = [f"{np.mean(found[at]):.1%} of {len(found[at])}" if found[at] else "" for at in range(len(EDGES) - 1)]
        everything = [hit for hits in found.values() for hit in hits]
        cells += [f"{np.mean(everything):.1%}", f"{np.mean(used):.1%}"]
        print(f"| {name}{', upright' * is_upright} | {' | '.join(cells)} |", flush=True)


def each_alone(finder, photos, across: int, *, is_upright: bool) -> list[list[bool]]:
    """Return for each photo, brought to the size that it has in a row, whether each of its boxes was found."""
    hits = []
    for photo in photos:
        found: dict[int, list[bool]] = defaultdict(list)
        score(finder, *brought_to(photo, across, is_upright=is_upright), found, across)
        hits.append([hit for some in found.values() for hit in some])
    return hits


def read(data: Path, count: int) -> list[tuple[Image.Image, Boxes]]:
    """Return photos with a few faces and their boxes (left, top, width, height in pixels)."""
    boxes: dict[str, Boxes] = defaultdict(list)
    with (data / "group" / "boxes.csv").open(newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        for path, *numbers in rows:
            boxes[path].append(tuple(float(number) for number in numbers[:4]))  # type: ignore[arg-type]
    chosen = [path for path in sorted(boxes) if len(boxes[path]) <= 12][:count]
    return [(Image.open(data / path).convert("RGB"), boxes[path]) for path in chosen]


def brought_to(photo: tuple[Image.Image, Boxes], across: int, *, is_upright: bool) -> tuple[Image.Image, Boxes]:
    """Return a photo of this height (or width), and its boxes."""
    picture, boxes = photo
    scale = across / (picture.width if is_upright else picture.height)
    size = (round(picture.width * scale), round(picture.height * scale))
    resized = picture.resize(size, Image.Resampling.LANCZOS)
    return resized, [tuple(length * scale for length in box) for box in boxes]  # type: ignore[misc]


def composed(
    photos: list[tuple[Image.Image, Boxes]], across: int, ratio: int, *, is_upright: bool
) -> list[tuple[Image.Image, Boxes, range]]:
    """Put photos of one height (or width) in a row until it is `ratio` times as long; also return their numbers."""
    rows: list[tuple[Image.Image, Boxes, range]] = []
    waiting: list[tuple[Image.Image, Boxes]] = []
    for number, photo in enumerate(photos, 1):
        waiting.append(brought_to(photo, across, is_upright=is_upright))
        if sum(one.size[is_upright] for one, _ in waiting) >= ratio * across:
            rows.append((*row_of(waiting, across, is_upright=is_upright), range(number - len(waiting), number)))
            waiting = []
    return rows


def row_of(parts: list[tuple[Image.Image, Boxes]], across: int, *, is_upright: bool) -> tuple[Image.Image, Boxes]:
    """Return the parts as one picture, and all boxes in it."""
    length = sum(picture.size[is_upright] for picture, _ in parts)
    row, at, boxes = Image.new("RGB", (across, length) if is_upright else (length, across)), 0, []
    for picture, theirs in parts:
        x, y = (0, at) if is_upright else (at, 0)
        row.paste(picture, (x, y))
        boxes += [(left + x, top + y, width, tall) for left, top, width, tall in theirs]
        at += picture.size[is_upright]
    return row, boxes


def score(finder, picture, boxes, found, across: int = 0) -> None:
    """Add to `found` whether each box was found, by its height as a share of `across` pixels (0: the shorter side)."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=92)
    content = decode(file.getvalue(), side=DECODE_SIDE, purpose=Purpose.SEARCHED)
    scale = content.width / content.image.shape[1]
    faces = [detection.box.scaled(scale, scale) for detection in finder.find(content.image)]
    for left, top, width, tall in boxes:
        place = int(np.searchsorted(EDGES, tall / (across or min(picture.size)))) - 1
        if 0 <= place < len(EDGES) - 1:
            found[place].append(any(overlap(face, left, top, width, tall) >= 0.4 for face in faces))


def overlap(face, left: float, top: float, width: float, height: float) -> float:
    """Return the intersection over union of a face and a box."""
    across = min(face.left + face.width, left + width) - max(face.left, left)
    down = min(face.top + face.height, top + height) - max(face.top, top)
    shared = max(across, 0) * max(down, 0)
    return shared / (face.width * face.height + width * height - shared)


if __name__ == "__main__":
    main()
