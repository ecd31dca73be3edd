"""What becomes of confirmed faces when their photo is changed in place: kept on the right face, waiting, or wrong.

    python -m benchmarks.changed_photos ../shared/data MODELS [PHOTOS]

Every face of group photos with two or more faces is confirmed as somebody of its own. Each photo is then changed in
every way of CHANGES, read again, put back, and read again. A face counts as kept where its box lies where the change
has put its middle, as waiting where it is listed as such, as wrong where it is anywhere else.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.geometry import Image
from engine.library import edits
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows, waiting_face_rows
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.index import index
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import survey

Point = tuple[float, float]


@dataclass(frozen=True)
class Change:
    """What is done to the pixels, and where it puts a point (relative to the picture)."""

    of_pixels: Callable[[Image], Image]
    of_point: Callable[[Point], Point]


def _same(point: Point) -> Point:
    return point


def _tinted(image: Image) -> Image:
    return np.clip(image * np.array([0.7, 1.0, 1.2]) + 12, 0, 255).astype(np.uint8)


def _smaller(image: Image) -> Image:
    return np.asarray(cv2.resize(image, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8)


CHANGES = {
    "colours": Change(_tinted, _same),
    "smaller": Change(_smaller, _same),
    "mirrored": Change(lambda image: image[:, ::-1], lambda p: (1 - p[0], p[1])),
    "turned 90": Change(lambda image: np.rot90(image, 3), lambda p: (1 - p[1], p[0])),
    "turned 180": Change(lambda image: np.rot90(image, 2), lambda p: (1 - p[0], 1 - p[1])),
    "turned 270": Change(np.rot90, lambda p: (p[1], 1 - p[0])),
    "left half": Change(lambda image: image[:, : image.shape[1] // 2], lambda p: (p[0] * 2, p[1])),
    "right half": Change(lambda image: image[:, image.shape[1] // 2 :], lambda p: (p[0] * 2 - 1, p[1])),
    "middle": Change(
        lambda image: image[image.shape[0] // 10 :, image.shape[1] // 8 : -image.shape[1] // 8],
        lambda p: ((p[0] - 0.125) / 0.75, (p[1] - 0.1) / 0.9),
    ),
}


def main(data: Path, models: Path, count: int) -> None:
    """Try every change on so many photos, and print a table."""
    paths = sorted((data / "group").rglob("*.jpg")) + sorted((data / "faces" / "athletes_photos").rglob("*.jpg"))
    images = [cv2.imread(str(path)) for path in paths[:: max(1, len(paths) // count)]]
    analyser = open_analyser(*Catalog(models).defaults(), models, Settings())
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "photos")
        folder.mkdir()
        with Library(Path(home, "library.sqlite")) as library:

            def read(shown: list[Image]) -> None:
                for number, image in enumerate(shown):
                    cv2.imwrite(str(folder / f"{number:03}.png"), image)
                finish(index(library, finish(survey(library, chosen_roots(library, [folder])[0])).unread, analyser, 2))

            kept = [image for image in images if image is not None]
            read(kept)
            rows = face_rows(library)
            per_photo = Counter(row.photo_id for row in rows)
            rows = [row for row in rows if per_photo[row.photo_id] > 1]
            for row in rows:
                edits.split_off(library, [row.face])
            print(f"{len({row.photo_id for row in rows})} photos, {len(rows)} faces")
            print(f"{'change':12} kept  waiting (of them out of the picture)  wrong   after the way back: kept")
            for name, change in CHANGES.items():
                read([np.ascontiguousarray(change.of_pixels(image)) for image in kept])
                tally = _tally(library, rows, change.of_point)
                read(kept)
                back = _tally(library, rows, _same)
                print(
                    f"{name:12} {tally['kept']:4}  {tally['waiting']:4} ({tally['out']:4})  {tally['wrong']:4}   "
                    f"{back['kept']} of {len(rows)}, wrong {back['wrong']}"
                )


def _tally(library: Library, rows: list[FaceRow], of_point: Callable[[Point], Point]) -> Counter[str]:
    now = {row.face: row for row in face_rows(library)}
    waiting = {row.face for row in waiting_face_rows(library)}
    tally: Counter[str] = Counter()
    for row in rows:
        x, y = of_point(row.box.centre)
        inside = 0 < x < 1 and 0 < y < 1
        if row.face in waiting:
            tally["waiting"] += 1
            tally["out"] += not inside
        else:
            tally["kept" if row.face in now and now[row.face].box.holds(x, y) else "wrong"] += 1
    return tally


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 20)
