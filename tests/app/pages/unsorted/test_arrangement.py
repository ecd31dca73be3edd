"""Nobody's faces in their groups."""

import numpy as np

from app.pages.unsorted.arrangement import ALONE, NEW, Grouping, Words, by_years, grouped
from tests.app.pages.person.test_arrangement import index, when

WORDS = Words(
    alike=lambda count: f"{count} alike",
    alone="Alone",
    new="New",
    year=lambda year: str(year) if year else "No date",
    count=lambda count: f"{count} faces",
)
FOUND = Grouping(np.array([103, 101, 100, 105, 104]), np.array([0, 0, 1, 1, ALONE]))


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


def test_groups_keep_their_order_while_faces_leave() -> None:
    found = grouped(index([when(2010)] * 2), FOUND, WORDS)
    assert found.arrangement.ids.tolist() == [101, 100]
    assert found.keys == (0, 1)
    assert [one.title for one in found.arrangement.sections] == ["1 alike", "1 alike"]
    assert grouped(index([]), FOUND, WORDS).keys == ()


def test_faces_set_aside_stand_by_year() -> None:
    found = by_years(index([when(2010), np.nan, when(2012)]), WORDS)
    assert found.ids.tolist() == [102, 100, 101]
    assert [one.title for one in found.sections] == ["2012", "2010", "No date"]
