"""A model of one's own on a library that exists, by command line: scan, name, import, use, learn, train, go back.

    python benchmarks/models_story.py --shared ../shared/data --work FOLDER [--import FILE ...] [--use NAME ...]
        [--small N] [--learn] [--further EPOCHS] [--train STEPS]

Every step is a command of `kinfolk` with its figures and seconds; a refusal is printed as its user reads it. A digest
of everything that was said (names, confirmed faces, rejections, history) is taken before the models and after each
chapter, and must be the same. `--further` and `--train` go on from the first model of `--import`; `--train` also trains
MV-AM-Softmax on the crops of `glint_aligned112`, from nothing.
"""

import argparse
import csv
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from learning import small
from story_commands import Refused, digest, run, tell

from engine.models.catalog import DEFAULT_EMBEDDER
from engine.models.learned import Gain

LISTED = ("name", "kind", "state", "dimension", "licence", "calibrated", "in_use", "faces")
"""What other programs may count on in `models list --json`."""

OTHERS = 20
"""On so many people what similarities mean is measured when a model was imported."""

SMALL_SIDES = (34, 46)
"""A photo of 250 pixels of lfw is shrunk to so many for `--small`: its face is about 16 to 24 pixels wide then."""

CHECKS = 5
"""So often a short run is checked on the people who are held out, and kept."""

MV_AM = {
    'name = "semi_siamese"': 'name = "mv_am"',
    '{margin = "am", m = 0.2}': "{s = 32.0, m = 0.35, t = 0.2}",
    "people = 32": "people = 8",
    "\nfaces = 2": "\nfaces = 4",
}
GOING_ON = {
    'backbone = "mobilefacenet"': 'backbone = "imported"\nstart_from = "MODEL"\n',
    "dimension = 128": "dimension = 512",
    "# [further]": "[further]\nfreeze = 0.5\nhold = 2.0\nkept = 0.5",
    "learning_rate = 0.001": "learning_rate = 0.0001",
}
"""What is changed for learning by MV-AM-Softmax, and for an imported network that learns further."""


