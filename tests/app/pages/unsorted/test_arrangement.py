"""Nobody's faces in their groups."""

from dataclasses import replace

import numpy as np

from app.pages.unsorted.arrangement import ALONE, HARD, NEW, NOBODY, Grouping, Words, by_years, grouped
from engine.library.queries import FaceIndex
from tests.app.pages.person.test_arrangement import index as index_of
from tests.app.pages.person.test_arrangement import when

WORDS = Words(
    offered=lambda person: f"Person {person}?",
    alike=lambda count: f"{count} alike",
    alone="Alone",
    new="New",
    hard="Hard",
    year=lambda year: str(year) if year else "Without a date",
    count=lambda count: f"{count} faces",
)


def index(moments: list[float]) -> FaceIndex:
    """Faces from 100 on that are nobody's."""
    return replace(index_of(moments), person_ids=np.full(len(moments), NOBODY))


FOUND = Grouping(np.array([103, 101, 100, 105, 104]), np.array([0, 0, 1, 1, ALONE]), np.full(5, NOBODY))


def test_before_anything_is_found_the_newest_come_first() -> None:
    found = grouped(index([when(2010), when(2012), when(2011)]), None, WORDS)
    assert found.arrangement.ids.tolist() == [101, 102, 100]
    assert found.keys == (NEW,)
    assert not found.is_group(0)


def test_groups_then_alone_then_newcomers() -> None:
    found = grouped(index([when(2010), when(2010), when(2012), when(2010), when(2010), when(2010)]), FOUND, WORDS)
    assert found.arrangement.ids.tolist() == [103, 101, 100, 105, 104, 102]
    assert [(one.title, one.count, one.hint) for one in found.arrangement.sections] == [
        ("2 alike", 2, ""),
        ("2 alike", 2, ""),
        ("Alone", 1, "1 faces"),
        ("New", 1, "1 faces"),
    ]
    assert found.keys == (0, 1, ALONE, NEW)
    assert [found.is_group(section) for section in range(-1, 5)] == [False, True, True, False, False, False]


def test_what_is_hard_to_recognise_comes_last() -> None:
    labels = np.array([0, 0, ALONE, HARD, HARD])
    found = grouped(index([when(2010)] * 6), Grouping(np.arange(100, 105), labels, np.full(5, NOBODY)), WORDS)
    assert found.arrangement.ids.tolist() == [100, 101, 102, 105, 103, 104]
    assert found.keys == (0, ALONE, NEW, HARD)
    assert found.arrangement.sections[-1].title == "Hard"


def test_groups_keep_their_order_while_faces_leave() -> None:
    found = grouped(index([when(2010)] * 2), FOUND, WORDS)
    assert found.arrangement.ids.tolist() == [101, 100]
    assert found.keys == (0, 1)
    assert [one.title for one in found.arrangement.sections] == ["1 alike", "1 alike"]
    assert grouped(index([]), FOUND, WORDS).keys == ()


def test_faces_set_aside_stand_by_year() -> None:
    found = by_years(index([when(2010), np.nan, when(2012)]), WORDS)
    assert found.ids.tolist() == [102, 100, 101]
    assert [one.title for one in found.sections] == ["2012", "2010", "Without a date"]


def test_faces_that_are_offered_to_somebody_stand_first_and_by_person() -> None:
    ids, labels = np.array([102, 100, 103, 101, 104]), np.array([ALONE, ALONE, ALONE, 0, 0])
    found = grouped(index([when(2010)] * 5), Grouping(ids, labels, np.array([7, 7, 9, NOBODY, NOBODY])), WORDS)
    assert [(one.title, one.count) for one in found.arrangement.sections] == [
        ("Person 7?", 2),
        ("Person 9?", 1),
        ("2 alike", 2),
    ]
    assert [found.offered_to(section) for section in range(-1, 4)] == [NOBODY, 7, 9, NOBODY, NOBODY]
    assert all(found.is_group(section) for section in range(3))


def test_a_face_in_a_group_is_shown_only_where_it_is_offered_to_somebody() -> None:
    faces = index([when(2010), when(2011), when(2012)])
    faces = replace(faces, person_ids=np.array([9, 9, NOBODY]))
    found = grouped(faces, Grouping(np.array([101, 102]), np.array([ALONE, ALONE]), np.array([4, NOBODY])), WORDS)
    assert found.arrangement.ids.tolist() == [101, 102]
    assert found.offered_to(0) == 4
    assert grouped(faces, None, WORDS).arrangement.ids.tolist() == [102]
