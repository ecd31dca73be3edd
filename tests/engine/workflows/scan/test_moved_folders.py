"""Known folders that were renamed, moved, or are away with their disk."""

import shutil
from collections.abc import Callable
from pathlib import Path

from engine.library.folders import folders
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from engine.scan.presence import was_taken_away
from engine.workflows.scan.roots import chosen_roots
from tests.engine.workflows.looking import figures, ids_by_name, look

Draw = Callable[[Path, int], Path]


def test_a_renamed_folder_keeps_its_photos(library: Library, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    renamed = album.rename(album.with_name("renamed"))
    assert figures(look(library, renamed)) == (6, 0, 0, 6, 0, 0)
    assert ids_by_name(library) == before
    assert [row.path for row in folders(library)] == [renamed]
    assert chosen_roots(library, [])[1] == []


def test_a_folder_whose_parent_was_renamed_too(library: Library, draw: Draw, tmp_path: Path, album: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    album = album.rename(pictures / "album")
    look(library, album)
    before = ids_by_name(library)
    pictures.rename(tmp_path / "photos")
    assert figures(look(library, tmp_path / "photos" / "album")) == (6, 0, 0, 6, 0, 0)
    assert ids_by_name(library) == before


def test_a_folder_moved_into_a_known_one(library: Library, draw: Draw, tmp_path: Path, album: Path) -> None:
    other = tmp_path / "other"
    draw(other / "a.png", 50)
    look(library, album, other)
    before = ids_by_name(library)
    album.rename(other / "album")
    assert figures(look(library)) == (7, 0, 0, 6, 0, 1)
    assert ids_by_name(library) == before
    assert [row.path for row in folders(library)] == [other]


def test_what_is_left_behind_stays_as_it_is(library: Library, tmp_path: Path, album: Path) -> None:
    look(library, album)
    album.rename(tmp_path / "trash")
    (tmp_path / "trash" / "trip 1").rename(tmp_path / "kept")
    assert figures(look(library, tmp_path / "kept")) == (2, 0, 0, 2, 0, 0)
    assert [row.path for row in folders(library)] == [album, tmp_path / "kept"]
    assert {row.state for row in photo_rows(library)} == {PhotoState.SCANNED}
    assert len(photo_rows(library)) == 6


def test_a_copy_of_what_is_away_with_its_disk_takes_nothing_over(library: Library, tmp_path: Path, album: Path) -> None:
    """An empty folder is where a disk was mounted; it is mounted again afterwards."""
    disk = tmp_path / "disk"
    disk.mkdir()
    album = album.rename(disk / "album")
    copy = shutil.copytree(album, tmp_path / "copy")
    look(library, album)
    before = {row.id: row.path for row in photo_rows(library)}
    (disk / "album").rename(tmp_path / "unplugged")
    assert figures(look(library, copy)) == (6, 6, 0, 0, 0, 0)
    assert before.items() <= {row.id: row.path for row in photo_rows(library)}.items()
    (tmp_path / "unplugged").rename(disk / "album")
    assert figures(look(library, album)) == (6, 0, 0, 0, 0, 6)
    assert len(photo_rows(library)) == 12


def test_a_copy_that_took_over_leaves_copies_to_the_folder_that_comes_back(
    library: Library, tmp_path: Path, album: Path
) -> None:
    copy = shutil.copytree(album, tmp_path / "copy")
    look(library, album)
    before = ids_by_name(library)
    album.rename(tmp_path / "unplugged")
    assert figures(look(library, copy)) == (6, 0, 0, 6, 0, 0)
    (tmp_path / "unplugged").rename(album)
    assert figures(look(library, album)) == (6, 6, 0, 0, 0, 0)
    assert {row.path.name: row.id for row in photo_rows(library) if copy in row.path.parents} == before


def test_places_where_disks_are_shown() -> None:
    for place in ("/media/nobody/disk/photos", "/run/media/nobody/disk", "/mnt/nobody/photos", "/Volumes/nobody"):
        assert not was_taken_away(Path(place))
