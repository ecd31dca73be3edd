"""Names from another program: from the menu, with a look first, and back again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shell.bring_dialog import BringDialog
from app.shell.main_window import MainWindow
from app.work.jobs import Job
from engine.library.queries import people_names, photo_face_rows
from engine.library.states import Source
from tests.app.conftest import SETTLE_MS
from tests.app.drawn import DrawnLibrary

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot) -> BringDialog:
    """The dialog over a folder with a file of Picasa's, which names the first face of the first photo."""
    (drawn.folder / ".picasa.ini").write_text(
        "[Contacts2]\nab=Ada Lovelace;;\n[photo000.png]\nfaces=rect64(0a3d4ccc38519999),ab\n", encoding="utf-8"
    )
    window.acts["bring"].trigger()
    found = window.findChild(BringDialog)
    assert isinstance(found, BringDialog)
    assert found.isVisible()
    return found


def look(dialog: BringDialog, place: Path | str, qtbot: QtBot) -> None:
    """Type a path and press "Look first"."""
    dialog.place.clear()
    qtbot.keyClicks(dialog.place, str(place))
    qtbot.mouseClick(dialog.look, LEFT)
    qtbot.waitUntil(lambda: dialog.outcome.text() not in ("", "Looking…"), timeout=SETTLE_MS)


def test_what_would_come_of_it_is_said_first_and_undone_at_once(
    window: MainWindow, dialog: BringDialog, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    assert not dialog.bring.isEnabled()
    look(dialog, drawn.folder, qtbot)
    assert dialog.outcome.text().splitlines() == [
        "Named in 1 photo here: 1 person. Not here: 0 photos.",
        "A name for 1 face. Have theirs already: 0. Boxes that become faces: 0.",
    ]
    assert people_names(drawn.library) == {}
    assert dialog.bring.isEnabled()
    with qtbot.waitSignal(window.context.operations.said, timeout=SETTLE_MS):
        qtbot.mouseClick(dialog.bring, LEFT)
    assert list(people_names(drawn.library).values()) == ["Ada Lovelace"]
    first = photo_face_rows(drawn.library, drawn.photos[0])[0]
    assert (first.name, first.source) == ("Ada Lovelace", Source.METADATA)
    with qtbot.waitSignal(window.context.operations.replayed, timeout=SETTLE_MS):
        window.context.operations.undo()
    assert people_names(drawn.library) == {}


def test_what_is_not_there_is_said(dialog: BringDialog, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    look(dialog, drawn.folder / "nothing", qtbot)
    assert "is not there" in dialog.outcome.text()
    assert not dialog.bring.isEnabled()
    dialog.reject()


def test_another_path_makes_what_was_found_void(dialog: BringDialog, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    look(dialog, drawn.folder, qtbot)
    qtbot.keyClicks(dialog.place, "x")
    assert dialog.outcome.text() == ""
    assert not dialog.bring.isEnabled()
    dialog.reject()


def test_only_immich_asks_for_a_key(dialog: BringDialog, qtbot: QtBot) -> None:
    assert not dialog.key.isVisible()
    dialog.program.setCurrentIndex(dialog.program.findData("immich"))
    assert dialog.key.isVisible()
    look(dialog, "http://localhost:1", qtbot)
    assert "Immich asks for a key" in dialog.outcome.text()
    dialog.reject()
    QApplication.processEvents()


def test_the_look_ends_with_the_dialog(
    window: MainWindow, dialog: BringDialog, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    dialog.place.setText(str(drawn.folder))
    with qtbot.waitSignal(window.context.jobs.started, timeout=SETTLE_MS) as started:
        qtbot.mouseClick(dialog.look, LEFT)
    (job,) = started.args
    assert isinstance(job, Job)
    with qtbot.waitSignal(job.ended, timeout=SETTLE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
