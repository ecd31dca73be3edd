"""A folder's name is read while it is scanned: a drawing says that it is."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.session.folders import FolderState
from app.shell.folder_list import FolderList
from app.widgets.entry_delegate import AT_END, ICON
from engine.library.queries import FolderSummary


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
