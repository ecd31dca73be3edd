"""A field for a day that may be left open."""

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

NO_DAY = QDate(1826, 1, 1)
"""The first photograph is of that summer: in a field this day means no limit."""


class DayField(QDateEdit):
    """Shows its name while no day is given; who goes into it begins at the likely day, which counts when it is chosen.

    Qt takes no typing while the words for "no day" stand in a field, and opens the calendar at the day that they hide.
    """

    chosen = Signal(object)
    """The day that the user has chosen, a `QDate`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._likely, self._open = QDate.currentDate(), True
        self._calendar: QCalendarWidget | None = None
        self.setAccessibleName(name)
        self.setDisplayFormat(_with_whole_years(QLocale().dateFormat(QLocale.FormatType.ShortFormat)))
        self.setMinimumDate(NO_DAY)
        self.setSpecialValueText(name)
        self.setKeyboardTracking(False)
        self.setCalendarPopup(True)
        self.dateChanged.connect(self._choose)
        self.show_day(None)

    @property
    def day(self) -> QDate | None:
        """The day that was given, None where it is open."""
        return None if self._open else self.date()

    def set_likely(self, day: QDate) -> None:
        """Begin here when somebody goes into the field while no day is given."""
        self._likely = day

    def show_day(self, day: QDate | None) -> None:
        """Show a day, or that none is given; this is no choice."""
        about_to_choose = day is None and self.hasFocus()
        if not (about_to_choose and self._open):
            self._put(day or (self._likely if about_to_choose else NO_DAY))
        self._open = day is None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the likely day."""
        if self._open:
            self._put(self._likely)
        if self._calendar is None:
            self._join_calendar()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the day open where none was chosen; the calendar is a part of the field."""
        super().focusOutEvent(event)
        if self._open and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._put(NO_DAY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the day that is shown with Enter; a sign between two numbers is typed without harm."""
        sign = event.text().isprintable() and event.text() and not event.text().isalnum()
        if sign and self.lineEdit().hasSelectedText():
            return  # Qt has gone on to the next number by itself, and would skip that one
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._open:
            self._choose(self.date())

    def _join_calendar(self) -> None:
        """Let a click on the day that is shown already count, which changes no date."""
        self._calendar = self.calendarWidget()
        self._calendar.clicked.connect(self._choose)
        self._calendar.activated.connect(self._choose)

    def _put(self, day: QDate) -> None:
        with QSignalBlocker(self):
            self.setDate(day)

    def _choose(self, day: QDate) -> None:
        self._open = day == NO_DAY
        self.chosen.emit(day)


def _with_whole_years(written: str) -> str:
    """Return a format of days with all four digits of the year: photos are of two centuries."""
    return written if "yyyy" in written else written.replace("yy", "yyyy")
