"""What is lost or damaged is noticed at the next start, mended where it can be, and never taken for new."""

import argparse
import random
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from engine.cli.opening import open_library
from engine.errors import LibraryError
from engine.library import edits
from engine.library.backups import Reason, back_up
from engine.library.damage import LibraryDamagedError
from engine.library.examining import examine_file
from engine.library.library import Library
from engine.library.marker import marker_path, read_marker, write_marker
from engine.library.queries import people_rows
from engine.library.restoring import restore, salvage
from engine.library.salvage import TABLES
from engine.library.tables import Base
from tests.damaged import empty_a_page, make_due
from tests.engine.library.conftest import name_of_first


def test_one_bit_of_the_log_loses_nothing(left: Path) -> None:
    log = left.with_name(f"{left.name}-wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    with Library(left) as library:
        (notice,) = library.notices
        assert "has been mended" in notice
    assert name_of_first(left) == "After 29"
    kept = next(left.parent.glob("library-damaged-*.sqlite-wal"))
    assert kept.read_bytes() == bytes(content)


@pytest.mark.parametrize("place", [5, 18, 40, 70])
def test_the_beginning_of_the_log_may_be_damaged(left: Path, place: int) -> None:
    log = left.with_name(f"{left.name}-wal")
    content = bytearray(log.read_bytes())
    content[place] ^= 0x40
    log.write_bytes(content)
    assert name_of_first(left) == "After 29"


def test_a_page_of_the_log_that_is_gone_is_said(left: Path) -> None:
    log = left.with_name(f"{left.name}-wal")
    content = bytearray(log.read_bytes())
    frame = 32 + (24 + 4096) * 2
    content[frame + 24 : frame + 24 + 4096] = b"\xff" * 4096
    log.write_bytes(content)
    told: list[str] = []
    with suppress(LibraryDamagedError), Library(left) as library:
        told += library.notices
    if not told:
        with pytest.raises(LibraryDamagedError):
            Library(left)


def test_a_log_that_is_torn_off_is_none_that_is_damaged(left: Path) -> None:
    log = left.with_name(f"{left.name}-wal")
    log.write_bytes(log.read_bytes()[:-1000])
    with Library(left) as library:
        assert library.notices == ()


@pytest.mark.parametrize("emptied", [True, False])
def test_an_empty_or_missing_library_is_not_taken_for_a_new_one(closed: Path, emptied: bool) -> None:
    closed.unlink()
    if emptied:
        closed.touch()
    for _ in range(2):
        with pytest.raises(LibraryDamagedError, match="is empty" if emptied else "is gone") as caught:
            Library(closed)
        assert "kinfolk erase" in caught.value.hint
    assert not closed.exists() or closed.stat().st_size == 0


@pytest.mark.parametrize("emptied", [True, False])
def test_of_an_empty_or_missing_library_nothing_is_saved(closed: Path, emptied: bool) -> None:
    back_up(closed, Reason.ASKED)
    closed.unlink()
    if emptied:
        closed.touch()
    with pytest.raises(LibraryDamagedError) as caught:
        Library(closed)
    assert "kinfolk restore" in caught.value.hint
    assert "--salvage" not in caught.value.hint
    with pytest.raises(LibraryError, match="nothing to save" if emptied else "There is no library"):
        salvage(closed)
    restore(closed)
    assert name_of_first(closed) == "Name 0"


def test_the_newest_backup_is_offered_and_brings_back_what_was_said(closed: Path) -> None:
    back_up(closed, Reason.ASKED)
    marker_path(closed).unlink()  # a copy speaks of an earlier library, too
    closed.write_bytes(closed.read_bytes()[: closed.stat().st_size // 2])
    with pytest.raises(LibraryDamagedError) as caught:
        Library(closed)
    assert "kinfolk restore" in caught.value.hint
    torn = closed.read_bytes()
    restored = restore(closed)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == torn
    assert name_of_first(closed) == "Name 0"


def test_a_sound_library_becomes_a_backup_before_another_takes_its_place(closed: Path) -> None:
    backup = back_up(closed, Reason.ASKED).path
    with Library(closed) as library:
        edits.name_person(library, people_rows(library)[0].person, "Later")
    kept = restore(closed, backup).kept
    assert kept is not None
    assert name_of_first(closed) == "Name 0"
    restore(closed, kept)
    assert name_of_first(closed) == "Later"


def test_what_is_open_is_not_replaced(closed: Path) -> None:
    back_up(closed, Reason.ASKED)
    with Library(closed), pytest.raises(LibraryError, match="open in another"):
        restore(closed)
    restore(closed)


def test_a_bad_backup_is_refused(closed: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite"
    with pytest.raises(LibraryError, match="There is no file"):
        restore(closed, bad)
    bad.write_bytes(closed.read_bytes()[:20_000])
    with pytest.raises(LibraryError, match="damaged"):
        restore(closed, bad)
    assert name_of_first(closed) == "Name 0"


def damaged(path: Path, generator: random.Random) -> None:
    """Flip, cut off or empty a part of the file."""
    content = bytearray(path.read_bytes())
    kind = generator.randrange(3)
    if kind == 0:
        for _ in range(generator.choice([1, 20])):
            content[generator.randrange(len(content))] ^= 1 << generator.randrange(8)
    elif kind == 1:
        del content[generator.randrange(len(content)) :]
    else:
        page = generator.randrange(len(content) // 4096) * 4096
        content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)


def test_no_damage_that_a_check_sees_stays_unmentioned(closed: Path, tmp_path: Path) -> None:
    generator = random.Random(3)
    for _ in range(24):
        folder = tmp_path / "trial"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(closed.parent, folder)
        path = folder / closed.name
        write_marker(path, 2e9)
        damaged(path, generator)
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
                sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except (sqlite3.Error, UnicodeDecodeError):  # the latter where SQLite's message holds bytes that are no text
            sound = False
        if not sound:
            with pytest.raises(LibraryError):
                Library(path)


def test_a_sound_library_is_not_checked_again_the_same_week(closed: Path) -> None:
    before = read_marker(closed)
    Library(closed).close()
    after = read_marker(closed)
    assert before is not None
    assert after is not None
    assert before.checked_at == after.checked_at


def test_the_weekly_check_comes_after_opening_and_is_noted_at_once(closed: Path) -> None:
    make_due(closed)
    with Library(closed) as library:
        before = read_marker(closed)
        assert before is not None
        assert before.due
        library.check_if_due()
        after = read_marker(closed)
        assert after is not None
        assert not after.due
        assert (after.size, after.mtime_ns) == (before.size, before.mtime_ns)
    at_last = read_marker(closed)
    assert at_last is not None
    assert at_last.checked_at == after.checked_at
    assert at_last.is_of(closed)


def test_what_the_weekly_check_finds_is_said_and_mended_at_the_next_start(closed: Path) -> None:
    back_up(closed, Reason.ASKED)
    make_due(closed)
    empty_a_page(closed)
    make_due(closed)
    with Library(closed) as library, pytest.raises(LibraryDamagedError, match="is damaged") as caught:
        library.check_if_due()
    assert "kinfolk restore" in caught.value.hint
    with pytest.raises(LibraryDamagedError):
        Library(closed)


def test_damage_that_a_read_meets_is_looked_for_at_the_next_start(closed: Path) -> None:
    empty_a_page(closed)
    write_marker(closed, time.time())
    with Library(closed) as library, pytest.raises(LibraryDamagedError), library.read() as connection:
        connection.exec_driver_sql("SELECT sum(width) FROM faces").scalar_one()
    with pytest.raises(LibraryDamagedError):
        Library(closed)


def test_damage_without_a_trace_is_said_by_the_command_that_is_due_to_check(closed: Path) -> None:
    make_due(closed)
    empty_a_page(closed)
    make_due(closed)
    arguments = argparse.Namespace(data_dir=closed.parent)
    with pytest.raises(LibraryDamagedError), open_library(arguments):
        pass


def test_what_can_be_read_is_saved(closed: Path) -> None:
    empty_a_page(closed)
    content = closed.read_bytes()
    marker_path(closed).unlink()
    with pytest.raises(LibraryDamagedError):
        Library(closed)
    restored, saved = salvage(closed)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == content
    assert examine_file(closed).problems == ()
    with Library(closed) as library:
        named = [row for row in people_rows(library) if row.name]
        assert len(named) == 60
        assert 60 <= saved.rows["faces"] < 120
        with library.read() as connection:
            again = connection.exec_driver_sql("SELECT COUNT(*) FROM photos WHERE mtime_ns = -1").scalar_one()
        assert 0 < again <= 60 - saved.rows["faces"] // 2 + 1


def test_every_table_but_the_history_is_saved() -> None:
    assert set(TABLES) == {name for name in Base.metadata.tables if not name.startswith("journal_")}
