"""What stands in the place of the grid of photos while there is none to show."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.pages.next_step import offer_photos
from app.pages.photos.search import PhotosSearch
from app.session.context import Context
from app.style import texts
from app.widgets.empty_state import EmptyState


class PhotosStates(QStackedWidget):
    """Shows the grid, or why it is empty and the one next step."""

    def __init__(self, context: Context, grid: QWidget, search: PhotosSearch) -> None:
        super().__init__()
        self._context, self._search = context, search
        self.grid, self.nothing, self.broken = grid, EmptyState("", ""), EmptyState("", "")
        for widget in (self.grid, self.nothing, self.broken):
            self.addWidget(widget)
        context.scanning.scan_changed.connect(self._offer_step)
        context.folders.changed.connect(self._offer_step)

    def show_grid(self) -> None:
        """Show the photos."""
        self.setCurrentWidget(self.grid)

    def show_nothing(self) -> None:
        """Say that nothing was found, or that nothing is there yet."""
        if self._search.searching:
            sentence = self.tr("Remove a filter, or search for something else.")
            self.nothing.say(self.tr("No photos found"), sentence)
        else:
            sentence = self.tr("Add a folder of photos, or drop one onto the window.")
            self.nothing.say(self.tr("No photos yet"), sentence)
        self._offer_step()
        self.setCurrentWidget(self.nothing)

    def show_error(self, error: object, again: Callable[[], object]) -> None:
        """Say that the photos could not be read, and offer to read them again."""
        self.broken.say(self.tr("The photos could not be read"), texts.spoken_error(error))
        self.broken.offer(self.tr("Try again"), again)
        self.setCurrentWidget(self.broken)

    def _offer_step(self) -> None:
        if self._search.searching:
            self.nothing.offer(self.tr("Clear the search"), self._search.clear)
        else:
            offer_photos(self._context, self.nothing)
