"""Before names are written into the photos themselves: what that does, where it cannot be done, and once more."""

import shutil
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.session.context import Context
from app.shell.write_names_dialog import Words, WriteNamesDialog
from app.work.jobs import Steps
from engine.library.library import Library

if TYPE_CHECKING:  # it brings the readers of metadata, which the first window does without
    from engine.metadata.writing.names import Wanted


class EmbedNamesDialog(WriteNamesDialog):
    """Asks twice, as originals are written; the second time Enter means no."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._asked = False
        if shutil.which("exiftool") is None:
            self.hint.setText(
                self.tr(
                    "Names are written into photos by exiftool, which is not on this computer. Install it "
                    "(exiftool.org) and open this again, or write the names beside the photos."
                )
            )
            self.write.setEnabled(False)

    def words(self) -> Words:
        """Return what it says."""
        return Words(
            self.tr("Write names into the photos"),
            self.tr(
                "The names that you gave or confirmed go into the photos' own files, where every program finds them. "
                "Before a photo is written, its file is kept beside it as NAME_original. The picture itself is not "
                "touched."
            ),
            self.tr("&Write into the photos…"),
            self.tr("Writing names into photos"),
        )

    def export(self, library: Library, wanted: "Wanted") -> Steps:
        """Write the names; called in the lane of jobs."""
        from engine.workflows.exporting.embedding import embed_names
        from engine.workflows.exporting.naming import Selection

        return (yield from embed_names(library, Selection(), wanted))

    def go_on(self) -> None:
        """Ask once more, then write."""
        if self._asked:
            super().go_on()
            return
        self._asked = True
        self.hint.setText(
            self.tr(
                "This changes the files of your photos themselves, and programs that keep copies of them will see them "
                "as changed. Do you want that?"
            )
        )
        self.write.setText(self.tr("&Yes, write into my photos"))
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus()
