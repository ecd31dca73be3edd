"""How many actions a person needs to name an album, with Kinfolk's own operations and questions only.

    python benchmarks/labelling.py --album FOLDER --models FOLDER

FOLDER is an album with a truth.csv (photo, person, left, top, width, height in pixels of the upright photo). It is
scanned into a new library. Then a simulated user with the answer key works on: naming a group, a yes, a no, moving a
selection cost one action each, and every single face that is picked costs one more. The user sees what a person would
see: group sizes, the questions in their order with their probabilities; never which answer is coming. A group is named
after the person whom most of its faces show; wrong faces in it count as wrong until they are moved. Faces that the
answer key does not know (found in the background) are neither counted nor touched.
"""

import argparse
import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.clustering.suggest import QuestionKind
from engine.library.edits import (
    confirm_faces,
    mark_distinct,
    merge_people,
    move_faces,
    name_person,
    reject_faces,
    split_off,
)
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.grouping.recluster import recluster
from engine.workflows.questions.suggestions import Suggestion, suggestions
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.scan import scan

LEVELS = (50, 80, 90, 95, 99)
REGROUP_EVERY = 10
"""Actions after which the machine looks at the unsorted faces again, as it does in the background."""


def main() -> None:
    """Scan, work, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    parser.add_argument("--most", type=int, default=2000, help="actions after which the user gives up")
    arguments = parser.parse_args()
    settings = Settings()
    with tempfile.TemporaryDirectory() as scratch, Library(Path(scratch, "library.sqlite")) as library:
        card = embedder_in_use(library, Catalog(arguments.models))
        roots, _ = chosen_roots(library, [arguments.album])
        summary = finish(scan(library, roots, arguments.models, settings))
        truth = truth_of(arguments.album, face_rows(library))
        people = len(set(truth.values()))
        print(
            f"{summary.photos.found:,} photos, {len(truth):,} faces of {people} people in the answer key, "
            f"{summary.people} groups found"
        )
        work = User(library, card, truth)
        reached = dict(work.levels(arguments.most))
        print("| faces correctly named | actions | actions per person | what was done |\n| ---: | ---: | ---: | --- |")
        for level in LEVELS:
            actions, done = reached.get(level, (None, ""))
            shown = "not reached" if actions is None else f"{actions:,} | {actions / people:.2f} | {done}"
            print(f"| {level} % | {shown} |")


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


@dataclass
class User:
    """Somebody who knows everybody in the album."""

    library: Library
    card: ModelCard
    truth: dict[int, str]
    actions: int = 0
    done: Counter[str] = field(default_factory=Counter)
    named: dict[str, int] = field(default_factory=dict)

    def levels(self, most: int) -> Iterator[tuple[int, tuple[int, str]]]:
        """Work until every level is reached, nothing is left or patience ends; yield (level, (actions, what))."""
        open_levels = list(LEVELS)
        while open_levels and self.actions < most:
            share = 100 * self.correct() / len(self.truth)
            while open_levels and share >= open_levels[0]:
                yield open_levels.pop(0), (self.actions, self.account())
            if not self.act():
                return

    def correct(self) -> int:
        """Count the faces whose person has the right name and is confirmed or suggested."""
        return sum(row.name == self.truth[row.face] for row in face_rows(self.library) if row.face in self.truth)

    def account(self) -> str:
        """Return what was done so far, in words."""
        return ", ".join(f"{count} {what}" for what, count in self.done.most_common())

    def act(self) -> bool:
        """Do the next thing that promises most; False when there is nothing left to do."""
        groups = self.groups()
        unnamed = max((group for group in groups.values() if group[0].name is None), key=len, default=[])
        question = next(iter(suggestions(self.library, self.card, limit=1)), None)
        promise = question.probability * question.settles if question else 0.0
        wrong, owner = self.wrong_faces(groups)
        rewards = {"name": float(len(unnamed)), "answer": promise, "move": len(wrong) / (1 + len(wrong))}
        best = max(rewards, key=lambda what: rewards[what])
        if rewards[best] <= 0:
            return self.pick_unsorted()
        before = self.actions
        if best == "name":
            self.name(unnamed)
        elif best == "answer" and question:
            self.answer(question, groups)
        else:
            self.move(wrong, owner)
        if before // REGROUP_EVERY != self.actions // REGROUP_EVERY:
            finish(recluster(self.library, self.card))
        return True

    def groups(self) -> dict[int, list[FaceRow]]:
        """Return the faces of each person that the answer key knows."""
        found: dict[int, list[FaceRow]] = {}
        for row in face_rows(self.library):
            if row.person is not None and row.face in self.truth:
                found.setdefault(row.person, []).append(row)
        return found

    def shown(self, rows: list[FaceRow]) -> str:
        """Return the person whom most of these faces show."""
        return Counter(self.truth[row.face] for row in rows).most_common(1)[0][0]

    def name(self, rows: list[FaceRow]) -> None:
        """Name a group; if that person is named already, make them one."""
        person, name = rows[0].person, self.shown(rows)
        if person is None:
            return
        if name in self.named:
            merge_people(self.library, self.named[name], [person])
            self.count("merges")
        else:
            name_person(self.library, person, name)
            self.named[name] = person
            self.count("names")

    def answer(self, question: Suggestion, groups: dict[int, list[FaceRow]]) -> None:
        """Say yes or no, judged by whom most faces of each side show."""
        other = groups.get(question.other)
        if question.face is not None:
            same = other is not None and self.truth.get(question.face) == self.shown(other)
            (confirm_faces if same else reject_faces)(self.library, question.other, [question.face])
        elif question.person is not None:
            mine = groups.get(question.person)
            same = bool(mine and other) and self.shown(mine or []) == self.shown(other or [])
            if same:
                self.merge(question.other, question.person)
            else:
                mark_distinct(self.library, question.person, question.other)
        self.count(f"{'yes' if same else 'no'} ({'face' if question.kind == QuestionKind.IS_THIS else 'people'})")

    def merge(self, into: int, other: int) -> None:
        """Make two people one and remember which of them is left."""
        merge_people(self.library, into, [other])
        self.named = {name: into if person == other else person for name, person in self.named.items()}

    def wrong_faces(self, groups: dict[int, list[FaceRow]]) -> tuple[list[int], str]:
        """Return the largest set of wrong faces that one look at a named person shows, and whose they are."""
        best: tuple[list[int], str] = ([], "")
        for rows in groups.values():
            if rows[0].name is None:
                continue
            strangers = Counter(self.truth[row.face] for row in rows if self.truth[row.face] != rows[0].name)
            for name, count in strangers.most_common(1):
                if count > len(best[0]):
                    best = ([row.face for row in rows if self.truth[row.face] == name], name)
        return best

    def move(self, faces: list[int], name: str) -> None:
        """Select faces one by one and move them to their person."""
        if name in self.named:
            move_faces(self.library, faces, self.named[name])
        else:
            self.named[name] = split_off(self.library, faces, name).person_id
        self.count("moves", 1 + len(faces))

    def pick_unsorted(self) -> bool:
        """Pick a face that nobody asked about and say who it is."""
        left = [row.face for row in face_rows(self.library) if row.person is None and row.face in self.truth]
        if not left:
            return False
        self.move(left[:1], self.truth[left[0]])
        return True

    def count(self, what: str, actions: int = 1) -> None:
        """Note what was done and what it cost."""
        self.done[what] += 1
        self.actions += actions


if __name__ == "__main__":
    main()
