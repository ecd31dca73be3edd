"""What large libraries cost: a scan with nothing new, twelve new photos, questions, the window's lists.

    python benchmarks/growth.py --models FOLDER [--faces 100000 400000 1000000] [--scratch FOLDER] [--only PART]

Makes a library of as many invented faces with a file for every photo (two faces a photo), which takes a minute and, for
a million faces, a gigabyte and 500,000 files without content. Every part is a process of its own: its seconds by the
clock, processor seconds and peak memory are printed as Markdown.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from generated_library import generate, lay_files
from labelled import circumstances
from sqlalchemy import update

from engine.library.ids import among
from engine.library.library import Library
from engine.library.tables import Photo
from engine.models.catalog import Catalog
from engine.workflows.questions.pages import page_questions

ROOT = Path(__file__).resolve().parents[1]
KINFOLK = "import sys; from engine.cli import main; sys.exit(main())"
NEW = 12
PARTS = ("first", "rescan", "new", "suggestions", "proposals", "people", "photos", "faces")


def main() -> None:
    """Make the libraries and run every part over each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    parser.add_argument("--faces", type=int, nargs="+", default=[100_000, 400_000, 1_000_000])
    parser.add_argument("--scratch", type=Path, help="where libraries are made, and found again")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    arguments = parser.parse_args()
    print(circumstances(seed=1))
    print("\n| faces | what | seconds | processor | peak MB | |\n|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for faces in arguments.faces:
            data = (arguments.scratch or Path(scratch)) / str(faces)
            if not (data / "library.sqlite").exists():
                prepare(data, faces)
            for part in arguments.only:
                print(f"| {faces:,} | {part} | {measured(part, data, arguments.models)} |", flush=True)


def prepare(data: Path, faces: int) -> None:
    """Make the library and the files of its photos."""
    data.mkdir(parents=True)
    generate(data / "library.sqlite", photos=faces // 2, faces=faces, people=faces // 50)
    call_ordinary(data / "library.sqlite")
    lay_files(data / "library.sqlite")


def call_ordinary(path: Path) -> None:
    """Say of all photos that look like pages that they are none, as somebody did who was asked: people are next."""
    with Library(path) as library:
        found = [one.photo for one in page_questions(library, Catalog(path.parent).default_embedder())]
        with library.write() as transaction:
            said = update(Photo).where(Photo.id.in_(among(found))).values(is_page=False)
            transaction.connection.execute(said)


def measured(part: str, data: Path, models: Path) -> str:
    """Run a part and return its cells: seconds, processor seconds, peak MB, what it said."""
    words = ["-c", KINFOLK, "--data-dir", str(data), *command(part, data)]
    if part == "proposals":
        words = ["-c", PROPOSALS, str(data)]
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *words],
        env=installed_environment(models),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    answer = child.stdout.read() if child.stdout else ""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    peak = used.ru_maxrss / 1000
    return f"{seconds:.1f} | {used.ru_utime + used.ru_stime:.1f} | {peak:.0f} | {said(answer, child.returncode)}"


def installed_environment(models: Path) -> dict[str, str]:
    """Return an environment in which Python keeps its bytecode, as of a program that is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "KINFOLK_MODELS_DIR": str(models)}


def command(part: str, data: Path) -> list[str]:
    """Return the words of a part's command; new photos are laid first."""
    if part in {"first", "rescan"}:
        return ["scan", "--json"]
    if part == "new":
        lay_new(data / "Pictures" / f"new {time.time_ns()}")
        return ["scan", "--json"]
    return [part, "--json"] if part != "suggestions" else [part, "--limit", "50", "--json"]


def said(answer: str, code: int) -> str:
    """Return what of an answer shows that it is one."""
    if code:
        return f"exit code {code}"
    found = json.loads(answer)
    if isinstance(found, list):
        return f"{len(found)} rows"
    return ", ".join(f"{found['photos'][name]} {name}" for name in ("new", "unchanged", "missing")) + (
        f"; {found['faces']} faces" if "faces" in found else ""
    )


PROPOSALS = """
import sys, json
from pathlib import Path
from engine.library.library import Library
from engine.models.catalog import Catalog
from engine.workflows.questions.evidence import suggestions_with_evidence
from engine.workflows.questions.proposals import proposed_names
with Library(Path(sys.argv[1]) / "library.sqlite") as library:
    card = Catalog(Path(sys.argv[1])).default_embedder()
    asked = suggestions_with_evidence(library, card).questions
    print(json.dumps([*map(str, asked), *map(str, proposed_names(library, card))]))
"""
"""What the window's review and its page of people ask for."""


def lay_new(folder: Path) -> None:
    """Lay twelve photos of twelve megapixels with four faces each."""
    sys.path.insert(0, str(ROOT))
    from tests.portraits import photos

    folder.mkdir(parents=True)
    faces = [face for pair in zip(photos("collins", 2 * NEW), photos("hopper", 2 * NEW), strict=True) for face in pair]
    shift = time.time_ns() % 1000
    for number in range(NEW):
        canvas = np.full((3000, 4000, 3), 90 + number, np.uint8)
        for place, face in enumerate(faces[4 * number : 4 * number + 4]):
            left = 100 + place * 950
            canvas[400 + shift : 1200 + shift, left : left + 800] = cv2.resize(face[..., ::-1], (800, 800))
        cv2.imwrite(str(folder / f"{number}.jpg"), canvas)


if __name__ == "__main__":
    main()
