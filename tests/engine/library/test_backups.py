"""Copies of the library: whole or not there, few enough, and none left when they must go."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library import edits, history
from engine.library.backups import (
    MOMENT,
    Backup,
    Reason,
    back_up,
    backups_of,
    copy_library,
    delete_backups,
    is_sound,
    keep_daily,
    newest_sound,
    too_old,
)
from engine.library.before_many import MANY
from engine.library.library import Library
from engine.library.queries import people_rows
from tests.engine.library.conftest import Album

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def named(album: Album) -> int:
    (person,) = album.group(album.fill(1, 2)[0])
    edits.name_person(album.library, person, "Ada")
    return person


def names_in(path: Path) -> Sequence[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM people")]


def test_a_copy_is_what_was_committed_and_its_owner_s_alone(album: Album) -> None:
    person = named(album)
    with album.library.write() as open_write:
        open_write.connection.exec_driver_sql("UPDATE people SET name = 'not yet'")
        backup = back_up(album.library.path, Reason.ASKED)
    edits.name_person(album.library, person, "Grace")
    assert names_in(backup.path) == ["Ada"]
    assert backup.size == backup.path.stat().st_size
    assert backup.path.stat().st_mode & 0o077 == 0
    assert backup.path.parent.stat().st_mode & 0o077 == 0
    assert backups_of(album.library.path) == [backup]


def test_one_a_day_and_none_where_nothing_was_written(album: Album) -> None:
    person = named(album)
    first = keep_daily(album.library.path)
    assert first is not None
    assert keep_daily(album.library.path) is None
    earlier = first.path.with_name(first.path.name.replace("library-20", "library-19"))
    first.path.rename(earlier)
    assert keep_daily(album.library.path) is None  # another day, but nothing new
    edits.name_person(album.library, person, "Grace")
    assert keep_daily(album.library.path) is not None
    assert len(backups_of(album.library.path)) == 2


def later(backup: Backup, days: int) -> None:
    """Name a copy as if it had been made later, by a clock that was set back since."""
    moment = (backup.made_at + timedelta(days=days)).strftime(MOMENT)
    backup.path.rename(backup.path.with_name(f"library-{moment}-{backup.reason}.sqlite"))


@pytest.mark.parametrize("reason", list(Reason))
def test_what_was_made_just_now_stays_where_the_clock_was_set_back(album: Album, reason: Reason) -> None:
    named(album)
    for days in range(1, 10):
        later(back_up(album.library.path, reason), days)
    made = back_up(album.library.path, reason)
    assert names_in(made.path) == ["Ada"]
    assert made in backups_of(album.library.path)


def test_one_a_day_also_where_the_clock_was_set_back(album: Album) -> None:
    person = named(album)
    first = keep_daily(album.library.path)
    assert first is not None
    later(first, days=9)
    edits.name_person(album.library, person, "Grace")
    assert keep_daily(album.library.path) is not None
    edits.name_person(album.library, person, "Ada")
    assert keep_daily(album.library.path) is None


def test_no_file_is_overwritten(album: Album, tmp_path: Path) -> None:
    target = tmp_path / "mine.sqlite"
    target.write_bytes(b"something else")
    with pytest.raises(LibraryError, match="There is a file"):
        copy_library(album.library.path, target)
    assert target.read_bytes() == b"something else"


def test_what_a_killed_process_left_goes_with_the_next_copy(album: Album) -> None:
    named(album)
    backup = back_up(album.library.path, Reason.ASKED)
    torn = backup.path.with_name("library-20261128T000000000000Z-daily.sqlite.77.part")
    torn.write_bytes(b"torn")
    back_up(album.library.path, Reason.ASKED)
    assert not torn.exists()
    assert all(is_sound(kept.path) for kept in backups_of(album.library.path))


def made(reason: Reason, *days_ago: int) -> list[Backup]:
    return [Backup(Path(f"{reason}{days}"), NOW - timedelta(days=days), reason, 1) for days in days_ago]


def test_seven_days_and_four_weeks_are_kept() -> None:
    kept = [
        backup for backup in made(Reason.DAILY, *range(60)) if backup not in too_old(made(Reason.DAILY, *range(60)))
    ]
    days = [(NOW - backup.made_at).days for backup in kept]
    assert days[:7] == list(range(7))
    assert 8 <= len(days) <= 10
    assert 13 <= max(days) <= 27


def test_rare_days_are_kept_as_well() -> None:
    assert too_old(made(Reason.DAILY, 0, 40, 80, 120)) == []


def test_of_the_other_kinds_the_newest_are_kept() -> None:
    assert too_old(made(Reason.BEFORE, 0, 1, 2, 3)) == made(Reason.BEFORE, 3)


def test_a_damaged_copy_is_passed_over(album: Album) -> None:
    named(album)
    good = back_up(album.library.path, Reason.ASKED)
    bad = back_up(album.library.path, Reason.ASKED)
    bad.path.write_bytes(bad.path.read_bytes()[:5000])
    assert newest_sound(album.library.path) == good


def test_all_of_them_go(library: Library) -> None:
    back_up(library.path, Reason.ASKED)
    aside = library.path.with_name("library-damaged-x.sqlite")
    aside.touch()
    assert delete_backups(library.path) == 2
    assert backups_of(library.path) == []
    assert not aside.exists()


@pytest.mark.parametrize("answer", [edits.confirm_each, edits.reject_each])
@pytest.mark.parametrize(("faces", "copies"), [(MANY, 1), (MANY - 1, 0)])
def test_an_answer_about_many_faces_is_given_over_a_copy(
    album: Album, answer: Callable[[Library, Mapping[int, Collection[int]]], object], faces: int, copies: int
) -> None:
    person = named(album)
    many = [face for photo in album.fill(50, 20) for face in photo]
    answer(album.library, {person: many[:faces]})
    assert len(backups_of(album.library.path)) == copies


def two_large_people(album: Album) -> list[int]:
    """Two people of 600 faces each."""
    photos = album.fill(60, 20)
    faces = [face for photo in photos for face in photo]
    return album.group(faces[:600], faces[600:])


def people_in(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM people").fetchone()[0])


def test_what_was_before_many_faces_changed_is_copied_when_the_change_is_told(album: Album) -> None:
    into, other = two_large_people(album)
    there: list[int] = []
    album.library.subscribe(lambda _changes: there.append(len(backups_of(album.library.path))))
    edits.merge_people(album.library, into, [other])
    assert there == [0], "nobody waits for the copy to see what was done"
    (backup,) = backups_of(album.library.path)
    assert backup.reason is Reason.BEFORE
    assert people_in(backup.path) == 2
    assert len(people_rows(album.library)) == 1
    history.undo(album.library)
    assert len(people_rows(album.library)) == 2


def test_an_edit_that_is_refused_leaves_no_copy(album: Album) -> None:
    into, _ = two_large_people(album)
    with pytest.raises(LibraryError):
        edits.confirm_each(album.library, {into: range(1, 1200), 999: [1200]})
    assert backups_of(album.library.path) == []
