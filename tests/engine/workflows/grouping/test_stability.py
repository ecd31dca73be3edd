"""Random lives of a library: whatever is scanned, grouped and regrouped, what a person said stays as it was said."""

from typing import Any

import numpy as np
import pytest

from engine.clustering.wanted import Wanted
from engine.library import history
from engine.library.answers import distinct_people, rejections
from engine.library.edits import (
    confirm_faces,
    ignore_faces,
    mark_distinct,
    merge_people,
    move_faces,
    name_person,
    reject_faces,
    split_off,
)
from engine.library.examining import examine_file
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows, ignored_face_rows, people_rows
from engine.library.states import SPOKEN
from engine.progress import finish
from engine.workflows.grouping.regroup import DEFAULT, accept, preview
from engine.workflows.questions.suggestions import suggestions

Album = Any
STEPS = 40


def said(library: Library) -> tuple[Any, ...]:
    """Return everything that a person said: confirmed faces, names, rejections, distinct people, ignored faces."""
    return (
        {row.face: row.person for row in face_rows(library) if row.source in SPOKEN},
        {row.person: row.name for row in people_rows(library) if row.name},
        set(map(tuple, rejections(library).tolist())),
        set(map(tuple, distinct_people(library).tolist())),
        {row.face for row in ignored_face_rows(library)},
    )


def edit(library: Library, rng: np.random.Generator) -> None:
    """Say something at random about what is there."""
    rows, people = face_rows(library), [row.person for row in people_rows(library)]
    if not rows or len(people) < 2:
        return
    face: FaceRow = rows[int(rng.integers(len(rows)))]
    one, other = (int(person) for person in rng.choice(people, 2, replace=False))
    match int(rng.integers(9)):
        case 0:
            name_person(library, one, f"Name {one}")
        case 1:
            merge_people(library, one, [other])
        case 2:
            reject_faces(library, one, [face.face])
        case 3:
            confirm_faces(library, one, [face.face])
        case 4:
            move_faces(library, [face.face], other)
        case 5:
            split_off(library, [face.face])
        case 6:
            ignore_faces(library, [face.face])
        case 7:
            mark_distinct(library, one, other)
        case _:
            history.undo(library)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_was_said_is_lost(photos: Album, seed: int) -> None:
    rng = np.random.default_rng(seed)
    library: Library = photos.library
    for _ in range(STEPS):
        edit(library, rng)
        before = said(library)
        what = int(rng.integers(3))
        if what == 0:
            photos.add([rng.choice(8, 2, replace=False).tolist() for _ in range(3)])
            photos.grow()
        elif what == 1:
            photos.grow()
        else:
            found = finish(preview(library, photos.card, DEFAULT, {}))
            assert found.plan.confirmed_touched == 0
            accept(library, found.plan)
        assert said(library) == before
        rejected = set(map(tuple, rejections(library).tolist()))
        assert not rejected & {(row.face, row.person) for row in face_rows(library)}
    assert examine_file(library.path).problems == ()


@pytest.mark.parametrize("algorithm", ["average", "dbscan", "hdbscan", "kmeans", "whispers"])
def test_plain_algorithms_keep_what_was_said_too(photos: Album, algorithm: str) -> None:
    photos.add([[0, 1], [0, 2], [1, 2]] * 4)
    photos.grow()
    rng = np.random.default_rng(1)
    for _ in range(12):
        edit(photos.library, rng)
    before = said(photos.library)
    found = finish(preview(photos.library, photos.card, algorithm, {"k": 4} if algorithm == "kmeans" else {}))
    accept(photos.library, found.plan)
    assert said(photos.library) == before


def test_apply_does_exactly_what_the_preview_says(photos: Album) -> None:
    photos.add([[0, 1], [0, 1], [2]], noise=0.9)
    photos.grow()
    photos.add([[0, 2], [1, 2]] * 5, noise=0.9)
    found = finish(preview(photos.library, photos.card, DEFAULT, {}))
    before = {row.face: row.person for row in face_rows(photos.library)}
    people = {row.person for row in people_rows(photos.library)}
    accept(photos.library, found.plan)
    after = {row.face: row.person for row in face_rows(photos.library)}
    assert sum(after[face] != person for face, person in before.items()) == found.plan.faces_moved
    assert len({row.person for row in people_rows(photos.library)} - people) == found.plan.people_created
    again = finish(preview(photos.library, photos.card, DEFAULT, {}))
    assert again.plan.faces_moved == 0
    history.undo(photos.library)
    assert {row.face: row.person for row in face_rows(photos.library)} == before


def test_refused_questions_are_never_asked_again(photos: Album) -> None:
    photos.add([[0], [1], [2], [3]] * 3, noise=1.9)
    photos.grow()
    asked: set[tuple[Any, ...]] = set()
    for _ in range(60):
        questions = suggestions(photos.library, photos.card, Wanted(limit=1)).questions
        if not questions:
            break
        question = questions[0]
        key = (question.face, question.person, question.other)
        assert key not in asked
        asked.add(key)
        if question.face is not None:
            reject_faces(photos.library, question.other, [question.face])
        else:
            assert question.person is not None
            mark_distinct(photos.library, question.person, question.other)
    else:
        pytest.fail("the questions never end")
    assert asked
