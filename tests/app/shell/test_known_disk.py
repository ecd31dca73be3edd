"""A folder that is at another place now is asked about before it is scanned."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.disk_question import DiskQuestion
from app.shell.main_window import MainWindow
from engine.library.folders import folders
from engine.library.indexing import note_change_times
from engine.library.queries import photo_rows
from engine.library.relocating import other_folders
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no time of change")


@pytest.mark.parametrize("answer", ["same", "other"])
def test_the_answer_decides_whose_photos_they_are(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None], answer: str
) -> None:
    rows = photo_rows(drawn.library)
    note_change_times(drawn.library, {row.id: row.path.stat().st_ctime_ns for row in rows})
    now: Path = drawn.folder.rename(drawn.folder.with_name("disk1"))
    with qtbot.waitSignal(window.context.scanning.began, timeout=PLENTY_MS):
        window.disks.scan([now])
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DiskQuestion), timeout=PLENTY_MS)
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, DiskQuestion)
        assert str(drawn.folder) in asked.sentence.text()
        assert str(now) in asked.sentence.text()
        qtbot.mouseClick(getattr(asked, answer), Qt.MouseButton.LeftButton)
    window.context.scanning.give_up()
    settle()
    if answer == "same":
        assert [row.path for row in folders(drawn.library)] == [now]
        assert len(photo_rows(drawn.library)) == len(rows)
    else:
        assert other_folders(drawn.library) == {(drawn.folder_id, now)}
        assert drawn.folder in {row.path for row in folders(drawn.library)}
