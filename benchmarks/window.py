"""How fast the window is over a large library: start, pages, scrolling, searching, undo, a scan, a user's way.

    QT_QPA_PLATFORM=offscreen python benchmarks/window.py --album FOLDER --models FOLDER [--faces 100000] [--only walk]

Makes a library of 100,000 faces of 2,000 people on 200,000 photos, whose files are hard links to the JPEGs of the
album, so that every thumbnail is really decoded. Each part runs in a process of its own, with modules compiled before,
as those of an installed program are. With `--scratch`, a folder on the album's disk, the library and its files stay
there; every part begins with the library as it was made. The peer, in the same run, is Qt's own QListView in icon mode
with uniform item sizes over the same model and delegate.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

FRESH = 300
"""Photos that are scanned beside the library."""

LIBRARY = "library.sqlite"
STEPS = ("people", "person", "photos", "review", "unsorted", "scan", "name")
"""The stretches of the way of the part `walk`, in their order."""

PARTS = ("start", "pages", "scroll", "peer", "search", "undo", "scan", "walk")


def main() -> None:
    """Prepare the library and run every part, or be one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True, help="folder with 12-megapixel JPEGs")
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    for name, default in (("photos", 200_000), ("faces", 100_000), ("people", 2_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="run some parts")
    parser.add_argument("--steps", choices=STEPS, nargs="+", default=STEPS, help="go some stretches of the way (walk)")
    parser.add_argument("--scratch", type=Path, help="where the library is made, and found again")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        run_part(arguments.part, arguments.data, arguments.steps)
        return
    with tempfile.TemporaryDirectory(dir=arguments.album) as scratch:
        data = (arguments.scratch or Path(scratch)).resolve() / "data"
        made = data.parent / "as made.sqlite"
        if not made.exists():
            prepare(data, arguments)
            shutil.copyfile(data / LIBRARY, made)
        compile_modules(data.parent / "compiled")
        print("| what | figure |\n| --- | --- |", flush=True)
        for part in arguments.only:
            begin_as_made(data, made)
            for name, figure in child(part, data, arguments).items():
                print(f"| {name} | {figure} |", flush=True)


def begin_as_made(data: Path, made: Path) -> None:
    """Undo what an earlier part did to the library."""
    from engine.library.library import Library

    for path in data.glob("library*"):
        path.unlink()
    # A copy from a moment ago would spare an edit of many faces its own; a page that was left is opened first.
    shutil.rmtree(data / "backups", ignore_errors=True)
    (data / "window.ini").unlink(missing_ok=True)
    shutil.copyfile(made, data / LIBRARY)
    Library(data / LIBRARY).close()  # a file that was not closed here would be checked at the start


def prepare(data: Path, arguments: argparse.Namespace) -> None:
    """Generate the library and put a file where each of its photos should be."""
    from generated_library import generate

    data.mkdir(parents=True)
    generate(data / LIBRARY, arguments.photos, arguments.faces, arguments.people)
    # The files' sizes are not those of the library, so nothing may look for changes meanwhile.
    (data / "settings.toml").write_text("watch = false\n")
    photos = sorted(path for path in arguments.album.rglob("*.jpg") if not path.is_relative_to(data.parent))
    sources = photos[:60]
    with sqlite3.connect(data / LIBRARY) as connection:
        rows = connection.execute(
            "SELECT folders.path, photos.relpath FROM photos JOIN folders ON folders.id = photos.folder_id "
            "WHERE state != 'MISSING'"
        ).fetchall()
    for number, (folder, relpath) in enumerate(rows):
        target = Path(folder, relpath)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(sources[number % len(sources)])
    fresh = fresh_photos(data)
    fresh.mkdir()
    for number, path in enumerate(photos[:FRESH]):
        (fresh / f"{number}.jpg").hardlink_to(path)


def compile_modules(cache: Path) -> None:
    """Have every module of ours compiled into a folder of its own, which the parts then read."""
    os.environ |= {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONDONTWRITEBYTECODE": ""}
    root = Path(__file__).resolve().parents[1]
    folders = [str(root / name) for name in ("app", "engine", "resources", "benchmarks")]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *folders], check=True)


def fresh_photos(data: Path) -> Path:
    """Return the folder with photos that the library does not know."""
    return data.parent / "new photos"


def child(part: str, data: Path, arguments: argparse.Namespace) -> dict[str, str]:
    """Run one part in a process of its own and return its figures."""
    command = [sys.executable, __file__, "--part", part, "--data", str(data)]
    command += ["--album", str(arguments.album), "--models", str(arguments.models), "--steps", *arguments.steps]
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "KINFOLK_MODELS_DIR": str(arguments.models.resolve()),
    }
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return result


def run_part(part: str, data: Path, steps: Sequence[str]) -> None:
    """Run one part and print its figures as JSON."""
    from window_clock import peak_memory
    from window_parts import Session

    with Session(data) as session:
        run = {
            "start": session.start,
            "pages": session.pages,
            "scroll": session.scroll,
            "peer": session.peer,
            "search": session.search,
            "undo": session.undo,
            "scan": lambda: session.scan(fresh_photos(data)),
            "walk": lambda: session.walk(fresh_photos(data), steps),
        }
        figures = run[part]()
        figures[f"peak memory ({part})"] = f"{peak_memory():.0f} MB"
    figures[f"closing ({part})"] = f"{session.closing:.2f} s"
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
