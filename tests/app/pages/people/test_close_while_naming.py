"""The window is closed in the middle of something: what was typed is given, how a page was set is remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from app.pages.people.page import PeoplePage
from app.pages.problems.page import SPLIT
from engine.library.queries import people_names
from engine.paths import Places
from tests.app.conftest import PLENTY_MS, opened_context, opened_window
from tests.app.drawn import DrawnLibrary


@pytest.mark.usefixtures("dressed")
def test_a_name_that_is_being_typed_is_given(drawn: DrawnLibrary, tmp_path: Path, qtbot: QtBot) -> None:
    with opened_context(Places(tmp_path / "data"), drawn.library) as context, opened_window(context, qtbot) as window:
        page = window.page("people")
        assert isinstance(page, PeoplePage)
        qtbot.waitUntil(lambda: page.naming.person is not None, timeout=PLENTY_MS)
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClicks(focused, "Ada")
        window.close()
    assert people_names(drawn.library) == {drawn.people[0]: "Ada"}


@pytest.mark.usefixtures("dressed")
def test_the_width_of_the_list_of_problems_is_remembered(drawn: DrawnLibrary, tmp_path: Path, qtbot: QtBot) -> None:
    places = Places(tmp_path / "data")
    with opened_context(places, drawn.library) as context, opened_window(context, qtbot) as window:
        qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
        splitter = window.page("problems").findChildren(QSplitter)[0]
        splitter.setSizes([500, 300])
        left = splitter.saveState()
        window.close()
    with opened_context(places, drawn.library) as context:
        assert context.remembered.value(SPLIT) == left
