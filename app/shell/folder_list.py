"""The folders: which there are, whether their disks are connected, which is being scanned, and what can be done."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QListWidgetItem, QWidget

from app.session.folders import FolderState
from app.style import texts
from app.widgets.actions import Actions, Row
from app.widgets.entry_delegate import ICON, SPARE
from app.widgets.listing import KEY, Listing
from app.widgets.menus import pop_up


class FolderActions(Actions):
    """What can be done with the folder that has the focus."""

    scope = Qt.ShortcutContext.WidgetShortcut

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("scan", self.tr("Scan now")),
            Row("again", self.tr("Read all photos again"), tip=self.tr("Also those whose files look unchanged")),
            Row("open", self.tr("Open in the file manager")),
            Row("remove", self.tr("Remove from Kinfolk…"), ("Del",)),
        )


class FolderList(Listing):
    """Lines of `FolderState`; the menu acts on the line with the focus."""

    scan_wanted = Signal(object)
    """The path of a folder."""
    again_wanted = Signal(object)
    """The path of a folder whose photos are all to be read again."""
    open_wanted = Signal(object)
    """The path of a folder to be shown in the file manager."""
    remove_wanted = Signal(int)
    """The id of a folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Folders"))
        self._states: list[FolderState] = []
        self._scanned: Collection[Path] | None = None
        self.acts = FolderActions(self)
        self.acts.bind(
            {
                "scan": lambda: self._with_current(lambda at: self.scan_wanted.emit(at.summary.path)),
                "again": lambda: self._with_current(lambda at: self.again_wanted.emit(at.summary.path)),
                "open": lambda: self._with_current(lambda at: self.open_wanted.emit(at.summary.path)),
                "remove": lambda: self._with_current(lambda at: self.remove_wanted.emit(at.summary.id)),
            }
        )

    def show_states(self, states: Sequence[FolderState]) -> None:
        """List these folders; the line with the focus keeps it."""
        current = self.currentItem().data(KEY) if self.currentItem() else None
        if [state.summary.id for state in states] != self.keys():
            self.clear()
            for state in states:
                QListWidgetItem(self).setData(KEY, state.summary.id)
        self._states = list(states)
        for row, state in enumerate(states):
            self._show(self.item(row), state)
            if state.summary.id == current:
                self.setCurrentRow(row)

    def show_scan(self, paths: Collection[Path] | None) -> None:
        """Mark the folders that are being scanned: those of these paths, all where there are none, none for None."""
        self._scanned = paths
        for row, state in enumerate(self._states):
            self._show(self.item(row), state)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the folder under the mouse, or with the one that has the focus."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is None:
            return
        self.setCurrentItem(item)
        state = self._states[self.row(item)]
        for name in ("scan", "again", "open"):
            self.acts[name].setEnabled(state.there)
        place = self.visualItemRect(item).center() if by_key else event.pos()
        groups = [[self.acts["scan"], self.acts["again"], self.acts["open"]], [self.acts["remove"]]]
        pop_up(self, groups, self.viewport().mapToGlobal(place))

    def _show(self, item: QListWidgetItem, state: FolderState) -> None:
        summary = state.summary
        name = summary.path.name or str(summary.path)
        said = self._said(state)
        item.setText(name)
        # A word for a scan would leave a few letters of the name.
        drawing = "refresh-cw" if said else "folder"
        item.setData(ICON, drawing if state.there else "folder-x")
        item.setData(SPARE, "" if state.there else said)
        item.setToolTip(
            texts.plain_tip("\n".join([str(summary.path), texts.photos(summary.photos), *self._hints(state, said)]))
        )
        spoken = ", ".join([name, said, texts.photos(summary.photos)] if said else [name, texts.photos(summary.photos)])
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _said(self, state: FolderState) -> str:
        if not state.there:
            return self.tr("not connected")
        return self.tr("scanning") if self._is_scanned(state.summary.path) else ""

    def _hints(self, state: FolderState, said: str) -> list[str]:
        if state.there:
            return [said] if said else []
        return [said, self.tr("Connect its disk; its people and your answers are all kept.")]

    def _is_scanned(self, folder: Path) -> bool:
        if self._scanned is None:
            return False
        return not self._scanned or any(path == folder or folder in path.parents for path in self._scanned)

    def _with_current(self, do: Callable[[FolderState], None]) -> None:
        if self.currentRow() >= 0:
            do(self._states[self.currentRow()])
