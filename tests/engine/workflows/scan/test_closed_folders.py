"""Folders that a walk leaves out, but that the user asked for: they are folders of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.library.folders import folders
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from tests.engine.workflows.looking import figures, ids_by_name, look

Draw = Callable[[Path, int], Path]


@pytest.fixture(params=[".hidden", "marked/.nomedia", "marked/deep/.nomedia", "@eaDir"])
def inner(request: pytest.FixtureRequest, draw: Draw, album: Path) -> Path:
    """A folder with one picture inside the album, which the walk of the album leaves out."""
    mark = album / request.param
    inner = album / ("marked/deep" if request.param.endswith(".nomedia") else request.param)
    draw(inner / "inside.png", 77)
    if request.param.endswith(".nomedia"):
        mark.touch()
    return inner


def states(library: Library) -> set[PhotoState]:
    return {row.state for row in photo_rows(library)}


def test_the_outer_folder_first(library: Library, album: Path, inner: Path) -> None:
    assert figures(look(library, album)) == (6, 6, 0, 0, 0, 0)
    assert figures(look(library, inner)) == (1, 1, 0, 0, 0, 0)
    assert figures(look(library)) == (7, 0, 0, 0, 0, 7)
    assert states(library) == {PhotoState.SCANNED}


def test_the_inner_folder_first(library: Library, album: Path, inner: Path) -> None:
    look(library, inner)
    assert figures(look(library, album)) == (6, 6, 0, 0, 0, 0)
    assert figures(look(library)) == (7, 0, 0, 0, 0, 7)
    assert states(library) == {PhotoState.SCANNED}


def test_both_at_once(library: Library, album: Path, inner: Path) -> None:
    assert figures(look(library, inner, album)) == (7, 7, 0, 0, 0, 0)
    assert figures(look(library, album, inner)) == (7, 0, 0, 0, 0, 7)


def test_a_part_of_the_inner_folder(library: Library, draw: Draw, album: Path, inner: Path) -> None:
    draw(inner / "part" / "part.png", 78)
    look(library, album, inner)
    assert figures(look(library, inner / "part")) == (1, 0, 0, 0, 0, 1)
    assert [row.path for row in folders(library)] == [album, inner]


def test_a_folder_that_is_closed_later_keeps_its_photos(library: Library, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    (album / "trip 1" / ".nomedia").touch()
    assert figures(look(library, album)) == (4, 0, 0, 0, 2, 4)
    assert figures(look(library, album / "trip 1")) == (2, 0, 0, 0, 0, 2)
    assert figures(look(library)) == (6, 0, 0, 0, 0, 6)
    assert ids_by_name(library) == before
    assert states(library) == {PhotoState.SCANNED}
