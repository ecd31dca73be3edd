"""The next step where a page is empty since no photo or no face is known."""

from PySide6.QtCore import QCoreApplication

from app.session.context import Context
from app.widgets.empty_state import EmptyState

translate = QCoreApplication.translate


def offer_photos(context: Context, empty: EmptyState) -> None:
    """Offer to scan the folders that are known, or to add one where all is read; nothing while a scan is at it."""
    if context.scanning.job is not None:
        empty.offer_nothing()
    elif context.folders.unread or (context.folders.states and not context.folders.photos):
        empty.offer(translate("NextStep", "Scan your folders"), context.scanning.scan)
    else:
        empty.offer(translate("NextStep", "Add a folder…"), context.folder_wanted.emit)
