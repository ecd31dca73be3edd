"""New, changed, moved, missing, unchanged: what a scan concludes from the disk, without looking for faces."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import LibraryError, UsageError
from engine.library.folders import folders
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from engine.progress import finish
from engine.scan import presence
from engine.scan.fingerprint import file_hash
from engine.workflows.scan import survey as surveying
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import survey
from tests.engine.scan.walking import put
from tests.engine.workflows.looking import figures, ids_by_name, look

Draw = Callable[[Path, int], Path]


def test_first_and_second_look(library: Library, album: Path) -> None:
    assert figures(look(library, album)) == (6, 6, 0, 0, 0, 0)
    second = look(library, album)
    assert figures(second) == (6, 0, 0, 0, 0, 6)
    assert second.unread == []


def test_a_walk_past_files_that_are_no_photos_reports_and_can_be_cancelled(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveying, "REPORT_EVERY", -1)
    put(tmp_path / "music", *(f"{number}/{number}.flac" for number in range(20)))
    reports = list(survey(library, chosen_roots(library, [tmp_path / "music"])[0]))
    assert len(reports) > 20
    assert {report.done for report in reports} == {0}


def test_moved_and_renamed_files_keep_their_ids(library: Library, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    (album / "trip 0" / "picture 0.png").rename(album / "trip 2" / "picture 0.png")
    (album / "trip 1").rename(album / "elsewhere")
    (album / "trip 0" / "picture 1.png").rename(album / "trip 0" / "renamed.png")
    assert figures(look(library, album)) == (6, 0, 0, 4, 0, 2)
    after = ids_by_name(library)
    assert after.pop("renamed.png") == before.pop("picture 1.png")
    assert after == before


def test_two_files_that_change_names_keep_their_photos(library: Library, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    one, other = album / "trip 0" / "picture 0.png", album / "trip 0" / "picture 1.png"
    # Files of one size: only the content tells them apart.
    one.rename(album / "x")
    other.rename(one)
    (album / "x").rename(other)
    assert figures(look(library, album)) == (6, 0, 0, 2, 0, 4)
    after = ids_by_name(library)
    assert (after["picture 0.png"], after["picture 1.png"]) == (before["picture 1.png"], before["picture 0.png"])


def test_a_file_that_takes_the_place_of_a_moved_one_is_new(library: Library, draw: Draw, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    (album / "trip 0" / "picture 0.png").rename(album / "trip 1" / "kept.png")
    draw(album / "trip 0" / "picture 0.png", 99)
    assert figures(look(library, album)) == (7, 1, 0, 1, 0, 5)
    after = ids_by_name(library)
    assert after["kept.png"] == before["picture 0.png"]
    assert after["picture 0.png"] not in before.values()


def test_a_file_overwritten_by_a_moved_one_is_missing_and_comes_back(library: Library, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    overwritten = (album / "trip 0" / "picture 0.png").read_bytes()
    (album / "trip 1" / "picture 2.png").replace(album / "trip 0" / "picture 0.png")
    assert figures(look(library, album)) == (5, 0, 0, 1, 1, 4)
    (album / "rescued.png").write_bytes(overwritten)
    assert figures(look(library, album)) == (6, 0, 0, 1, 0, 5)
    assert ids_by_name(library)["rescued.png"] == before["picture 0.png"]


def test_missing_files_are_marked_and_come_back(library: Library, album: Path) -> None:
    look(library, album)
    before = ids_by_name(library)
    path = album / "trip 0" / "picture 0.png"
    path.rename(album.parent / "away.png")
    assert figures(look(library, album)) == (5, 0, 0, 0, 1, 5)
    assert [row.state for row in photo_rows(library) if row.path == path] == [PhotoState.MISSING]
    assert figures(look(library, album)) == (5, 0, 0, 0, 1, 5)
    (album.parent / "away.png").rename(path)
    assert figures(look(library, album)) == (6, 0, 0, 0, 0, 6)
    assert {row.state for row in photo_rows(library)} == {PhotoState.SCANNED}
    assert ids_by_name(library) == before


def test_changed_and_touched_files_are_read_again(library: Library, draw: Draw, album: Path) -> None:
    look(library, album)
    draw(album / "trip 0" / "picture 0.png", 99)
    os.utime(album / "trip 0" / "picture 1.png", ns=(1, 1))
    result = finish(survey(library, chosen_roots(library, [album])[0]))
    assert figures(result) == (6, 0, 2, 0, 0, 4)
    known = {item.file.relpath: item.known_hash for item in result.unread}
    assert known["trip 0/picture 1.png"] == file_hash(album / "trip 0" / "picture 1.png")
    assert known["trip 0/picture 0.png"] != file_hash(album / "trip 0" / "picture 0.png")


def test_a_copy_is_a_photo_of_its_own(library: Library, album: Path) -> None:
    look(library, album)
    (album / "copy.png").write_bytes((album / "trip 0" / "picture 0.png").read_bytes())
    assert figures(look(library, album)) == (7, 1, 0, 0, 0, 6)


def test_a_part_of_a_folder_is_scanned_without_touching_the_rest(library: Library, album: Path) -> None:
    look(library, album)
    assert figures(look(library, album / "trip 1")) == (2, 0, 0, 0, 0, 2)
    assert len(folders(library)) == 1
    (album / "trip 1" / "picture 2.png").unlink()
    (album / "trip 2" / "picture 4.png").unlink()
    assert figures(look(library, album / "trip 1")) == (1, 0, 0, 0, 1, 1)
    assert sum(row.state == PhotoState.MISSING for row in photo_rows(library)) == 1


def test_a_folder_above_takes_over(library: Library, album: Path) -> None:
    look(library, album / "trip 0")
    before = ids_by_name(library)
    assert figures(look(library, album)) == (6, 4, 0, 0, 0, 2)
    assert before.items() <= ids_by_name(library).items()
    assert [row.path for row in folders(library)] == [album]


def test_paths_inside_each_other_are_walked_once(library: Library, album: Path) -> None:
    assert figures(look(library, album / "trip 0", album, album)) == (6, 6, 0, 0, 0, 0)


def test_a_move_to_a_folder_that_is_scanned_alone(library: Library, draw: Draw, tmp_path: Path, album: Path) -> None:
    other = tmp_path / "other"
    draw(other / "a.png", 50)
    look(library, album, other)
    before = ids_by_name(library)
    (album / "trip 0" / "picture 0.png").rename(other / "picture 0.png")
    assert figures(look(library, other)) == (2, 0, 0, 1, 0, 1)
    assert ids_by_name(library) == before


def test_an_absent_folder_loses_nothing(library: Library, draw: Draw, tmp_path: Path, album: Path) -> None:
    other = tmp_path / "other"
    draw(other / "a.png", 50)
    look(library, album, other)
    album.rename(tmp_path / "unplugged")
    roots, absent = chosen_roots(library, [])
    assert [root.folder for root in roots] == [other]
    assert len(absent) == 1
    assert figures(finish(survey(library, roots))) == (1, 0, 0, 0, 0, 1)
    with pytest.raises(LibraryError, match="not a folder that is there"):
        chosen_roots(library, [album])
    assert {row.state for row in photo_rows(library)} == {PhotoState.SCANNED}


def test_nothing_to_scan_is_said(library: Library) -> None:
    with pytest.raises(UsageError, match="no folder to scan yet"):
        chosen_roots(library, [])


def test_an_empty_place_for_a_disk_is_no_deletion(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's table of disks says what is shown at a place, and nothing is there now."""
    look(library, album)
    aside = album.rename(album.with_name("the disk"))
    album.mkdir()
    monkeypatch.setattr(presence, "TABLE_OF_DISKS", table := album.with_name("fstab"))
    table.write_text(f"# device place\nUUID=1 {str(album).replace(' ', chr(92) + '040')} ext4 defaults 0 2\n")
    found = look(library, album)
    assert (found.found, found.missing) == (0, 0)
    assert found.warnings == [f"{album} is empty. If a disk belongs there, connect it: its photos stay as they are."]
    table.write_text("")
    assert look(library, album).missing == 6
    album.rmdir()
    aside.rename(album)
    assert figures(look(library, album)) == (6, 0, 0, 0, 0, 6)
    assert {row.state for row in photo_rows(library)} <= {PhotoState.NEW, PhotoState.SCANNED}
