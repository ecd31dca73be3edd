"""What can be done with a folder from the sidebar."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.context import Context
from app.widgets.folder_list import FolderList


class FolderDeeds(QObject):
    """Scans folders and opens them in the file manager."""

    def __init__(self, context: Context, listing: FolderList, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.folders.changed.connect(listing.show_states)
        context.scanning.turned.connect(self._show_scan)
        listing.scan_wanted.connect(lambda path: context.scanning.scan([path]))
        listing.open_wanted.connect(_open)
        self._listing = listing

    def _show_scan(self) -> None:
        request = self._context.scanning.request
        self._listing.show_scan(None if request is None else request.paths)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
