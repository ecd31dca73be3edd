"""All photos on a timeline, or those that a search finds."""

from functools import partial

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.files.actions import PhotoFileActions
from app.files.carrying import carry_files
from app.files.files_of import files_of_photos
from app.grid.tile import ID
from app.names.name_edit import Asks
from app.names.namesakes import Namesakes
from app.pages.page import Page
from app.pages.photos.delegate import PhotoDelegate
from app.pages.photos.grid import PhotosGrid
from app.pages.photos.knowing import Knowing
from app.pages.photos.memory import PhotosMemory, memory_of, restore
from app.pages.photos.model import PhotosModel
from app.pages.photos.reading import Found, PhotosReader, search_at
from app.pages.photos.scrubber import Scrubber
from app.pages.photos.search import PhotosSearch
from app.pages.photos.states import PhotosStates
from app.pictures.pictures import Picture
from app.session.context import Context
from app.session.navigation import Place
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.actions import Keys
from app.widgets.label import Label
from app.widgets.menus import pop_up
from app.widgets.zoom_slider import ZoomSlider
from app.work.reading import Reading
from engine.library.changes import Changes
from engine.library.queries import PhotoSearch

SIDES = (84, 100, 120, 144, 172, 206, 248, 300, 360)
USUAL_SIDE = 172
SCANNING_MS, SOON_MS = 1_500, 50
"""How long to gather changes before the photos are searched anew, while a scan runs and else."""


