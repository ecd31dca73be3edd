"""How names travel: a library → sidecars → a fresh library, over photos stored under all eight orientations.

    .venv/bin/python benchmarks/names_round_trip.py PHOTOS --photos 304

Photos of a folder are written again, their pixels turned so that EXIF's orientation turns them back, 1 to 8 in turn,
and scanned; every group gets a name, and `kinfolk export xmp` writes it. A fresh library then scans photos and
sidecars. Told are the faces whose name or box (intersection over union) is the same there, and the boxes on which
exiftool agrees. No name of anybody is used or printed.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

from engine.geometry import Box
from engine.library import edits
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows, people_rows
from engine.library.states import SPOKEN
from engine.metadata.frames import upright_box
from engine.metadata.writing.names import Wanted
from engine.paths import Places
from engine.progress import finish
from engine.scan.formats import has_photo_suffix
from engine.settings import Settings
from engine.workflows.exporting.naming import Selection
from engine.workflows.exporting.sidecars import export_sidecars
from engine.workflows.scan.full_scan import full_scan

TURNS = (
    None,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_90,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_270,
)


def write_turned(source: Path, target: Path, count: int) -> int:
    """Write so many photos, 1600 pixels at most, under the orientations in turn; return how many there were."""
    target.mkdir()
    paths = [path for path in sorted(source.rglob("*")) if has_photo_suffix(path.name)]
    step = max(1, len(paths) // count)
    done = 0
    for path in paths[::step]:
        try:
            with Image.open(path) as opened:
                picture = ImageOps.exif_transpose(opened).convert("RGB")
        except OSError:
            continue
        picture.thumbnail((1600, 1600))
        turn, exif = TURNS[done % 8], Image.Exif()
        exif[0x0112] = done % 8 + 1
        turned = picture if turn is None else picture.transpose(turn)
        turned.save(target / f"{done:04}.jpg", exif=exif, quality=92)
        done += 1
        if done == count:
            break
    return done


def scanned(library: Library, places: Places, folder: Path) -> None:
    """Scan a folder."""
    finish(full_scan(library, places, Settings(), [folder]))


def spoken(library: Library) -> dict[tuple[str, str], list[FaceRow]]:
    """Return the confirmed faces by photo and name."""
    found: dict[tuple[str, str], list[FaceRow]] = {}
    for row in face_rows(library):
        if row.source in SPOKEN and row.name is not None:
            found.setdefault((row.photo.name, row.name), []).append(row)
    return found


def read_by_exiftool(folder: Path) -> Iterator[tuple[str, str, Box]]:
    """Yield photo, name and box (relative to the stored pixels) of every region."""
    command = ["exiftool", "-j", "-struct", "-n", "-ext", "xmp", "-XMP-mwg-rs:RegionInfo", str(folder)]
    for one in json.loads(subprocess.run(command, capture_output=True, check=True).stdout):
        for region in one["RegionInfo"]["RegionList"]:
            x, y, width, height = (float(region["Area"][side]) for side in ("X", "Y", "W", "H"))
            box = Box(x - width / 2, y - height / 2, width, height)
            yield Path(one["SourceFile"]).name.removesuffix(".xmp"), str(region["Name"]), box


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="PHOTOS")
    parser.add_argument("--photos", type=int, default=304)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        top = Path(made)
        count = write_turned(arguments.source, top / "photos", arguments.photos)
        for name in ("first", "fresh"):
            (top / name).mkdir()
        places = Places(top / "first")
        with Library(places.library) as library:
            scanned(library, places, top / "photos")
            for row in people_rows(library):
                edits.name_person(library, row.person, f"Person {row.person}")
            before = spoken(library)
            exported = finish(export_sidecars(library, Selection(), Wanted(microsoft=True)))
        fresh = Places(top / "fresh")
        with Library(fresh.library) as library:
            scanned(library, fresh, top / "photos")
            after = spoken(library)
        tell(count, exported.as_json(), before, after)
        if shutil.which("exiftool"):
            tell_exiftool(before, top / "photos")
        else:
            print("exiftool is absent")


def best(rows: list[FaceRow], box: Box) -> float:
    """Return the overlap with the nearest of these faces, 0 where there is none."""
    return max((row.box.iou(box) for row in rows), default=0.0)


def tell(
    photos: int,
    figures: dict[str, int],
    before: dict[tuple[str, str], list[FaceRow]],
    after: dict[tuple[str, str], list[FaceRow]],
) -> None:
    """Print what the fresh library knows of what the first one knew."""
    faces = [(key, row.box) for key, rows in before.items() for row in rows]
    overlaps = [best(after.get(key, []), box) for key, box in faces]
    print(f"{photos} photos, {len(faces)} named faces; export: {figures}")
    print(f"same name and box (IoU >= .98): {sum(one >= 0.98 for one in overlaps)}, lowest {min(overlaps):.4f}")
    print(f"named in the fresh library alone: {len(set(after) - set(before))}")


def tell_exiftool(before: dict[tuple[str, str], list[FaceRow]], folder: Path) -> None:
    """Print how far exiftool agrees with the boxes."""
    overlaps = [
        best(before.get((photo, name), []), upright_box(box, int(photo[:4]) % 8 + 1))
        for photo, name, box in read_by_exiftool(folder)
    ]
    agreed = sum(one >= 0.98 for one in overlaps)
    print(f"exiftool: {len(overlaps)} boxes read, {agreed} agree, lowest {min(overlaps):.4f}")


if __name__ == "__main__":
    main()
