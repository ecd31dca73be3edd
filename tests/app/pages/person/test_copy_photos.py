"""A person's photos go into a folder that is chosen, and none there is overwritten."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.pages.person.copy_dialog import CopyDialog
from app.shell.main_window import MainWindow
from engine.library.queries.named_photos import photos_with
from tests.app.conftest import PLENTY_MS, SETTLE_MS
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import LEFT


@pytest.fixture
def dialog(open_person, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]) -> CopyDialog:
    """Which photos of Ada are meant, and how, is asked; there are Bo and Cleo, too."""
    name_people(drawn, "Ada", "Bo", "Cleo")
    settle()
    hand = open_person(drawn.people[0])
    hand.page.acts["copy_photos"].trigger()
    (found,) = hand.page.findChildren(CopyDialog)
    qtbot.waitUntil(found.choose.isEnabled, timeout=PLENTY_MS)
    return found


def go_to(dialog: CopyDialog, target: Path, window: MainWindow, qtbot: QtBot) -> str:
    """Choose a folder, wait for the end, and return what is told."""
    qtbot.mouseClick(dialog.choose, LEFT)
    (asked,) = dialog.findChildren(QFileDialog)
    name = asked.findChild(QLineEdit)
    assert name is not None
    name.setText(str(target))
    with qtbot.waitSignal(window.context.told, timeout=SETTLE_MS) as told:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    return str(told.args[0])


def choose(box: QComboBox, name: str, dialog: CopyDialog, qtbot: QtBot) -> None:
    box.setCurrentIndex(box.findText(name))
    assert not dialog.choose.isEnabled(), "it is not known yet how many they are"
    qtbot.waitUntil(lambda: dialog.choose.isEnabled() or dialog.count.text() == "0 photos", timeout=PLENTY_MS)


def test_photos_are_copied_beside_what_is_there(
    dialog: CopyDialog, drawn: DrawnLibrary, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "for Ada"
    target.mkdir()
    theirs = photos_with(drawn.library, drawn.people[:1])
    (target / theirs[0].name).write_bytes(b"another")
    assert dialog.headline.text() == "Copy the photos of Ada"
    assert dialog.count.text() == f"{len(theirs)} photos"
    told = go_to(dialog, target, window, qtbot)
    assert told == f"{len(theirs)} of {len(theirs)} photos copied; 0 were there already."
    assert (target / theirs[0].name).read_bytes() == b"another"
    assert (target / f"{theirs[0].stem} (2).png").read_bytes() == theirs[0].read_bytes()
    assert len(list(target.iterdir())) == len(theirs) + 1


def test_photos_of_two_without_a_third_as_links(
    dialog: CopyDialog, drawn: DrawnLibrary, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    ada, bo, cleo, _ = drawn.people
    assert [dialog.together.itemText(row) for row in range(dialog.together.count())] == ["anybody", "Bo", "Cleo"]
    choose(dialog.together, "Bo", dialog, qtbot)
    assert dialog.count.text() == f"{len(photos_with(drawn.library, [ada, bo]))} photos"
    choose(dialog.without, "Cleo", dialog, qtbot)
    expected = photos_with(drawn.library, [ada, bo], [cleo])
    assert expected
    assert set(expected) < set(photos_with(drawn.library, [ada]))
    dialog.links.click()
    (tmp_path / "links").mkdir()
    go_to(dialog, tmp_path / "links", window, qtbot)
    made = sorted((tmp_path / "links").iterdir())
    assert [one.name for one in made] == sorted(path.name for path in expected)
    assert all(one.is_symlink() and one.resolve() in expected for one in made)


def test_no_folder_is_asked_for_where_no_photo_is_meant(dialog: CopyDialog, qtbot: QtBot) -> None:
    choose(dialog.together, "Bo", dialog, qtbot)
    choose(dialog.without, "Bo", dialog, qtbot)
    assert not dialog.choose.isEnabled()
