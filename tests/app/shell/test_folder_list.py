"""A folder's name is read while it is scanned: a drawing says that it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.session.folders import FolderState
from app.shell.folder_list import FolderList
from app.style.theme import TextSize, font_of
from app.widgets.entry_delegate import AT_END, ICON, EntryDelegate
from engine.library.queries import FolderSummary

WIDTH = 200
"""Pixels; about that of the sidebar."""


def test_what_is_scanned_keeps_its_name(dressed: QApplication, qtbot: QtBot) -> None:
    listing = FolderList()
    qtbot.addWidget(listing)
    folders = [
        FolderState(FolderSummary(place, Path("/") / name, photos=3, missing=0, broken=0, unread=0), there=True)
        for place, name in enumerate(("Summer", "Winter"))
    ]
    listing.show_states(folders)
    listing.show_scan([Path("/Winter")])
    summer, winter = listing.item(0), listing.item(1)
    assert (summer.data(ICON), winter.data(ICON)) == ("folder", "refresh-cw")
    assert not winter.data(AT_END)
    assert winter.data(Qt.ItemDataRole.AccessibleTextRole) == "Winter, scanning, 3 photos"
    assert "scanning" in winter.toolTip()
    listing.show_scan(None)
    assert winter.data(ICON) == "folder"
    assert "scanning" not in winter.toolTip()


@pytest.mark.parametrize(("name", "said"), [("Fotos", "not connected"), ("Grandmother's slides of the sixties", "")])
def test_what_is_not_connected_keeps_its_name(dressed: QApplication, qtbot: QtBot, name: str, said: str) -> None:
    """A drawing says it too, so that the words can go where they would leave a few letters of the name."""
    listing = FolderList()
    qtbot.addWidget(listing)
    place = Path("/") / name
    listing.show_states([FolderState(FolderSummary(1, place, photos=3, missing=0, broken=0, unread=0), there=False)])
    away = listing.item(0)
    assert away.data(ICON) == "folder-x"
    assert away.data(Qt.ItemDataRole.AccessibleTextRole) == f"{name}, not connected, 3 photos"
    assert "not connected" in away.toolTip()
    delegate = listing.itemDelegate()
    assert isinstance(delegate, EntryDelegate)
    assert delegate.at_end(listing.indexFromItem(away), font_of(TextSize.BODY), WIDTH) == said
