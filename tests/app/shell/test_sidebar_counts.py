"""The numbers beside the pages follow what is written, and only what it touches is counted again."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.shell import sidebar_counts
from app.shell.main_window import MainWindow
from app.shell.sidebar import AT_END, PAGES
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.queries import count_problems, counts
from tests.app.drawn import DrawnLibrary, name_people

Settle = Callable[[], None]


def test_photos_are_counted_only_where_photos_changed(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    counted: list[Library] = []

    def count(library: Library) -> int:
        counted.append(library)
        return count_problems(library)

    monkeypatch.setattr(sidebar_counts, "count_problems", count)
    name_people(drawn, "Ada")
    settle()
    assert counted == []
    with drawn.library.write() as transaction:
        note = f"UPDATE photos SET note = 'Only half.' WHERE id = {drawn.photos[0]}"
        transaction.connection.exec_driver_sql(note)
        transaction.touched(Changes(photos=frozenset({drawn.photos[0]})))
    settle()
    assert len(counted) == 1
    pages = window.sidebar.pages
    numbers = [pages.item(PAGES.index(page)).data(AT_END) for page in ("people", "unsorted", "problems")]
    assert numbers == ["4", "3", "1"]


def test_what_is_open_is_counted_as_everything_is(drawn: DrawnLibrary) -> None:
    with drawn.library.write() as transaction:
        run = transaction.connection.exec_driver_sql
        run(f"UPDATE photos SET state = 'MISSING' WHERE id = {drawn.photos[0]}")
        run(f"UPDATE faces SET ignored = 1, person_id = NULL WHERE id = {drawn.faces[0][-1]}")
        run(f"UPDATE people SET hidden = 1 WHERE id = {drawn.people[1]}")
    whole, found = counts(drawn.library), sidebar_counts.open_counts(drawn.library)
    assert (found.people, found.unsorted) == (whole.people - 1, whole.unsorted), "hidden people are not listed"
    assert count_problems(drawn.library) == whole.problems
