"""How many actions a person needs to name an album, with what the window offers and nothing else.

    python benchmarks/labelling.py --album FOLDER --models FOLDER [--library FILE]

FOLDER is an album with a truth.csv (photo, person, left, top, width, height in pixels of the upright photo). It is
scanned into a new library, which is kept as FILE for another run where one is named. Then a simulated user with the
answer key works on. One action is: a name typed for a group, the proposed name of a group taken, a yes or a no to a
question, the yes above the faces that are offered to one person (each wrong one among them is taken out before, an
action a face), a yes to all that are offered, moving a selection (each face that is picked costs one more). The user
sees what a person would see: sizes, names and likelihoods; never which answer is coming. After each action the machine
looks again at what it placed, as it does in the window. A group is named after the person whom most of its faces show;
wrong faces in it count as wrong until they are moved, and doubtful ones are nobody's. Faces that the answer key does
not know (found in the background) are neither counted nor touched.

The last column is the fewest actions that any program could need, one name a person, largest first.
"""

import argparse
import csv
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from labelling_user import User

from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.scan import scan

LEVELS = (50, 80, 90, 95, 99)


def main() -> None:
    """Scan, work, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    parser.add_argument("--library", type=Path, help="where the scanned library is kept, or is from an earlier run")
    parser.add_argument("--most", type=int, default=2000, help="actions after which the user gives up")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "library.sqlite")
        scanned(path, arguments)
        with Library(path) as library:
            work(library, arguments)


def scanned(path: Path, arguments: argparse.Namespace) -> None:
    """Make the library at this path, by a scan or from an earlier one."""
    if arguments.library is not None and arguments.library.exists():
        shutil.copy(arguments.library, path)
        return
    with Library(path) as library:
        roots, _ = chosen_roots(library, [arguments.album])
        finish(scan(library, roots, arguments.models, Settings()))
    if arguments.library is not None:
        shutil.copy(path, arguments.library)


def work(library: Library, arguments: argparse.Namespace) -> None:
    """Let the user work and print when each level was reached."""
    card = embedder_in_use(library, Catalog(arguments.models))
    rows = face_rows(library)
    truth = truth_of(arguments.album, rows)
    people = len(set(truth.values()))
    print(
        f"{len({row.photo_id for row in rows}):,} photos with faces, {len(truth):,} faces of {people} people in the "
        f"answer key, {len({row.person for row in rows} - {None})} groups found"
    )
    reached = dict(User(library, card, truth).levels(LEVELS, arguments.most))
    print("| faces correctly named | actions | actions per person | what was done | fewest |")
    print("| ---: | ---: | ---: | --- | ---: |")
    for level in LEVELS:
        actions, done = reached.get(level, (None, ""))
        shown = "not reached | |" if actions is None else f"{actions:,} | {actions / people:.2f} | {done}"
        print(f"| {level} % | {shown} | {fewest(truth, level)} |")


def fewest(truth: dict[int, str], level: int) -> int:
    """Return how many people, the largest first, have so many percent of the faces."""
    found = 0
    for number, (_, count) in enumerate(Counter(truth.values()).most_common(), start=1):
        found += count
        if 100 * found >= level * len(truth):
            return number
    return len(set(truth.values()))


def truth_of(album: Path, rows: list[FaceRow]) -> dict[int, str]:
    """Return the person of each found face whose middle lies in a box of truth.csv."""
    with (album / "truth.csv").open(newline="") as stream:
        boxes = list(csv.DictReader(stream))
    by_photo: dict[Path, list[FaceRow]] = {}
    for row in rows:
        by_photo.setdefault(row.photo, []).append(row)
    truth: dict[int, str] = {}
    for box in boxes:
        left, top, width, height = (float(box[side]) for side in ("left", "top", "width", "height"))
        for row in by_photo.get(album.resolve() / box["photo"], []):
            x, y = row.box.scaled(row.photo_width, row.photo_height).centre
            if left <= x <= left + width and top <= y <= top + height:
                truth[row.face] = box["person"]
    return truth


if __name__ == "__main__":
    main()
