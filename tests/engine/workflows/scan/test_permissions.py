"""What may not be looked into hides itself alone, and nothing that is known of it is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from engine.workflows.scan.roots import chosen_roots
from tests.engine.workflows.looking import figures, ids_by_name, look

pytestmark = pytest.mark.usefixtures("permissions_count")

Draw = Callable[[Path, int], Path]


@contextmanager
def closed(*folders: Path) -> Iterator[None]:
    """Nobody may enter these folders."""
    for folder in folders:
        folder.chmod(0)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.fixture
def other(draw: Draw, tmp_path: Path) -> Path:
    """A second folder."""
    draw(tmp_path / "shelf" / "other" / "a.png", 50)
    return tmp_path / "shelf" / "other"


def test_a_folder_without_permission_is_not_missing(library: Library, album: Path) -> None:
    look(library, album)
    with closed(album / "trip 0"):
        result = look(library, album)
    assert figures(result) == (4, 0, 0, 0, 0, 4)
    assert len(result.warnings) == 1


def test_a_known_folder_below_a_closed_one_stops_no_other(library: Library, album: Path, other: Path) -> None:
    look(library, album, other)
    with closed(other.parent):
        roots, absent = chosen_roots(library, [])
        assert [root.folder for root in roots] == [album]
        assert len(absent) == 1
        assert "no permission" in absent[0]
        assert figures(look(library)) == (6, 0, 0, 0, 0, 6)
    assert {row.state for row in photo_rows(library)} == {PhotoState.SCANNED}


def test_a_known_folder_that_cannot_be_listed_stops_no_other(library: Library, album: Path, other: Path) -> None:
    look(library, album, other)
    with closed(album):
        result = look(library)
    assert figures(result) == (1, 0, 0, 0, 0, 1)
    assert len(result.warnings) == 1
    assert "no permission" in result.warnings[0]
    assert {row.state for row in photo_rows(library)} == {PhotoState.SCANNED}


def test_a_folder_that_is_named_and_closed_is_refused(library: Library, album: Path, other: Path) -> None:
    with closed(other), pytest.raises(LibraryError, match="no permission"):
        chosen_roots(library, [album, other])
    with closed(other.parent), pytest.raises(LibraryError, match="no permission"):
        chosen_roots(library, [other])


def test_a_photo_in_a_closed_folder_has_not_moved(library: Library, album: Path, other: Path) -> None:
    look(library, album, other)
    before = ids_by_name(library)
    hidden = album / "trip 0" / "picture 0.png"
    content = hidden.read_bytes()
    with closed(album / "trip 0"):
        (album / "copy.png").write_bytes(content)
        assert figures(look(library, album)) == (5, 1, 0, 0, 0, 4)
        (other / "copy too.png").write_bytes(content)
        assert figures(look(library, other)) == (2, 1, 0, 0, 0, 1)
    assert before.items() <= ids_by_name(library).items()


def test_a_copy_of_what_lies_below_a_closed_folder_is_a_copy(library: Library, album: Path, other: Path) -> None:
    look(library, album, other)
    before = ids_by_name(library)
    content = (other / "a.png").read_bytes()
    with closed(other.parent):
        (album / "copy.png").write_bytes(content)
        assert figures(look(library)) == (7, 1, 0, 0, 0, 6)
    assert before.items() <= ids_by_name(library).items()
