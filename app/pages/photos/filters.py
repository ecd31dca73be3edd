"""The conditions of a search that are chosen rather than typed: place, time, number of faces, nobody else."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QWidget

from app.pages.photos.day_field import DayField
from app.pages.photos.terms import Searchable, in_year
from app.style import texts
from app.style.accessible import name_without_label
from app.style.theme import Space
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from app.widgets.number_box import number_box
from engine.library.queries import PhotoSearch

MOST_FACES = 99
INDENT = "    "


class PhotoFilters(QWidget):
    """Shows a search and tells how the user changes it."""

    changed = Signal(object)
    """The `PhotoSearch` as it is wanted now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = PhotoSearch()
        self.place, self.year = QComboBox(), QComboBox()
        self.since, self.until = DayField(self.tr("From"), self), DayField(self.tr("To"), self)
        self.fewest = self._count_field(self.tr("At least so many faces"), 0)
        self.most = self._count_field(self.tr("At most so many faces"), -1)
        self.exactly = QCheckBox(self.tr("nobody else"))
        self.exactly.setToolTip(self.tr("Nobody else who has a name is in the photo"))
        self.unnamed = QCheckBox(self.tr("somebody unnamed"))
        self.unnamed.setToolTip(self.tr("Somebody who has no name yet is in the photo"))
        for box, name in ((self.place, self.tr("Folder")), (self.year, self.tr("Year"))):
            name_without_label(box, name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.setMinimumContentsLength(16)
        self.year.setMinimumContentsLength(8)
        self._lay_out()
        self._connect()
        self.know(Searchable())

    def know(self, known: Searchable) -> None:
        """Offer these folders, sub-folders and years, as soon as somebody looks: there may be thousands."""
        self._known, self._filled = known, False
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what is known by now."""
        self._fill()
        super().showEvent(event)

    def _fill(self) -> None:
        if self._filled:
            return
        self._filled, known = True, self._known
        with QSignalBlocker(self.place), QSignalBlocker(self.year):
            self.place.clear()
            self.place.addItem(self.tr("Everywhere"), (None, ""))
            for folder, path in known.folders.items():
                self.place.addItem(path.name or str(path), (folder, ""))
                for below in (one for one in known.sub_folders if one.folder_id == folder):
                    *above, name = below.below.split("/")
                    self.place.addItem(INDENT * (len(above) + 1) + name, (folder, below.below))
            self.year.clear()
            self.year.addItem(self.tr("Any time"), None)
            for year in known.years:
                self.year.addItem(str(year), year)
        if known.years:
            self.since.set_likely(QDate(min(known.years), 1, 1))
            self.until.set_likely(QDate(max(known.years), 12, 31))
        self.show_search(self._search)

    def show_search(self, search: PhotoSearch) -> None:
        """Show the conditions of a search."""
        self._search = search
        fields = (self.place, self.year, self.since, self.until, self.fewest, self.most, self.exactly, self.unnamed)
        blockers = [QSignalBlocker(field) for field in fields]
        self.place.setCurrentIndex(self._row_of(self.place, (search.folder_id, search.below)))
        year = search.since.year if search.since is not None else None
        whole = year is not None and in_year(search, year) == search
        self.year.setCurrentIndex(self._row_of(self.year, year if whole else None))
        self.since.show_day(_day(search.since))
        self.until.show_day(_day(search.until - timedelta(days=1) if search.until is not None else None))
        self.fewest.setValue(search.fewest_faces)
        self.most.setValue(-1 if search.most_faces is None else search.most_faces)
        self.exactly.setChecked(search.exactly)
        self.exactly.setEnabled(bool(search.everyone))
        self.unnamed.setChecked(search.unnamed)
        for blocker in blockers:
            blocker.unblock()

    def _row_of(self, box: QComboBox, value: object) -> int:
        return next((row for row in range(box.count()) if box.itemData(row) == value), 0)

    def _lay_out(self) -> None:
        # What belongs together stays in one line.
        days = _together(self.since, Label("–"), self.until)
        faces = _together(Label(self.tr("Faces")), self.fewest, Label("–"), self.most)
        row = FlowLayout(self)
        for widget in (self.place, self.year, days, faces, self.exactly, self.unnamed):
            row.addWidget(widget)

    def _connect(self) -> None:
        self.place.activated.connect(lambda _row: self._place())
        self.year.activated.connect(lambda _row: self._year())
        for field in (self.since, self.until):
            field.chosen.connect(lambda _day: self._time())
        for count in (self.fewest, self.most):
            count.valueChanged.connect(lambda _count: self._faces())
        self.exactly.toggled.connect(lambda yes: self._tell(replace(self._search, exactly=yes)))
        self.unnamed.toggled.connect(lambda yes: self._tell(replace(self._search, unnamed=yes)))

    def _place(self) -> None:
        folder, below = self.place.currentData()
        self._tell(replace(self._search, folder_id=folder, below=below))

    def _year(self) -> None:
        year = self.year.currentData()
        timeless = replace(self._search, since=None, until=None)
        self._tell(timeless if year is None else in_year(self._search, year))

    def _time(self) -> None:
        since, until = _moment(self.since.day), _moment(self.until.day)
        end = until + timedelta(days=1) if until is not None else None
        self._tell(replace(self._search, since=since, until=end))

    def _faces(self) -> None:
        most = self.most.value()
        self._tell(replace(self._search, fewest_faces=self.fewest.value(), most_faces=most if most >= 0 else None))

    def _tell(self, search: PhotoSearch) -> None:
        self._search = search
        self.changed.emit(search)

    def _count_field(self, name: str, least: int) -> QSpinBox:
        field = number_box(self)
        field.setAccessibleName(name)
        field.setToolTip(texts.plain_tip(name))
        field.setRange(least, MOST_FACES)
        field.setSpecialValueText(self.tr("any"))
        field.setKeyboardTracking(False)
        return field


def _together(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.SMALL)
    for widget in widgets:
        row.addWidget(widget)
    return group


def _day(moment: datetime | None) -> QDate | None:
    return None if moment is None else QDate(moment.year, moment.month, moment.day)


def _moment(day: QDate | None) -> datetime | None:
    return None if day is None else datetime(day.year(), day.month(), day.day())  # noqa: DTZ001 a camera's clock has no zone
