"""Who would move is told by people, those with a name first."""

from dataclasses import replace
from typing import Any

from engine.library.clusters import Assignments
from engine.library.edits import name_person
from engine.library.queries import face_rows
from engine.progress import finish
from engine.workflows.grouping.regroup import DEFAULT, preview
from engine.workflows.grouping.who_moves import who_moves


def test_moves_are_counted_from_whom_to_whom(photos: Any) -> None:
    photos.add([[0, 1]] * 6 + [[2]] * 3)
    photos.grow()
    faces = {who: [face for face, owner in photos.truth.items() if owner == who] for who in range(3)}
    (ada,), (ben,) = (photos.people_of(who) for who in (0, 1))
    name_person(photos.library, ada, "Ada")
    plan = finish(preview(photos.library, photos.card, DEFAULT, {})).plan
    assert who_moves(photos.library, plan) == ()

    moves = {**dict.fromkeys(faces[1][:2], ada), **dict.fromkeys(faces[2], None), faces[0][0]: None}
    drawn = replace(plan, assignments=Assignments(moves, [faces[1][2:4], faces[1][4:6], faces[0][1:2]]))
    moving = who_moves(photos.library, drawn)
    (third,) = photos.people_of(2)
    assert [one.sentence() for one in moving] == [
        f"2 faces of person {ben} would go to Ada",
        "1 face of Ada would be unsorted",
        "1 face of Ada would be somebody new",
        f"4 faces of person {ben} would be 2 new people",
        f"3 faces of person {third} would be unsorted" if third else "3 faces of nobody would be unsorted",
    ]
    assert sum(one.faces for one in moving) == len(moves) + 5
    assert {row.face for row in face_rows(photos.library)} >= set(moves)
