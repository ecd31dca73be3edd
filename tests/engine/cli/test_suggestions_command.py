"""`kinfolk suggestions`: what is likely, what is less so and asked for, and what is about one person."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.library.queries import face_rows
from tests.app.drawn import DrawnLibrary, draw_library, make_alike, name_people

Kinfolk = Callable[..., Any]


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[DrawnLibrary]:
    """Three faces of nobody are a little like Ada."""
    made = draw_library(tmp_path / "data", tmp_path / "Holiday", (9, 6, 4, 2), unsorted=3)
    name_people(made, "Ada", "Bo", "Cleo", "Dora")
    make_alike(made, [row.face for row in face_rows(made.library) if row.person is None], 0, 0.18)
    yield made
    made.library.close()


def test_less_likely_ones_are_listed_where_they_are_asked_for(kinfolk: Kinfolk, drawn: DrawnLibrary) -> None:
    plain = kinfolk("suggestions")
    assert "There is nothing to ask now." in plain.err
    assert "3 more are less likely: perhaps one in 18 is a yes. They are listed with --less-likely." in plain.err
    listed = kinfolk("suggestions", "--less-likely", "--json").json
    assert len(listed) == 3
    assert {one["other"] for one in listed} == {drawn.people[0]}
    assert "less likely" not in kinfolk("suggestions", "--less-likely").err


@pytest.mark.parametrize(("whose", "count"), [("Ada", 3), ("Bo", 0)])
def test_those_about_one_person(kinfolk: Kinfolk, drawn: DrawnLibrary, whose: str, count: int) -> None:
    assert len(kinfolk("suggestions", "--person", whose, "--less-likely", "--json").json) == count
    assert drawn.people


def test_nobody_is_called_so(kinfolk: Kinfolk, drawn: DrawnLibrary) -> None:
    ran = kinfolk("suggestions", "--person", "Eve")
    assert ran.code == 2
    assert "Nobody is called Eve." in ran.err
    assert drawn.people
