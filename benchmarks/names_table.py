"""Every name that other programs wrote into photos, at its face, or why not: a table over a folder of samples.

    python benchmarks/names_table.py FOLDER [--models FOLDER]

The folder is copied and scanned into a fresh library. For each photo with names: how many stand with a box, how many of
these came to a face that the detector found (with the overlap of the two boxes), how many became drawn faces, how many
boxes are too small to show anybody, and how many names without a box there are. Wrong are names whose face is called
otherwise. No name is printed.
"""

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from engine.geometry import Box
from engine.library.library import Library
from engine.library.mentions.drawing import LEAST_PIXELS
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.full_scan import full_scan

MENTIONS = """
    SELECT p.relpath, p.width, p.height, m.origin, m.name, m."left", m.top, m.width, m.height,
           f.id, f.drawn, f."left", f.top, f.width, f.height, people.name
    FROM mentions AS m JOIN photos AS p ON p.id = m.photo_id
    LEFT JOIN faces AS f ON f.id = m.face_id LEFT JOIN people ON people.id = f.person_id
    ORDER BY p.relpath, m.id
"""


@dataclass
class Row:
    """What became of the names of one photo."""

    origins: set[str] = field(default_factory=set)
    boxes: int = 0
    overlaps: list[float] = field(default_factory=list)
    drawn: int = 0
    small: int = 0
    bare: int = 0
    placed: int = 0
    wrong: int = 0


def main() -> int:
    """Scan, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=Path, help="folder with the default models, else they are fetched")
    arguments = parser.parse_args()
    if arguments.models:
        os.environ["KINFOLK_MODELS_DIR"] = str(arguments.models.resolve())
    with tempfile.TemporaryDirectory() as scratch:
        photos, data = Path(scratch, "samples"), Path(scratch, "data")
        shutil.copytree(arguments.folder, photos)
        data.mkdir()
        places = Places(data)
        with Library(places.library) as library:
            finish(full_scan(library, places, Settings(), [photos]))
        with closing(sqlite3.connect(places.library)) as connection:
            rows = _rows(connection)
    _print(rows)
    return 0


def _rows(connection: sqlite3.Connection) -> dict[str, Row]:
    rows: dict[str, Row] = defaultdict(Row)
    for path, width, height, origin, name, *rest in connection.execute(MENTIONS):
        row, box, face, drawn, seen, called = rows[str(path)], rest[:4], rest[4], rest[5], rest[6:10], rest[10]
        row.origins.add(origin)
        row.wrong += face is not None and str(called).casefold() != str(name).casefold()
        if box[0] is None:
            row.bare += 1
            row.placed += face is not None
            continue
        row.boxes += 1
        if face is not None and not drawn:
            row.overlaps.append(Box(*box).iou(Box(*seen)))
        elif face is not None:
            row.drawn += 1
        elif min(box[2] * width, box[3] * height) < LEAST_PIXELS:
            row.small += 1
    return rows


def _print(rows: dict[str, Row]) -> None:
    out = sys.stdout
    out.write("| file | from | boxes with names | at a detected face (overlap) | drawn | too small | ")
    out.write("names without a box (placed) | wrong |\n|---|---|---|---|---|---|---|---|\n")
    for path, row in rows.items():
        overlaps = f" ({', '.join(f'{one:.2f}' for one in row.overlaps)})" if row.overlaps else ""
        cells = (path, " and ".join(sorted(row.origins)), row.boxes, f"{len(row.overlaps)}{overlaps}", row.drawn)
        out.write(f"| {' | '.join(map(str, (*cells, row.small, f'{row.bare} ({row.placed})', row.wrong)))} |\n")
    known = list(rows.values())
    sums = [sum(one.boxes for one in known), sum(len(one.overlaps) for one in known), sum(one.drawn for one in known)]
    bare = f"{sum(one.bare for one in known)} ({sum(one.placed for one in known)})"
    last = (*sums, sum(one.small for one in known), bare, sum(one.wrong for one in known))
    out.write(f"| **{len(known)} photos** | | {' | '.join(map(str, last))} |\n")


if __name__ == "__main__":
    sys.exit(main())
