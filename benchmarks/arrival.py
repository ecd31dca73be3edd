"""Does it matter in which order photos come, and when names are typed? Random schedules over real faces.

    python benchmarks/arrival.py --data ../shared/data --cache FOLDER [--schedules 20] [--runs 3] [--local]

Each schedule puts the same photos into a library of its own, through Kinfolk's own grouping and edits; the figures are
BCubed F against everything scanned at once without a word, and of the faces that the machine put with named people the
share that is somebody else. `--local` also looks at large libraries' way, in which only what new faces touch is grouped
anew. Prints Markdown, and each run as it ends to the standard error.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from arriving import Arriving, joined_sets, with_doubts
from labelled import CROWD, SFACE, Labelled, Source, circumstances

from engine.library.edits import name_person
from engine.models.catalog import Catalog
from engine.workflows.grouping.recluster import ALL_UP_TO, Stand

LOCAL = 150
"""With `--local` a library counts as large from so many faces on."""

FIRST = 8
"""So many photos of somebody come before the others."""

Schedule = Callable[[Arriving, np.random.Generator], None]


def all_at_once(library: Arriving, rng: np.random.Generator) -> None:
    """Scan everything in one go."""
    library.add(rng.permutation(np.unique(library.faces.photos)).tolist())
    library.group()


def people_first(count: int) -> Schedule:
    """Scan the first photos of so many people, name them, then the rest."""

    def run(library: Arriving, rng: np.random.Generator) -> None:
        faces = library.faces
        known, often = np.unique(faces.people[faces.people >= 0], return_counts=True)
        first: list[int] = []
        for person in rng.choice(known[often >= FIRST], count, replace=False).tolist():
            first += np.unique(faces.photos[faces.people == person])[:FIRST].tolist()
        library.add(first)
        library.group()
        name_largest(library, count)
        library.add(rng.permutation(np.setdiff1d(np.unique(faces.photos), first)).tolist())
        library.group()

    return run


def everybody_early(*, looking: bool, asked: bool = False) -> Schedule:
    """Scan a quarter, name every group, refusing whoever is wrong in it or not, then scan the rest in three parts.

    Whoever is asked answers at the end about those who look like two.
    """

    def run(library: Arriving, rng: np.random.Generator) -> None:
        parts = np.array_split(rng.permutation(np.unique(library.faces.photos)), 4)
        for number, part in enumerate(parts):
            library.add(part.tolist())
            library.group()
            if not number:
                name_largest(library, len(library.state()))
            if not number and looking:
                library.refuse_wrong_ones()
        if asked:
            print(f"{library.answer_about_two()} look like two", file=sys.stderr, flush=True)
            library.group()

    return run


def name_largest(library: Arriving, count: int) -> None:
    """Name the largest groups."""
    rows = [row for row in library.state() if row.person is not None]
    people, sizes = np.unique([row.person or 0 for row in rows], return_counts=True)
    for person in people[np.argsort(-sizes)][:count].tolist():
        name_person(library.library, int(person), f"Person {person}")


def in_folders(count: int) -> Schedule:
    """Scan the photos in so many parts."""

    def run(library: Arriving, rng: np.random.Generator) -> None:
        for part in np.array_split(rng.permutation(np.unique(library.faces.photos)), count):
            library.add(part.tolist())
            library.group()

    return run


def at_random(library: Arriving, rng: np.random.Generator) -> None:
    """Scan parts of any size, group in between, and speak at any moment."""
    photos = rng.permutation(np.unique(library.faces.photos))
    while len(photos):
        part = int(rng.integers(1, max(len(photos) // 2, 2)) + 1)
        library.add(photos[:part].tolist())
        photos = photos[part:]
        for _ in range(int(rng.integers(0, 4))):
            library.group(Stand.PROVISIONAL)
            library.speak(rng)
        if rng.random() < 0.7:
            library.group()
        for _ in range(int(rng.integers(0, 4))):
            library.speak(rng)
    library.group()


def measure(faces: Labelled, schedule: Schedule, seed: int, whole: int) -> tuple[float, int, int]:
    """Return F at the end, how many faces the machine put with named people, and how many wrongly."""
    card = Catalog(Path(tempfile.gettempdir())).card(SFACE)
    with tempfile.TemporaryDirectory() as folder:
        library = Arriving(Path(folder), faces, card, whole)
        schedule(library, np.random.default_rng(seed))
        result = library.f(), *library.placed()
        library.library.close()
    print(f"run {seed}: F {result[0]:.3f}, {result[1]} placed, {result[2]} wrong", file=sys.stderr, flush=True)
    return result


def main() -> None:
    """Run the schedules and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--photos", type=int, default=908)
    parser.add_argument("--schedules", type=int, default=20, help="random ones")
    parser.add_argument("--runs", type=int, default=3, help="of each of the others")
    parser.add_argument("--local", action="store_true")
    arguments = parser.parse_args()
    source = Source(arguments.data.resolve(), arguments.cache.resolve())
    sets = [source.faces(name, SFACE) for name in ("lfw", "athletes_photos", CROWD)]
    card = Catalog(source.models).card(SFACE)
    faces = with_doubts(joined_sets(sets, arguments.photos, seed=0), card)
    unknown = int((faces.people < 0).sum())
    print(circumstances(seed=0))
    print(f"\n{arguments.photos} photos, {len(faces.people)} faces, {unknown} of them of people whom no key names.\n")
    print("| photos come | F | less than at once | machine's faces with named people | somebody else's |")
    print("|---|---|---|---|---|")
    for whole in (ALL_UP_TO, LOCAL) if arguments.local else (ALL_UP_TO,):
        print_table(faces, whole, arguments.schedules, arguments.runs)


def print_table(faces: Labelled, whole: int, random: int, runs: int) -> None:
    """Print a row for each fixed schedule and one for the random ones with the worst of their runs."""
    way = "" if whole == ALL_UP_TO else ", a large library's way"
    best = measure(faces, all_at_once, 0, ALL_UP_TO)[0]
    small = faces.at(np.flatnonzero(np.isin(faces.photos, np.unique(faces.photos)[:120])))
    fixed: dict[str, tuple[Schedule, Labelled]] = {
        "all at once": (all_at_once, faces),
        "8 of one person who is named, then the others": (people_first(1), faces),
        "8 each of two people who are named, then the others": (people_first(2), faces),
        "a quarter, everybody in it named, then the others": (everybody_early(looking=True), faces),
        "the same, named without a look at the faces": (everybody_early(looking=False), faces),
        "the same, then asked who looks like two": (everybody_early(looking=False, asked=True), faces),
        "in nine folders": (in_folders(9), faces),
        "120 photos one at a time": (in_folders(120), small),
    }
    for name, (schedule, part) in fixed.items():
        least = best if part is faces else measure(part, all_at_once, 0, ALL_UP_TO)[0]
        found = [measure(part, schedule, seed, whole) for seed in range(1 if part is small else runs)]
        print_row(name + way, found, least)
    found = [measure(faces, at_random, seed, whole) for seed in range(random)]
    print_row(f"{random} random schedules{way}", found, best)


def print_row(name: str, found: list[tuple[float, int, int]], best: float) -> None:
    """Print the lowest F and the highest share of wrong faces."""
    f = min(one[0] for one in found)
    put, wrong = max(((put, wrong) for _, put, wrong in found), key=lambda one: (one[1] / max(one[0], 1), one[0]))
    print(f"| {name} | {f:.3f} | {best - f:.3f} | {put} | {wrong} ({wrong / max(put, 1):.1%}) |", flush=True)


if __name__ == "__main__":
    main()
