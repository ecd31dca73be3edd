"""Names go out by the menu, and exiftool, where it is there, reads them."""

import shutil

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.embed_names_dialog import EmbedNamesDialog
from app.shell.main_window import MainWindow
from app.shell.write_names_dialog import WriteNamesDialog
from engine.library import edits
from engine.library.queries import photo_face_rows
from engine.metadata.embedded import embedded_in
from engine.metadata.packet import said_in
from tests.app.conftest import SETTLE_MS
from tests.app.drawn import DrawnLibrary

LEFT = Qt.MouseButton.LeftButton


def call_somebody_ada(drawn: DrawnLibrary) -> None:
    """Say of one face that it is Ada's."""
    face = photo_face_rows(drawn.library, drawn.photos[0])[0]
    edits.split_off(drawn.library, [face.face], "Ada Lovelace")


@pytest.fixture
def dialog(window: MainWindow, drawn: DrawnLibrary) -> WriteNamesDialog:
    """The dialog over a library in which one face is Ada's."""
    call_somebody_ada(drawn)
    window.acts["write_names"].trigger()
    found = window.findChild(WriteNamesDialog)
    assert isinstance(found, WriteNamesDialog)
    assert found.isVisible()
    return found


def test_names_are_written_when_asked(
    window: MainWindow, dialog: WriteNamesDialog, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    assert not list(drawn.folder.rglob("*.xmp"))
    dialog.keywords.click()
    with qtbot.waitSignal(window.context.told, timeout=SETTLE_MS) as said:
        qtbot.mouseClick(dialog.write, LEFT)
    assert said.args == ["Names of 1 photo: 1 files written, 0 were right."]
    (sidecar,) = drawn.folder.rglob("*.xmp")
    told = said_in(sidecar.read_bytes())
    assert (told.names, told.words) == (("Ada Lovelace",), ("Ada Lovelace",))


def test_what_cannot_be_written_is_said(
    window: MainWindow, dialog: WriteNamesDialog, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    path = photo_face_rows(drawn.library, drawn.photos[0])[0].photo
    sidecar = path.with_name(f"{path.name}.xmp")
    sidecar.write_bytes(b"broken")
    with qtbot.waitSignal(window.context.failed, timeout=SETTLE_MS) as failed:
        qtbot.mouseClick(dialog.write, LEFT)
    assert "was left as it is" in str(failed.args)
    assert sidecar.read_bytes() == b"broken"


def test_nothing_is_written_after_escape(dialog: WriteNamesDialog, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not list(drawn.folder.rglob("*.xmp"))


@pytest.fixture
def embedding(window: MainWindow, drawn: DrawnLibrary) -> EmbedNamesDialog:
    """The dialog about the photos themselves."""
    call_somebody_ada(drawn)
    window.acts["embed_names"].trigger()
    found = window.findChild(EmbedNamesDialog)
    assert isinstance(found, EmbedNamesDialog)
    return found


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is absent (libimage-exiftool-perl)")
def test_photos_are_written_when_that_was_asked_twice(
    window: MainWindow, embedding: EmbedNamesDialog, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    path = photo_face_rows(drawn.library, drawn.photos[0])[0].photo
    before = path.read_bytes()
    qtbot.mouseClick(embedding.write, LEFT)
    assert embedding.isVisible()
    assert path.read_bytes() == before, "once is not enough"
    with qtbot.waitSignal(window.context.told, timeout=SETTLE_MS) as said:
        qtbot.mouseClick(embedding.write, LEFT)
    assert said.args == ["Names of 1 photo: 1 files written, 0 were right."]
    (packet,) = embedded_in(path).packets
    assert said_in(packet).names == ("Ada Lovelace",)
    assert path.with_name(f"{path.name}_original").read_bytes() == before
    assert not list(drawn.folder.rglob("*.xmp"))


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is absent (libimage-exiftool-perl)")
def test_enter_is_no_second_yes(embedding: EmbedNamesDialog, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    qtbot.mouseClick(embedding.write, LEFT)
    assert embedding.isVisible()
    qtbot.keyClick(embedding, Qt.Key.Key_Return)
    assert not list(drawn.folder.rglob("*_original"))


def test_without_exiftool_that_is_said(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    window.acts["embed_names"].trigger()
    found = window.findChild(EmbedNamesDialog)
    assert isinstance(found, EmbedNamesDialog)
    assert "exiftool, which is not on this computer" in found.hint.text()
    assert not found.write.isEnabled()
