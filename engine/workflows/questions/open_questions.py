"""Which of the questions that were found a while ago can still be asked."""

from collections.abc import Sequence

from engine.clustering.questions import QuestionKind
from engine.library.answers import distinct_people, postponed, rejections
from engine.library.library import Library
from engine.library.queries import FaceRow, PersonRow, faces_by_id, people_rows
from engine.workflows.questions.suggestions import Suggestion, question_ids


def still_open(library: Library, questions: Sequence[Suggestion]) -> list[bool]:
    """Say for each question whether it is worth an answer now; fast, as nothing is compared anew.

    It is not where its face or one of its people is gone, hidden or set aside, where the face has a person or the group
    a name meanwhile, and where the answer was given or put off.
    """
    faces = faces_by_id(library, {one.face for one in questions if one.face is not None})
    asked = {one.other for one in questions} | {one.person for one in questions if one.person is not None}
    people = {row.person: row for row in people_rows(library, asked) if row.faces and not row.hidden}
    rejected = {tuple(pair) for pair in rejections(library).tolist()}
    apart = {tuple(pair) for pair in distinct_people(library).tolist()}
    waiting = {(one.kind, one.first_id, one.second_id) for one in postponed(library)}
    return [
        one.other in people
        and question_ids(one) not in waiting
        and (_face_is_open(one, faces, rejected) if one.person is None else _person_is_open(one, people, apart))
        for one in questions
    ]


def _face_is_open(question: Suggestion, faces: dict[int, FaceRow], rejected: set[tuple[int, ...]]) -> bool:
    face = faces.get(question.face or 0)
    if face is None or face.ignored or face.person is not None:
        return False
    return (face.face, question.other) not in rejected


def _person_is_open(question: Suggestion, people: dict[int, PersonRow], apart: set[tuple[int, ...]]) -> bool:
    person, other = people.get(question.person or 0), people[question.other]
    if person is None or tuple(sorted((person.person, other.person))) in apart:
        return False
    # A group that somebody has spoken about meanwhile is asked about in another way.
    return bool(person.confirmed) == (question.kind == QuestionKind.SAME_PERSON and bool(other.confirmed))