def main() -> None:
    """Run the story."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="an empty folder; models fetched before may lie in it")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--each", type=int, default=5, help="photos of each; learning needs six")
    parser.add_argument("--small", type=int, default=0, help="so many of each as if faces were 16 to 24 pixels wide")
    parser.add_argument("--import", dest="imports", type=Path, nargs="*", default=[])
    parser.add_argument("--use", nargs="*", default=[], help="models of the catalog that are used besides")
    parser.add_argument("--learn", action="store_true", help="learn an adapter, use it, go back")
    parser.add_argument("--further", type=int, default=0, metavar="EPOCHS", help="train a network in use further")
    parser.add_argument("--train", type=int, default=0, metavar="STEPS", help="short runs of the trainer, imported")
    words = parser.parse_args()
    data = words.work / "data"
    truth = make_album(words.shared, words.work / "album", words.people, words.each, words.small)
    run(data, "scan", words.work / "album", "--json")
    name_people(data, truth)
    confirm_people(data, truth)
    before = digest(data)
    names = [run(data, "models", "import", file, "--json")[0]["name"] for file in words.imports]
    others = make_people(words.shared, words.work / "others", words.people)
    for name in names:
        run(data, "models", "calibrate", name, "--data", others, "--json")
    chapters: list[Callable[[], None]] = [partial(try_model, data, name) for name in [*names, *words.use]]
    if words.learn:
        chapters.append(partial(learn_adapter, data))
    if words.further:
        chapters.append(partial(train_further, data, names[0], words.further))
    if words.train:
        glint = ("folder", words.shared / "faces" / "glint_aligned112")
        going_on = MV_AM | {old: new.replace("MODEL", names[0]) for old, new in GOING_ON.items()}
        for name, faces, changes in (("mv_am", glint, MV_AM), ("going_on", ("library", data), going_on)):
            chapters.append(partial(train_and_try, data, words.work / name, faces, changes, words.train))
    for chapter in chapters:
        try:
            chapter()
        except Refused as refusal:
            print(f"           refused: {refusal}", flush=True)
        run(data, "models", "use", DEFAULT_EMBEDDER, "--json")
        print("           what was said is the same:", digest(data) == before, flush=True)
    for row in run(data, "models", "list", "--json", quiet=True):
        print({key: row[key] for key in LISTED})


def try_model(data: Path, name: str) -> None:
    """Embed with a model, see who would move, use it, and measure it anew on the people there are."""
    run(data, "embed", "--model", name, "--json")
    print(tell(data, "models", "use", name, "--preview"))
    run(data, "models", "use", name, "--json")
    run(data, "models", "calibrate", name, "--json")


def learn_adapter(data: Path) -> None:
    """Learn on stored vectors, hear what the gate says, and where it says yes use it, look at people, and go back."""
    if worth(run(data, "learn", "--json", quiet=True)):
        run(data, "learn", "--apply", "--json", quiet=True)
        run(data, "cluster", "--json", quiet=True)
        print(tell(data, "cluster"))
        run(data, "learn", "--undo", "--json")


def train_further(data: Path, name: str, epochs: int) -> None:
    """Use a model, train it further, hear what the gate says, where it says yes use what came of it, and go back."""
    run(data, "models", "use", name, "--json")
    found = run(data, "learn", "--level", 2, "--epochs", epochs, "--json", quiet=True)
    if worth(found):
        print(tell(data, "models", "use", found["model"], "--preview"))
        run(data, "models", "use", found["model"], "--json")
        run(data, "learn", "--undo", "--json")


def worth(found: Any) -> bool:
    """Print what the gate says of something learnt; return whether it may be used."""
    print(f"           {found['way']} on {found['faces']} faces of {found['people']} people:", end=" ")
    print("a gain" if found["accepted"] else "no measurable gain")
    for name, gain in found["gains"].items():
        print(f"             {name}: {Gain(**gain)}")
    return bool(found["accepted"])


def train_and_try(data: Path, folder: Path, faces: tuple[str, Path], changes: dict[str, str], steps: int) -> None:
    """Write a recipe, change it, train by it, make the run a model, and try that."""
    recipe = folder.with_suffix(".toml")
    run(data, "train", "--new", faces[0], recipe, "--data", faces[1], quiet=True)
    text = recipe.read_text(encoding="utf-8")
    short = {
        "steps = 2000": f"steps = {steps}",
        "warm_up = 100": f"warm_up = {max(1, steps // 20)}",
        "every = 200": f"every = {max(1, steps // CHECKS)}",
        "average = 0.99": "average = 0.0",
    }
    for old, new in (short | changes).items():
        if old not in text:
            sys.exit(f"The recipe has no {old!r}.")
        text = text.replace(old, new)
    recipe.write_text(text, encoding="utf-8")
    run(data, "train", recipe, "--run", folder)
    try_model(data, run(data, "models", "import", folder, "--json")[0]["name"])


def make_album(shared: Path, album: Path, people: int, each: int, shrunk: int) -> dict[str, str]:
    """Copy so many photos each of so many people of lfw into ten folders; return the person of each file's name.

    The first `shrunk` of each are made small and blurred.
    """
    truth, drawn = {}, np.random.default_rng(0)
    for number, paths in enumerate(list(lfw_people(shared).values())[:people]):
        for place, path in enumerate(paths[:each]):
            file = album / f"event {number % 10}" / f"{number:02d}_{place}.jpg"
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(shared / path, file)
            if place < shrunk:
                cv2.imwrite(str(file), small(cv2.imread(str(file)), int(drawn.integers(*SMALL_SIDES))))
            truth[file.name] = f"Person {number:02d}"
    return truth


def make_people(shared: Path, folder: Path, skip: int) -> Path:
    """Copy two photos each of people whom the album does not show into a folder a person; return where they are."""
    for number, paths in enumerate(list(lfw_people(shared).values())[skip : skip + OTHERS]):
        for path in paths[:2]:
            file = folder / f"{number:02d}" / Path(path).name
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(shared / path, file)
    return folder


def lfw_people(shared: Path) -> dict[str, list[str]]:
    """Return the photos of each person of lfw, those with most photos first."""
    photos: dict[str, list[str]] = defaultdict(list)
    with (shared / "labels.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            if row["dataset"] == "lfw":
                photos[row["person"]].append(row["path"])
    return dict(sorted(photos.items(), key=lambda item: -len(item[1])))


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


def confirm_people(data: Path, truth: dict[str, str]) -> None:
    """Say of the largest face of each photo who it is, as somebody does who knows everybody, and who it is not."""
    largest: dict[str, dict[str, Any]] = {}
    for face in run(data, "faces", "--json", quiet=True):
        held = largest.setdefault(face["photo"], face)
        largest[face["photo"]] = max(held, face, key=lambda one: one["box"]["width"] * one["box"]["height"])
    faces: dict[str, list[int]] = defaultdict(list)
    for photo, face in largest.items():
        faces[truth[Path(photo).name]].append(face["face"])
    people = {row["name"]: row["person"] for row in run(data, "people", "--json", quiet=True)}
    for name, own in sorted(faces.items()):
        if name in people:
            run(data, "confirm", people[name], *own, quiet=True)
        else:
            run(data, "new-person", "--name", name, *own, quiet=True)
    print(f"{sum(map(len, faces.values()))} faces of {len(faces)} people confirmed", flush=True)
    first, second, *_ = {row["name"]: row["person"] for row in run(data, "people", "--json", quiet=True)}.values()
    run(data, "distinct", first, second, quiet=True)
    run(data, "reject", first, faces[max(faces)][0], quiet=True)


if __name__ == "__main__":
    main()