class PhotosPage(Page):
    """Serves two places: "photos" and "photos_of"."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Photos"))
        self._shown: PhotoSearch | None = None
        self._memory: PhotosMemory | None = None
        self._photos = PhotosReader(context.library)
        self.model, self.search = PhotosModel(self), PhotosSearch()
        self.search.field.tell_apart(Namesakes(context, self), Asks.KNOWN)
        self.grid = PhotosGrid(self.model)
        self.scrubber = Scrubber(self.grid, self.model)
        self.zoom = ZoomSlider(SIDES, USUAL_SIDE, context.remembered, "photos/side")
        self._delegate = PhotoDelegate(context.pictures, self.zoom.side, 0, self.grid)
        self.states = PhotosStates(context, self.grid, self.search)
        self.files = PhotoFileActions(context, self.grid.selected_ids, self)
        carry_files(context, self.grid, self.model, files_of_photos)
        self._found = Reading(context.reads, self, self._show, self._give_up)
        self._knowing = Knowing(context, self.search, self)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._load_again)
        self._lay_out()
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Show the photos of a folder or a person, or the search as it was left."""
        self.catch_up()
        self._soon.stop()
        self._memory = memory if isinstance(memory, PhotosMemory) else None
        own = search_at(self.context.navigator.here or Place("photos", subject))
        search = self._memory.search if self._memory is not None else own
        self.search.begin(own, search)
        if search == self._shown:
            self._restore()
        else:
            self.model.set_rows(np.empty(0, np.int64))
            self.states.show_grid()
        self._load()
        self.grid.setFocus()

    def memory(self) -> object:
        """Return the search, what was in sight, and what was selected."""
        return memory_of(self.grid, self.model, self.search.search)

    def called(self) -> str:
        """Say whose photos they are, where the place is somebody's."""
        return self.search.whose or super().called()

    def escape(self) -> bool:
        """End the search; what the place itself searches for stays."""
        return self.search.escape()

    def begin_search(self) -> None:
        """Go to the field for searching."""
        self.search.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.field.selectAll()

    def keys(self) -> Keys:
        """Return the keys of the grid and of its photos."""
        return [
            (self.tr("Enter"), self.tr("Open the photo")),
            (self.tr("A letter"), self.tr("Search for a name, a year or a folder")),
            (self.tr("Ctrl and wheel"), self.tr("Larger or smaller photos")),
            *self.files.keys(),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a search with a letter."""
        letter = event.text()
        if letter.isprintable() and letter.strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.search.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.field.insert(letter)
            self.search.field.textEdited.emit(self.search.field.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected photos."""
        index = self.grid.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and index.isValid():
            self._show_menu(self.grid.viewport().mapToGlobal(self.grid.visualRect(index).center()))
        elif self.grid.selectionModel().hasSelection():
            self._show_menu(event.globalPos())

    def _lay_out(self) -> None:
        self.count = Label()
        set_hint_colour(self.count)
        self.count.setContentsMargins(Space.SMALL, Space.TINY, 0, 0)
        self.head.insertWidget(1, self.count)
        for widget in (self.search.field, self.search.more, self.zoom):
            self.head.addWidget(widget)
        self.zoom.setAccessibleName(self.tr("Size of the photos"))
        self.zoom.setToolTip(self.tr("Size of the photos (Ctrl + wheel)"))
        self.grid.setAccessibleName(self.tr("Photos"))
        self.grid.setItemDelegate(self._delegate)
        self.grid.set_tile(self._delegate.tile_size())
        self.body.addWidget(self.search)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.states, 1)
        row.addWidget(self.scrubber)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        context, grid = self.context, self.grid
        self.search.changed.connect(self._load)
        self.search.left.connect(grid.setFocus)
        self.zoom.side_changed.connect(self._resize)
        grid.zoomed.connect(self.zoom.turn)
        grid.activated.connect(self._open)
        grid.preview.connect(self._open)
        context.pictures.arrived.connect(self._paint)

    def _paint(self, picture: Picture) -> None:
        self.grid.update_id(picture.id)

    def _load(self) -> None:
        """Search for something else, or from the start."""
        if self.isVisible() or self._shown is None:
            self._found.begin(partial(self._photos.find, self.search.search))

    def _load_again(self) -> None:
        """Search once more, as photos have changed."""
        if self.isVisible():
            self._found.refresh(partial(self._photos.find, self.search.search))

    def _show(self, found: Found) -> None:
        memory, self._memory = self._memory, None
        if found.search != self._shown and memory is None:
            self.grid.verticalScrollBar().setValue(0)
        self._shown = found.search
        self.model.show(found.index)
        self.scrubber.show_years(self.model.years())
        self.search.show_count(len(found.index))
        self.count.setText("" if self.search.searching else texts.photos(len(found.index)))
        (self.states.show_grid if len(found.index) else self.states.show_nothing)()
        if memory is not None:
            self._memory = memory
            self._restore()
        self._knowing.catch_up()

    def _give_up(self, error: object) -> None:
        """Say that there is nothing to show because it could not be read; what is shown already stays."""
        if len(self.model.ids):
            self.context.fail(error)
            return
        self._shown = None
        self.states.show_error(error, self._load)
        self.context.report(error)

    def _restore(self) -> None:
        """Show the photos as they were left; the one that was looked at last is current and in sight."""
        memory, self._memory = self._memory, None
        if memory is None:
            return
        left = self.context.navigator.left
        seen = left.subject if left is not None and left.page == "photo" else None
        restore(self.grid, self.model, memory, seen)

    def follow(self, changes: Changes | None) -> None:
        """Search again where photos have changed, or people while people are searched for."""
        if changes is None or changes.photos or changes.folders:
            self._photos.forget()
        self._knowing.follow(changes)
        if changes is None or self._concerns(changes):
            self._load_soon()

    def _concerns(self, changes: Changes) -> bool:
        search = self.search.search
        about_people = search.everyone or search.nobody_of or search.exactly
        return bool(changes.photos or changes.folders or (about_people and (changes.faces or changes.people)))

    def _load_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start(SCANNING_MS if self.context.scanning.job is not None else SOON_MS)

    def _resize(self, side: int) -> None:
        self._delegate.set_side(side)
        self.grid.set_tile(self._delegate.tile_size())

    def _open(self, index: QModelIndex) -> None:
        self.context.navigator.go("photo", index.data(ID), self.model.trail())

    def _show_menu(self, point: QPoint) -> None:
        pop_up(self, [self.files.all()], point)
