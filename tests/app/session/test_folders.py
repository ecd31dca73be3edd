"""A disk that goes is noticed, and nothing in the library is read for that."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.session import folders
from app.session.context import Context
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary


def test_a_look_at_the_disks_reads_nothing_of_the_library(
    context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    context.folders.read()
    settle()
    (before,) = context.folders.states or []
    assert before.there
    monkeypatch.setattr(folders, "folder_rows", lambda _library: pytest.fail("the library was read"))
    drawn.folder.rename(drawn.folder.with_name("away"))
    context.folders.look()
    qtbot.waitUntil(lambda: context.folders.states != [before], timeout=PLENTY_MS)
    assert context.folders.states == [folders.FolderState(before.summary, there=False)]
    drawn.folder.with_name("away").rename(drawn.folder)
