"""A model of one's own on a library that exists, by command line: scan, name, import, embed, use, go back.

    python benchmarks/models_story.py --shared ../shared/data --work FOLDER [--import FILE ...] [--use NAME ...]

Every step is a command of `kinfolk` with its figures and seconds. A digest of everything that was said (names,
confirmed faces, rejections, history) is taken before the models and at the end, and must be the same.
"""

import argparse
import csv
import hashlib
import io
import json
import shutil
import sqlite3
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

from engine.cli import main as kinfolk

SAID = (
    "SELECT id, name, hidden FROM people WHERE name IS NOT NULL ORDER BY id",
    "SELECT id, person_id FROM faces WHERE source IN ('USER', 'METADATA') ORDER BY id",
    "SELECT face_id, person_id FROM rejections ORDER BY 1, 2",
    "SELECT person_id, other_id FROM distinct_people ORDER BY 1, 2",
    "SELECT id, position, label, undone, entries FROM journal_steps ORDER BY id",
    "SELECT step_id, table_name, row_id, other_id, before, after FROM journal_entries ORDER BY 1, 2, 3, 4",
)


def main() -> None:
    """Run the story."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="an empty folder; models fetched before may lie in it")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--import", dest="imports", type=Path, nargs="*", default=[])
    parser.add_argument("--use", nargs="*", default=[], help="models of the catalog that are used besides")
    arguments = parser.parse_args()
    data = arguments.work / "data"
    truth = make_album(arguments.shared, arguments.work / "album", arguments.people)
    run(data, "scan", arguments.work / "album", "--json")
    name_people(data, truth)
    before = digest(data)
    names = [run(data, "models", "import", file, "--json")[0]["name"] for file in arguments.imports]
    names += arguments.use
    for name in names:
        run(data, "embed", "--model", name, "--json")
        run(data, "models", "use", name, "--json")
        run(data, "models", "calibrate", name, "--json")
        run(data, "models", "use", "sface_2021dec", "--json")
    run(data, "models", "list", "--json")
    print("what was said is the same:", digest(data) == before)


def make_album(shared: Path, album: Path, people: int) -> dict[str, str]:
    """Copy five photos each of so many people of lfw into ten folders; return the person of each file's name."""
    with (shared / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["dataset"] == "lfw"]
    sizes = Counter(row["person"] for row in rows)
    chosen = [name for name, count in sizes.most_common() if count >= 5][:people]
    truth = {}
    for number, name in enumerate(chosen):
        for place, row in enumerate([row for row in rows if row["person"] == name][:5]):
            file = album / f"event {number % 10}" / f"{number:02d}_{place}.jpg"
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(shared / row["path"], file)
            truth[file.name] = f"Person {number:02d}"
    return truth


def name_people(data: Path, truth: dict[str, str]) -> None:
    """Name every group after whom most of its photos show, each name once."""
    photos: dict[int, Counter[str]] = defaultdict(Counter)
    for face in run(data, "faces", "--json", quiet=True):
        if face["person"] is not None:
            photos[face["person"]][truth[Path(face["photo"]).name]] += 1
    taken: set[str] = set()
    for person, shown in sorted(photos.items(), key=lambda item: -sum(item[1].values())):
        name, count = shown.most_common(1)[0]
        if name not in taken and count > 1:
            taken.add(name)
            run(data, "name", person, name, quiet=True)
    print(f"{len(taken)} people named", flush=True)


def run(data: Path, *words: object, quiet: bool = False) -> Any:
    """Run a command, print its last line and seconds, and return that line's JSON."""
    held, began = io.StringIO(), time.monotonic()
    with redirect_stdout(held):
        code = kinfolk(["--data-dir", str(data), *map(str, words)])
    lines = held.getvalue().splitlines()
    if code:
        sys.exit(f"{words} ended with {code}")
    if not quiet:
        print(f"{time.monotonic() - began:7.1f} s  {' '.join(map(str, words))}\n           {lines[-1]}", flush=True)
    return json.loads(lines[-1]) if lines and "--json" in words else None


def digest(data: Path) -> str:
    """Return a digest of everything that a person said in the library."""
    with closing(sqlite3.connect(data / "library.sqlite")) as connection:
        rows = [connection.execute(query).fetchall() for query in SAID]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


if __name__ == "__main__":
    main()
