"""A disk that is shown at another place is asked about once, and the answer is remembered."""

import io
import sys
from pathlib import Path

import pytest

from engine.cli import known_disks
from engine.cli.parser import build_parser
from engine.errors import LibraryError
from engine.library.folders import folders
from engine.library.indexing import note_change_times
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.relocating import note_other_folder, other_folders, part_folders
from engine.workflows.scan.known_again import disks_to_ask
from engine.workflows.scan.roots import chosen_roots
from tests.engine.workflows.looking import look
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no time of change")


@pytest.fixture
def disk(library: Library, album: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A disk that was scanned and is at another place now: where it was, and where it is."""
    old, new = tmp_path / "disk", tmp_path / "disk1"
    album.rename(old)
    look(library, old)
    note_change_times(library, {row.id: row.path.stat().st_ctime_ns for row in photo_rows(library)})
    old.rename(new)
    return old, new


def known(library: Library) -> list[Path]:
    return [row.path for row in folders(library)]


def test_what_is_known_again_is_told_before_anything_is_moved(library: Library, disk: tuple[Path, Path]) -> None:
    old, new = disk
    (likeness,) = disks_to_ask(library, [new])
    assert (likeness.folder.path, likeness.path) == (old, new)
    assert known(library) == [old]


def test_no_is_remembered(library: Library, disk: tuple[Path, Path]) -> None:
    old, new = disk
    (likeness,) = disks_to_ask(library, [new])
    note_other_folder(library, likeness.folder.id, new)
    assert disks_to_ask(library, [new]) == []
    assert chosen_roots(library, [new])[1] == []
    assert known(library) == [old, new]


def test_what_was_moved_unasked_can_be_taken_back(library: Library, disk: tuple[Path, Path]) -> None:
    old, new = disk
    (sentence,) = chosen_roots(library, [new])[1]
    assert f"--not-moved-from {old} {new}" in sentence
    assert known(library) == [new]
    part_folders(library, old, new)
    assert known(library) == [old]
    assert other_folders(library) == {(folders(library)[0].id, new)}
    assert chosen_roots(library, [new])[1] == []
    with pytest.raises(LibraryError, match="Neither"):
        part_folders(library, new / "a", new / "b")


@pytest.mark.parametrize(("typed", "is_same"), [("y\n", True), ("\n", True), ("what?\nn\n", False)])
def test_the_command_line_asks_at_a_terminal(
    library: Library, disk: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, typed: str, is_same: bool
) -> None:
    old, new = disk
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    known_disks.ask_about_disks(library, build_parser().parse_args(["scan", str(new)]))
    assert "Is it the same folder?" in shown.getvalue()
    assert known(library) == [new if is_same else old]
    assert disks_to_ask(library, [new]) == []


@pytest.mark.parametrize("words", [["--yes"], ["--json"], []])
def test_and_nobody_where_nobody_can_answer(
    library: Library,
    disk: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    known_disks.ask_about_disks(library, build_parser().parse_args(["scan", *words, str(disk[1])]))
    assert capsys.readouterr().err == ""
    assert known(library) == [disk[0]]
