"""What can be done with a folder from the sidebar."""

from PySide6.QtCore import QObject

from app.pictures.opening import open_with_system
from app.session.context import Context
from app.shell.folder_list import FolderList
from app.style import texts
from app.widgets.goodbye import Goodbye
from engine.library.removal import Holdings, folder_holdings
from engine.library.states import READ_BEFORE
from engine.words import fill
from engine.workflows.erasing import remove_folder


class FolderCommands(QObject):
    """Scans folders and opens them in the file manager."""

    def __init__(self, context: Context, listing: FolderList, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.folders.follow(listing.show_states)
        context.scanning.scan_changed.connect(self._show_scan)
        listing.scan_wanted.connect(lambda path: context.scanning.scan([path]))
        listing.again_wanted.connect(lambda path: context.scanning.scan([path], READ_BEFORE))
        listing.open_wanted.connect(lambda path: open_with_system(path, context.fail))
        listing.remove_wanted.connect(self._count_what_goes)
        self._listing = listing
        self._counted = context.loader(self, self._ask)
        self._show_scan()

    def _count_what_goes(self, folder: int) -> None:
        library = self._context.library
        self._counted.load(lambda: (folder, folder_holdings(library, folder)))

    def _ask(self, found: tuple[int, Holdings]) -> None:
        folder, held = found
        sentences = [
            fill(
                self.tr("{photos} and {faces} are forgotten, {confirmed} of them confirmed by you."),
                photos=texts.photos(held.photos),
                faces=texts.faces(held.faces),
                confirmed=texts.number(held.confirmed),
            ),
            self.tr("This cannot be undone. The photos themselves stay where they are."),
        ]
        asked = Goodbye(
            self.tr("Remove this folder from Kinfolk?"), sentences, self.tr("Remove"), self._listing.window()
        )
        asked.accepted.connect(lambda: self._remove(folder, held))
        asked.open()

    def _remove(self, folder: int, held: Holdings) -> None:
        context = self._context
        said = fill(
            self.tr("The folder was removed, and {photos} with {faces} forgotten."),
            photos=texts.photos(held.photos),
            faces=texts.faces(held.faces),
        )
        job = context.edits.call(lambda: remove_folder(context.library, context.thumbs, folder))
        job.failed.connect(context.fail)
        job.done.connect(lambda _: context.folders.read())
        job.done.connect(lambda _: context.told.emit(said))
        job.promise().start()

    def _show_scan(self) -> None:
        request = self._context.scanning.request
        self._listing.show_scan(None if request is None else request.paths)
