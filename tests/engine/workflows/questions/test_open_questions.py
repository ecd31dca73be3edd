from datetime import UTC, datetime, timedelta

import pytest

from engine.clustering.questions import QuestionKind
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.workflows.questions.open_questions import still_open
from engine.workflows.questions.suggestions import Suggestion, question_ids


@pytest.fixture
def asked(photos):
    """Whether a face is Ada, whether a group is, and whether that group and another are one."""
    photos.add([[0], [0], [1], [1], [2], [2], [0]])
    faces = list(photos.truth)
    made = assign_faces(photos.library, Assignments(groups=[faces[:2], faces[2:4], faces[4:6]])).people
    photos.ada, photos.group, photos.other = made
    photos.face = faces[6]
    edits.name_person(photos.library, photos.ada, "Ada")

    def question(kind, face, person, other):
        return Suggestion(kind, face, person, other, 0.5, 0.5, 1, (faces[0],), ())

    photos.questions = [
        question(QuestionKind.IS_THIS, photos.face, None, photos.ada),
        question(QuestionKind.IS_THIS, None, photos.group, photos.ada),
        question(QuestionKind.SAME_PERSON, None, photos.group, photos.other),
    ]
    return photos


def test_nothing_is_void_while_nothing_happens(asked):
    assert still_open(asked.library, asked.questions) == [True, True, True]
    assert still_open(asked.library, []) == []


@pytest.mark.parametrize(
    ("happens", "left"),
    [
        (lambda a: edits.confirm_faces(a.library, a.ada, [a.face]), [False, True, True]),
        (lambda a: edits.reject_faces(a.library, a.ada, [a.face]), [False, True, True]),
        (lambda a: edits.ignore_faces(a.library, [a.face]), [False, True, True]),
        (lambda a: edits.name_person(a.library, a.group, "Bo"), [True, False, False]),
        (lambda a: edits.name_person(a.library, a.other, "Bo"), [True, True, False]),
        (lambda a: edits.merge_people(a.library, a.ada, [a.group]), [True, False, False]),
        (lambda a: edits.mark_distinct(a.library, a.group, a.ada), [True, False, True]),
        (lambda a: edits.hide_people(a.library, [a.ada]), [False, False, True]),
    ],
)
def test_what_was_said_since_makes_questions_void(asked, happens, left):
    happens(asked)
    assert still_open(asked.library, asked.questions) == left


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_question_that_was_put_off_is_void(asked, number):
    kind, first, second = question_ids(asked.questions[number])
    edits.postpone_question(asked.library, kind, first, second, datetime.now(UTC) + timedelta(days=1))
    assert still_open(asked.library, asked.questions) == [place != number for place in range(3)]
