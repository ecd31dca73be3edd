"""Somebody who knows everybody in an album and names it with what the window offers; see `labelling.py`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.clustering.questions import QuestionKind
from engine.clustering.wanted import Wanted
from engine.library.edits import (
    confirm_each,
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
from engine.progress import finish
from engine.workflows.grouping.ground import looked_at_again
from engine.workflows.questions.proposals import offered_faces, proposed_names
from engine.workflows.questions.suggestions import Suggestion, suggestions


@dataclass
class User:
    """Somebody who knows everybody in the album."""

    library: Library
    card: ModelCard
    truth: dict[int, str]
    actions: int = 0
    done: Counter[str] = field(default_factory=Counter)
    named: dict[str, int] = field(default_factory=dict)
    known: tuple[int, list[FaceRow]] | None = None

    def levels(self, wanted: Sequence[int], most: int) -> Iterator[tuple[int, tuple[int, str]]]:
        """Work until every level is reached, nothing is left or patience ends; yield (level, (actions, what))."""
        open_levels = list(wanted)
        while open_levels and self.actions < most:
            share = 100 * self.correct() / len(self.truth)
            while open_levels and share >= open_levels[0]:
                yield open_levels.pop(0), (self.actions, self.account())
            if not self.act():
                return

    def correct(self) -> int:
        """Count the faces whose person has the right name and is confirmed or suggested without a doubt."""
        rows = (row for row in self.seen() if not row.doubtful)
        return sum(row.name == self.truth[row.face] for row in rows)

    def seen(self) -> list[FaceRow]:
        """Return the faces that the answer key knows, as they are now."""
        revision = self.library.revision()
        if self.known is None or self.known[0] != revision:
            self.known = revision, [row for row in face_rows(self.library) if row.face in self.truth]
        return self.known[1]

    def account(self) -> str:
        """Return what was done so far, in words."""
        return ", ".join(f"{count} {what}" for what, count in self.done.most_common())

    def act(self) -> bool:
        """Do the next thing that promises most for an action; False when there is nothing left to do."""
        groups = self.groups()
        unnamed = max((group for group in groups.values() if group[0].name is None), key=len, default=[])
        question = next(iter(suggestions(self.library, self.card, Wanted(limit=1)).questions), None)
        offered = self.offered()
        wrong, owner = self.wrong_faces(groups)
        rewards = {
            "name": float(len(unnamed)),
            "answer": question.probability * question.settles if question else 0.0,
            "offered": sum(map(len, offered.values())) / (1 + sum(map(len, self.misfits(offered).values()))),
            "move": len(wrong) / (1 + len(wrong)),
        }
        best = max(rewards, key=lambda what: rewards[what])
        if rewards[best] <= 0:
            return self.pick_left()
        if best == "name":
            self.name(unnamed)
        elif best == "answer" and question:
            self.answer(question, groups)
        elif best == "offered":
            self.take_offered(offered)
        else:
            self.move(wrong, owner)
        finish(looked_at_again(self.library, self.card))
        return True

    def offered(self) -> dict[int, list[int]]:
        """Return the faces of nobody that the answer key knows, by the person to whom they are offered."""
        found = offered_faces(self.library, self.card)
        by_person: dict[int, list[int]] = {}
        for face, person in zip(found.face_ids.tolist(), found.people.tolist(), strict=True):
            if face in self.truth:
                by_person.setdefault(person, []).append(face)
        return by_person

    def misfits(self, offered: dict[int, list[int]]) -> dict[int, list[int]]:
        """Return those of the offered faces that somebody who looks would take out, by person."""
        names = {person: name for name, person in self.named.items()}
        return {
            person: [face for face in faces if self.truth[face] != names.get(person)]
            for person, faces in offered.items()
        }

    def take_offered(self, offered: dict[int, list[int]]) -> None:
        """Take out the wrong ones and say yes to all the others."""
        wrong = self.misfits(offered)
        answers = {person: sorted(set(faces) - set(wrong[person])) for person, faces in offered.items()}
        confirm_each(self.library, {person: faces for person, faces in answers.items() if faces})
        for person, faces in wrong.items():
            if faces:
                reject_faces(self.library, person, faces)
        self.count("yes (all offered)", 1 + sum(map(len, wrong.values())))

    def groups(self) -> dict[int, list[FaceRow]]:
        """Return the faces of each person that the answer key knows."""
        found: dict[int, list[FaceRow]] = {}
        for row in self.seen():
            if row.person is not None:
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
            proposed = proposed_names(self.library, self.card).get(person)
            merge_people(self.library, self.named[name], [person])
            self.count("proposed names taken" if proposed and proposed.person == self.named[name] else "merges")
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

    def pick_left(self) -> bool:
        """Pick a face that nobody asked about, or a doubtful one, and say who it is."""
        left = [row.face for row in self.seen() if row.person is None or row.doubtful]
        if not left:
            return False
        self.move(left[:1], self.truth[left[0]])
        return True

    def count(self, what: str, actions: int = 1) -> None:
        """Note what was done and what it cost."""
        self.done[what] += 1
        self.actions += actions
