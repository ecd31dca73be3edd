"""Backups and the ways back, and what goes for good, as commands."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.library import edits
from engine.library.folders import add_folder
from engine.library.library import Library
from engine.thumb_store import ThumbStore
from tests.engine.library.conftest import Album, vector
from tests.terminal import Terminal

Kinfolk = Callable[..., Any]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two people, the second of whom had another name before, and their pictures."""
    folder = tmp_path / "data"
    folder.mkdir()
    with Library(folder / "library.sqlite") as library:
        album = Album(library, tmp_path, add_folder(library, tmp_path))
        faces = album.fill(2, 2)
        first, second = album.group([faces[0][0], faces[1][0]], [faces[0][1]])
        edits.name_person(library, first, "Ada Lovelace")
        edits.name_person(library, second, "Grace Before")
        edits.name_person(library, second, "Grace Hopper")
    ThumbStore(folder / "thumbs").save("ab-1", np.zeros((8, 8, 3), np.uint8))
    return folder


def everything(data: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())


def names(data: Path) -> set[str]:
    with closing(sqlite3.connect(data / "library.sqlite")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM people WHERE name IS NOT NULL")}


def test_a_backup_says_where_it_is(kinfolk: Kinfolk, data: Path, tmp_path: Path) -> None:
    made = kinfolk("backup", "--json").json
    assert set(made) == {"file", "bytes"}
    assert Path(made["file"]).parent == data / "backups"
    assert Path(made["file"]).stat().st_size == made["bytes"]
    assert kinfolk("backup", tmp_path, "--json").json["file"].startswith(str(tmp_path))
    assert kinfolk("backup", tmp_path / "mine.sqlite").code == 0
    again = kinfolk("backup", tmp_path / "mine.sqlite")
    assert again.code == 1
    assert "There is a file" in again.err


def test_what_was_said_since_goes_and_comes_back(kinfolk: Kinfolk, data: Path) -> None:
    backup = kinfolk("backup", "--json").json["file"]
    kinfolk("name", 1, "Somebody Else")
    ran = kinfolk("restore", backup)
    assert ran.code == 0
    assert names(data) == {"Ada Lovelace", "Grace Hopper"}
    kept = ran.err.split("kept as ")[1].strip().rstrip(".")
    assert kinfolk("restore", kept).code == 0
    assert names(data) == {"Somebody Else", "Grace Hopper"}
    assert len(kinfolk("restore", "--list", "--json").json) == 3


def test_a_command_that_opens_the_library_makes_the_day_s_backup_once(kinfolk: Kinfolk, data: Path) -> None:
    for _ in range(2):
        assert kinfolk("people").code == 0
    assert [one["reason"] for one in kinfolk("restore", "--list", "--json").json] == ["daily"]


def test_a_damaged_library_is_named_and_the_newest_backup_brings_it_back(kinfolk: Kinfolk, data: Path) -> None:
    kinfolk("backup")
    library = data / "library.sqlite"
    library.write_bytes(library.read_bytes()[:9000])
    ran = kinfolk("people")
    assert ran.code == 1
    assert "is damaged" in ran.err
    assert "kinfolk restore" in ran.err
    assert kinfolk("restore").code == 0
    assert kinfolk("people").code == 0
    assert names(data) == {"Ada Lovelace", "Grace Hopper"}


def test_a_lost_library_is_not_begun_anew(kinfolk: Kinfolk, data: Path) -> None:
    (data / "library.sqlite").unlink()
    for _ in range(2):
        assert "is gone" in kinfolk("people").err
    assert any("is gone" in finding["detail"] for finding in kinfolk("doctor", "--json").json)
    assert kinfolk("erase", "--yes").code == 0
    assert kinfolk("people", "--json").json == []


def test_somebody_is_forgotten_and_nobody_else(kinfolk: Kinfolk, data: Path) -> None:
    kinfolk("backup")
    person = next(row["person"] for row in kinfolk("people", "--json").json if row["name"] == "Grace Hopper")
    theirs = np.ascontiguousarray(vector(101), "<f4").tobytes()
    assert b"Grace" in everything(data)
    assert theirs in everything(data)
    ran = kinfolk("forget", person)
    assert ran.code == 0
    left = everything(data)
    assert b"Grace" not in left
    assert theirs not in left
    assert b"Lovelace" in left
    assert np.ascontiguousarray(vector(100), "<f4").tobytes() in left
    assert not list(data.rglob("*.thumb"))
    assert kinfolk("restore", "--list", "--json").json == []
    assert kinfolk("undo").err.startswith("There is nothing to undo")
    assert kinfolk("forget", person).code == 1


@pytest.mark.parametrize(
    ("typed", "goes"), [("\n", False), ("n\n", False), ("hm\n\n", False), ("", False), ("y\n", True)]
)
def test_whoever_sits_at_a_terminal_is_asked_before_somebody_is_forgotten(
    kinfolk: Kinfolk, data: Path, monkeypatch: pytest.MonkeyPatch, typed: str, goes: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ran = kinfolk("forget", "Grace Hopper")
    assert ran.code == 0
    assert "This cannot be undone." in ran.err
    assert ("Nothing was erased." in ran.err) is not goes
    assert (b"Grace" in everything(data)) is not goes


def test_with_a_yes_nobody_is_asked(kinfolk: Kinfolk, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert "undone" not in kinfolk("forget", "grace hopper", "--yes").err
    assert b"Grace" not in everything(data)


def test_erasing_asks_for_a_yes_and_leaves_nothing(kinfolk: Kinfolk, data: Path) -> None:
    kinfolk("backup")
    assert kinfolk("erase").code == 2
    assert names(data)
    assert kinfolk("erase", "--yes").code == 0
    left = everything(data)
    assert b"Lovelace" not in left
    assert b"Grace" not in left
    assert not list(data.rglob("*.thumb"))


@pytest.mark.parametrize(("note", "left"), [("{}", set()), ('{"person": 2}', {"Ada Lovelace"})])
def test_an_interrupted_erasing_is_finished_at_the_next_start_and_said(
    kinfolk: Kinfolk, data: Path, note: str, left: set[str]
) -> None:
    (data / "erase.unfinished.json").write_text(note)
    assert "is finished now" in kinfolk("people").err
    assert names(data) == left
    assert b"Grace" not in everything(data)
    assert not list(data.rglob("*.thumb"))
    assert "is finished now" not in kinfolk("people").err


def test_the_data_folder_is_its_owner_s_alone(kinfolk: Kinfolk, data: Path) -> None:
    data.chmod(0o755)
    (data / "library.sqlite").chmod(0o644)
    kinfolk("backup")
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "library.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_holds_other_things_stays_as_it_is(kinfolk: Kinfolk, data: Path) -> None:
    data.chmod(0o755)
    (data / "library.sqlite").chmod(0o644)
    (data / "notes.txt").write_text("mine")
    kinfolk("people")
    assert data.stat().st_mode & 0o777 == 0o755
    assert (data / "library.sqlite").stat().st_mode & 0o777 == 0o600


def test_strangers_expire_where_the_settings_say_so(kinfolk: Kinfolk, data: Path) -> None:
    def vectors() -> int:
        with closing(sqlite3.connect(data / "library.sqlite")) as connection:
            return int(connection.execute("SELECT count(*) FROM embeddings").fetchone()[0])

    (data / "settings.toml").write_text("strangers_months = 1\n")
    assert "vectors" not in kinfolk("people").err
    assert vectors() == 4
    with closing(sqlite3.connect(data / "library.sqlite")) as connection:
        connection.execute("UPDATE unnamed_faces SET since = since - 32 * 86400 * 1000000")
        connection.commit()
    ran = kinfolk("people")
    assert ran.code == 0
    assert "Nobody has named one face for one month" in ran.err
    assert vectors() == 3
    assert "vectors" not in kinfolk("people").err


def test_broken_settings_hinder_no_backup(kinfolk: Kinfolk, data: Path) -> None:
    (data / "settings.toml").write_text("strangers_months = -1\n")
    ran = kinfolk("people")
    assert ran.code == 0
    assert "strangers_months is -1" in ran.err
    assert len(list((data / "backups").glob("*-daily.sqlite"))) == 1
