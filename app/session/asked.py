"""A question with everything that is shown beside it, read off the GUI thread."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.clustering.wanted import Outlook, Wanted
from engine.library.library import Library
from engine.library.queries import FaceRow, PersonRow, counts, faces_by_id, people_rows, photos_by_id
from engine.memory import give_back
from engine.models.card import ModelCard
from engine.workflows.questions.evidence import Evidence, suggestions_with_evidence
from engine.workflows.questions.open_questions import still_open
from engine.workflows.questions.suggestions import Suggestion

Key = tuple[str, int, int]
"""What identifies a question: what it is about, and its two sides."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `subject` is None where it is about a single face that is nobody's yet.

    `faces` holds those of the evidence and the examples by id, `taken` when their photos were taken and how exactly,
    where that is known; `likely` are other people it may be.
    """

    question: Suggestion
    evidence: Evidence
    subject: PersonRow | None
    other: PersonRow
    faces: dict[int, FaceRow]
    taken: dict[int, tuple[datetime, str | None]]
    likely: tuple[PersonRow, ...]

    @property
    def key(self) -> Key:
        """What identifies the question, whichever way round it is put."""
        question = self.question
        if question.person is None:
            return ("face", question.face or 0, question.other)
        return ("people", min(question.person, question.other), max(question.person, question.other))

    def also_likely(self, others: Sequence[PersonRow]) -> "Asked":
        """Return the question with these people after those it has; itself where it has them all."""
        known = {row.person for row in self.likely}
        added = tuple(row for row in others if row.person not in known)
        return replace(self, likely=self.likely + added) if added else self

    @property
    def shown(self) -> list[FaceRow]:
        """The faces of the side in question."""
        return [self.faces[face] for face in self.evidence.shown if face in self.faces]

    @property
    def examples(self) -> list[FaceRow]:
        """The faces of the other side, the most similar first."""
        first = self.evidence.closest[1]
        ordered = sorted(self.question.examples, key=lambda face: face != first)
        return [self.faces[face] for face in ordered if face in self.faces]


@dataclass(frozen=True, slots=True)
class Questions:
    """The next questions, what less likely ones there are, and how many people there are, of whom some have a name."""

    asked: list[Asked]
    further: Outlook
    people: int
    named: int


def read_questions(library: Library, card: ModelCard, wanted: Wanted) -> Questions:
    """Return the questions that are wanted, the most useful first; takes seconds for a large library."""
    found = suggestions_with_evidence(library, card, wanted)
    give_back()
    now = counts(library)
    return Questions(_with_rows(library, found.questions), found.further, now.people, now.named_people)


def read_again(library: Library, asked: Sequence[Asked]) -> list[Asked]:
    """Return the questions that can still be asked, with what is known now of their faces and people."""
    open_ = still_open(library, [one.question for one in asked])
    kept = [(one.question, one.evidence) for one, still in zip(asked, open_, strict=True) if still]
    return _with_rows(library, kept)


def _with_rows(library: Library, found: Sequence[tuple[Suggestion, Evidence]]) -> list[Asked]:
    faces = faces_by_id(library, {face for one in found for face in _faces_of(*one)})
    photos = photos_by_id(library, {row.photo_id for row in faces.values()})
    seen = {face: photos[row.photo_id] for face, row in faces.items() if row.photo_id in photos}
    dated = {face: (one.taken_at, one.taken_precision) for face, one in seen.items() if one.taken_at is not None}
    people = {row.person: row for row in people_rows(library, {who for one in found for who in _people_of(*one)})}
    return [
        _asked(question, evidence, people, faces, dated)
        for question, evidence in found
        # Between two reads somebody may have gone; such a question is void.
        if question.other in people and (question.person is None or question.person in people)
    ]


def _asked(
    question: Suggestion,
    evidence: Evidence,
    people: dict[int, PersonRow],
    faces: dict[int, FaceRow],
    dated: dict[int, tuple[datetime, str | None]],
) -> Asked:
    theirs = _faces_of(question, evidence)
    return Asked(
        question,
        evidence,
        None if question.person is None else people[question.person],
        people[question.other],
        {face: faces[face] for face in theirs if face in faces},
        {face: dated[face] for face in theirs if face in dated},
        tuple(people[person] for person in evidence.likely if person in people),
    )


def _faces_of(question: Suggestion, evidence: Evidence) -> Collection[int]:
    return {*evidence.shown, *evidence.closest, *question.examples}


def _people_of(question: Suggestion, evidence: Evidence) -> Collection[int]:
    subject = () if question.person is None else (question.person,)
    return {question.other, *subject, *evidence.likely}
