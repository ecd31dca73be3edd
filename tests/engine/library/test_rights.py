"""What may only be read is read, and what is a person's own nobody else may read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library import edits
from engine.library.backups import Reason, back_up
from engine.library.library import Library
from engine.library.queries import people_rows
from engine.private_files import make_private_folder
from engine.workflows.scan.only_scan import only_scan
from tests.engine.library.conftest import Album, name_of_first


@pytest.fixture
def immutable(closed: Path) -> Iterator[Path]:
    """A library in a folder that cannot be written, not even by root: as far as `os.access` can tell."""
    closed.parent.chmod(0o500)
    closed.chmod(0o400)
    yield closed
    closed.parent.chmod(0o700)


@pytest.mark.usefixtures("permissions_count")
@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_library_where_nothing_can_be_written_is_read(immutable: Path) -> None:
    with Library(immutable) as library:
        assert not library.writable
        assert len(people_rows(library)) == 60
        with pytest.raises(LibraryError, match="is read-only") as caught:
            edits.name_person(library, 1, "No")
        assert caught.value.hint


@pytest.mark.usefixtures("permissions_count")
@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_log_that_was_left_is_read_there_too(left: Path) -> None:
    left.parent.chmod(0o500)
    try:
        assert name_of_first(left) == "After 29"
    finally:
        left.parent.chmod(0o700)


def test_others_cannot_read_it(album: Album) -> None:
    album.fill(1, 1)
    path = album.library.path
    folder = path.parent
    back_up(path, Reason.ASKED)
    with only_scan(folder):
        album.library.close()
    assert {"library.left.json", "library.lock", "scan.lock", "library.sqlite"} <= {
        file.name for file in folder.iterdir()
    }
    assert others_may_read(folder) == {"pictures"}


def test_older_files_are_closed_to_others_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    names = {"library.left.json", "library.lock", "scan.lock", "window.ini"}
    for name in names:
        (folder / name).touch(mode=0o644)
    folder.chmod(0o755)
    make_private_folder(folder)
    assert others_may_read(folder) == set()
    shared = tmp_path / "shared"
    shared.mkdir()
    for name in ("recipes.txt", "library.lock", "scan.lock", "window.ini"):
        (shared / name).touch(mode=0o644)
    make_private_folder(shared)
    Library(shared / "library.sqlite").close()
    assert others_may_read(shared) == {"recipes.txt", "window.ini", "scan.lock"}
    with only_scan(shared):
        assert others_may_read(shared) == {"recipes.txt", "window.ini"}


def others_may_read(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.stat().st_mode & 0o077}
