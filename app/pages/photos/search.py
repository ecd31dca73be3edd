"""Searching photos: a field for names, years and folders, chips for what is searched, and a sentence that says it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.names.name_edit import NameEdit
from app.pages.photos.filters import PhotoFilters
from app.pages.photos.offers import Offers
from app.pages.photos.several import meant_at_once
from app.pages.photos.term_chips import TermChips
from app.pages.photos.terms import (
    Searchable,
    Term,
    TermKind,
    dropped,
    spoken_search,
    terms_of,
    whose_photos,
    with_person,
    without_person,
)
from app.style.lettering import line_width
from app.style.theme import Space, TextSize
from app.widgets.label import Label
from app.widgets.widths import keep_as_wide
from engine.library.queries import PhotoSearch
from engine.words import fill

FIELD_WIDTH = 230
"""The least; what stands in the empty field has room in any case."""


class PhotosSearch(QWidget):
    """Holds the search; the page shows what it finds. The field itself stands in the page's head."""

    changed = Signal()
    left = Signal()
    """The user has finished typing and goes to the photos."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = self._own = PhotoSearch()
        self.known, self._asked = Searchable(complete=False), ""
        self._offers = Offers(self.known, "", "")
        self._count: int | None = None
        self.field, self.more = NameEdit(), QToolButton()
        self.chips, self.filters = TermChips(), PhotoFilters()
        self.said, self.clear_button = Label(), QToolButton()
        self._prepare()
        self._lay_out()
        self._connect()
        self._show()

    @property
    def searching(self) -> bool:
        """Whether anything is searched for."""
        return self.search != PhotoSearch()

    @property
    def whose(self) -> str:
        """Whose photos the place itself shows, in words; "" for everybody's."""
        return whose_photos(self._own, self.known)

    def begin(self, own: PhotoSearch, search: PhotoSearch) -> None:
        """Search for this from now on, without telling; `own` is what the place itself searches for."""
        self._own, self._asked = own, ""
        if search != self.search:
            self.search, self._count = search, None
        self._show()

    def know(self, known: Searchable) -> None:
        """Offer what can be searched for; what was asked before it was known is answered now."""
        self.known = known
        self._forget_gone(known)
        self._offers = Offers(known, self.tr("somebody unnamed"), self.tr("nobody at all"))
        self.field.set_names(self._offers.texts)
        self.filters.know(known)
        self._show()
        if self._asked:
            self._read(self._asked)

    def _forget_gone(self, known: Searchable) -> None:
        """Search no longer in a folder that was removed."""
        if self.search.folder_id is not None and self.search.folder_id not in known.folders:
            if self._own.folder_id == self.search.folder_id:
                self._own = replace(self._own, folder_id=None, below="")
            self._take(replace(self.search, folder_id=None, below=""))

    def show_count(self, count: int) -> None:
        """Say how many photos were found."""
        self._count = count
        self._show()

    def escape(self) -> bool:
        """Go back to what the place itself searches for, and say whether there was more."""
        more = self.search != self._own
        self._take(self._own)
        return more

    def clear(self) -> None:
        """Search for nothing more than the place does; again, for nothing at all."""
        self._take(self._own if self.search != self._own else PhotoSearch())

    def _prepare(self) -> None:
        self.field.setPlaceholderText(self.tr("Name, year or folder"))
        self.field.setAccessibleName(self.tr("Search photos by name, year or folder"))
        self.field.setToolTip(self.tr("Several at once: with commas between them"))
        keep_as_wide(self.field, self._width)
        self.more.setText(self.tr("Filter"))
        self.more.setCheckable(True)
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Search for nothing more (Esc)"))
        for button in (self.more, self.clear_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.filters.hide()

    def _width(self) -> int:
        return max(FIELD_WIDTH, line_width(self.field.placeholderText(), TextSize.BODY) + Space.HUGE)

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(Space.WIDE, 0, Space.WIDE, Space.SMALL)
        column.setSpacing(Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.chips, 1)
        row.addWidget(self.clear_button, alignment=Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.filters)
        column.addLayout(row)
        column.addWidget(self.said)

    def _connect(self) -> None:
        self.field.named.connect(self._read)
        self.field.textEdited.connect(self._ask_no_more)
        self.field.cancelled.connect(self._leave)
        self.more.toggled.connect(self._open_filters)
        self.chips.dropped.connect(lambda term: self._take(dropped(self.search, term)))
        self.chips.sense_clicked.connect(self._turn)
        self.filters.changed.connect(self._take)
        self.clear_button.clicked.connect(self.clear)

    def _read(self, typed: str) -> None:
        """Take what was chosen, else what is most likely meant."""
        self._asked = ""
        chosen = self.field.chosen
        keys = [chosen] if chosen is not None else meant_at_once(self._offers.texts, typed)
        if keys:
            self.field.clear()
            self._take(self._offers.taken(self.search, keys))
        elif not typed.strip():
            self.left.emit()
        elif self.known.complete:
            self._say(fill(self.tr("No name, year or folder begins with “{typed}”."), typed=typed.strip()))
        else:
            self._asked = typed
            self._say(fill(self.tr("Looking for “{typed}”…"), typed=typed.strip()))

    def _ask_no_more(self) -> None:
        if self._asked:
            self._asked = ""
            self._show()

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.show()
        self.said.show()

    def _leave(self) -> None:
        """Esc in the field: first what was typed goes, then the search, then the focus."""
        if self.field.text():
            self.field.clear()
            self._asked = ""
            self._show()
        elif not self.escape():
            self.left.emit()

    def _turn(self, term: Term) -> None:
        turn = without_person if term.kind is TermKind.WITH else with_person
        self._take(turn(self.search, term.person))

    def _take(self, search: PhotoSearch) -> None:
        if search != self.search:
            self.search = search
            self._show()
            self.changed.emit()

    def _open_filters(self, opened: bool) -> None:  # noqa: FBT001 the slot of a button that is checked or not
        self.filters.setVisible(opened)
        self._show()

    def _show(self) -> None:
        terms = terms_of(self.search, self.known)
        self.chips.show_terms(terms)
        self.filters.show_search(self.search)
        self.clear_button.setVisible(bool(terms))
        self.said.setVisible(bool(terms) and self._count is not None)
        if self._count is not None:
            self.said.setText(spoken_search(self.search, self.known, self._count))
        self.setVisible(bool(terms) or self.more.isChecked())
