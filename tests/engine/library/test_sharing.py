"""One file, several threads and processes."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library.edits import name_person
from engine.library.history import history, undo
from engine.library.library import Library
from engine.library.queries import people_rows


def test_a_reader_sees_one_moment_while_others_write(album) -> None:
    ((face,),) = album.fill(1, 1)
    (person,) = album.group([face])
    with album.library.read() as connection:
        first = connection.exec_driver_sql("SELECT name FROM people").scalar()
        name_person(album.library, person, "Ada")
        assert connection.exec_driver_sql("SELECT name FROM people").scalar() == first is None
    assert people_rows(album.library)[0].name == "Ada"


def test_a_write_inside_a_write_is_a_mistake(library: Library) -> None:
    with library.write(), pytest.raises(RuntimeError, match="inside a write"), library.edit("Never"):
        pass


def test_an_error_takes_everything_back(album) -> None:
    ((face,),) = album.fill(1, 1)
    (person,) = album.group([face])
    with pytest.raises(ZeroDivisionError), album.library.edit("Broken") as edit:
        assert edit.connection.exec_driver_sql("UPDATE people SET name = 'gone'").rowcount / 0
    assert history(album.library) == []
    assert people_rows(album.library)[0].name is None
    name_person(album.library, person, "Ada")
    assert [step.label for step in history(album.library)] == ["Name a person"]


def test_another_process_that_writes_for_long_is_named(library: Library) -> None:
    with (
        Library(library.path, patience=0.01) as impatient,
        library.write(),
        pytest.raises(LibraryError, match="another Kinfolk") as caught,
        impatient.write(),
    ):
        pass
    assert caught.value.hint


def test_a_machine_write_beside_an_edit_is_never_recorded(album) -> None:
    """The recording flag is only ever set inside the edit's own transaction."""
    faces = album.fill(1, 4)[0]
    (person,) = album.group(faces)
    with album.library.edit("Open") as edit:
        edit.connection.exec_driver_sql("UPDATE people SET name = 'Ada'")
        with Library(album.library.path) as other, other.read() as connection:
            assert connection.exec_driver_sql("SELECT step_id FROM journal_state").scalar() is None
    with Library(album.library.path) as other, other.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE people SET name = 'Grace'")
    assert [(step.label, step.rows) for step in history(album.library)] == [("Open", 1)]
    assert people_rows(album.library)[0].person == person


def test_threads_that_edit_at_once_lose_nothing(album) -> None:
    faces = album.fill(4, 4)
    people = album.group(*faces)

    def rename(person: int) -> None:
        for number in range(5):
            name_person(album.library, person, f"Name {person} {number}")

    threads = [threading.Thread(target=rename, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row.name for row in people_rows(album.library)} == {f"Name {person} 4" for person in people}
    steps = history(album.library)
    assert [step.id for step in steps] == list(range(1, 21))
    for _ in steps:
        undo(album.library)
    assert {row.name for row in people_rows(album.library)} == {None}


KILLED = """
import os, sys
from pathlib import Path
from engine.library.library import Library
with Library(Path(sys.argv[1])).edit("Killed") as edit:
    edit.connection.exec_driver_sql("UPDATE people SET name = 'half'")
    os._exit(9)
"""


def test_a_process_killed_in_an_edit_leaves_neither_change_nor_flag(album) -> None:
    ((face,),) = album.fill(1, 1)
    (person,) = album.group([face])
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", KILLED, str(album.library.path)], check=False, cwd=root)
    assert done.returncode == 9
    assert people_rows(album.library)[0].name is None
    album.group([face])
    assert history(album.library) == []
    name_person(album.library, person, "Ada")
    assert len(history(album.library)) == 1


def test_a_write_elsewhere_is_noticed_once_and_an_own_write_is_not(album) -> None:
    with Library(album.library.path) as other:
        assert not other.changed_elsewhere()
        album.fill(1, 1)
        assert other.changed_elsewhere()
        assert not other.changed_elsewhere()
        with other.write():
            pass
        assert not other.changed_elsewhere()
        album.start("more.jpg")
        with other.write():
            pass
        assert other.changed_elsewhere()
