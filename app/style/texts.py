"""Words that several pages share; every text goes through Qt's translation."""

import math
from datetime import datetime
from functools import lru_cache

from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from engine.errors import KinfolkError
from engine.scan.dates import Precision
from engine.words import Sentence, fill

translate = QCoreApplication.translate


class Counts:
    """Texts with a number, whose forms in each language, in English too, come from resources/translations.

    Qt's lupdate sees in Python that a text has such forms only where it is called so: `tr(text, comment, number)`.
    """

    @staticmethod
    def tr(text: str, comment: str, count: int) -> str:
        """Return the form of a text for a number."""
        return translate("Counts", text, comment, count)


def number(value: int) -> str:
    """Return a whole number as people write it here, with grouped digits."""
    return QLocale().toString(value)


def decimal(value: float, places: int, *, signed: bool = False) -> str:
    """Return a number with so many decimals as people write it here; with a plus where it is `signed`."""
    plus = "+" if signed and value >= 0 else ""
    return f"{plus}{QLocale().toString(value, 'f', places)}"


def faces(count: int) -> str:
    """Return "1 face", "1,204 faces"."""
    return Counts.tr("%Ln face(s)", "", count)


def photos(count: int) -> str:
    """Return "1 photo", "1,204 photos"."""
    return Counts.tr("%Ln photo(s)", "", count)


def people(count: int) -> str:
    """Return "1 person", "12 people"."""
    return Counts.tr("%Ln person(s)", "", count)


def problems(count: int) -> str:
    """Return "1 problem", "12 problems"."""
    return Counts.tr("%Ln problem(s)", "", count)


def answers_to_90(count: int) -> str:
    """Return "1 answer to 90 %", "12 answers to 90 %"."""
    return Counts.tr("%Ln answer(s) to 90 %", "", count)


def years_between(count: int) -> str:
    """Return "1 year between the photos", "12 years between the photos"."""
    return Counts.tr("%Ln year(s) between the photos", "", count)


def faces_alike(count: int) -> str:
    """Return "2 faces alike", "12 faces alike"."""
    return Counts.tr("%Ln face(s) alike", "", count)


def suggestions(count: int) -> str:
    """Return "1 suggestion", "12 suggestions"."""
    return Counts.tr("%Ln suggestion(s)", "", count)


def further(count: int, one_in: int) -> str:
    """Return "1 more question could be asked; …", "40 more questions could be asked; …"."""
    said = Counts.tr("%Ln more question(s) could be asked; perhaps one in {number} is a yes.", "", count)
    return fill(said, number=one_in)


def likely(chance: float) -> str:
    """Return "34 % likely"; nothing is quite sure, nor quite impossible."""
    return fill(translate("Review", "{percent} % likely"), percent=min(99, max(1, round(chance * 100))))


def expected_yes(count: int, share: float) -> str:
    """Return of how many candidates one yes is expected: "12, perhaps one in 5 is a yes"."""
    said = translate("Counts", "{number}, perhaps one in {count} is a yes")
    if share >= 0.4:
        return number(count)
    return fill(said, number=number(count), count=max(2, round(1 / share)))


def yes_to_sure(count: int) -> str:
    """Return "Yes to the sure one", "Yes to the 12 sure ones"."""
    return Counts.tr("Yes to the %Ln sure one(s)", "", count)


def steps_undone(count: int) -> str:
    """Return "1 step would be undone.", "12 steps would be undone."."""
    return Counts.tr("%Ln step(s) would be undone.", "", count)


def steps_redone(count: int) -> str:
    """Return "1 step would be done again.", "12 steps would be done again."."""
    return Counts.tr("%Ln step(s) would be done again.", "", count)


def day(taken_at: float, precision: Precision = Precision.SECOND) -> str:
    """Return the day of a moment, seconds on the camera's clock since 1970, as people write it; "" for NaN.

    Where the date is less exact, the month or the year.
    """
    if math.isnan(taken_at):
        return ""
    return _written(int(taken_at // 86_400), precision, QLocale().name())


def date(at: datetime, precision: str | None = None) -> str:
    """Return the day of a moment on the camera's clock, or the month or year where no more is known of it."""
    return _on(QDate(at.year, at.month, at.day), Precision(precision or Precision.SECOND))


def month(at: datetime, precision: str | None = None) -> str:
    """Return the month of a moment on the camera's clock, or the year where no more is known of it."""
    known = Precision.YEAR if precision == Precision.YEAR else Precision.MONTH
    return _on(QDate(at.year, at.month, at.day), known)


def month_name(year: int, number: int) -> str:
    """Return "June 1998", as people write it."""
    return _on(QDate(year, number, 1), Precision.MONTH)


def year_name(year: int) -> str:
    """Return a year, without grouped digits."""
    return _on(QDate(year, 1, 1), Precision.YEAR)


def moment(at: datetime) -> str:
    """Return a moment, which knows its time zone, as people write it here."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), QLocale.FormatType.ShortFormat)


def time_left(seconds: float) -> str:
    """Return how long something still takes, in round numbers."""
    if seconds < 60:
        return translate("Counts", "less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        return fill(translate("Counts", "{minutes} min left"), minutes=minutes)
    return fill(translate("Counts", "{hours} h left"), hours=round(minutes / 60))


def nameless() -> str:
    """Return what a person without a name is called."""
    return translate("Counts", "Somebody without a name")


def called(name: str | None) -> str:
    """Return the name, or what a person without one is called."""
    return name or nameless()


def called_within(name: str | None) -> str:
    """Return the same in the middle of a sentence."""
    return name or translate("Counts", "somebody without a name")


def called_shortly(name: str | None, letters: int = 32) -> str:
    """Return the same in at most so many letters, for where a long name would push other things away."""
    whole = called(name)
    return whole if len(whole) <= letters else f"{whole[: letters - 1].rstrip()}…"


def spoken_error(error: object) -> str:
    """Return an error's sentence and hint where they were written for the user; "" for a fault, which is reported."""
    return told(error) if isinstance(error, KinfolkError) else ""


def told(said: str | KinfolkError) -> str:
    """Return what the engine says, a sentence or an error with its hint, in the language in use; other texts as is."""
    return said.told() if isinstance(said, KinfolkError | Sentence) else said


def plain_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is: tool tips guess what is markup."""
    return QtGui.Qt.convertFromPlainText(text) if QtGui.Qt.mightBeRichText(text) else text


@lru_cache(maxsize=4_096)
def _written(days: int, precision: Precision, _language: str) -> str:
    """Return the day so many days after 1970-01-01; grids ask for the same ones at every paint."""
    return _on(QDate(1970, 1, 1).addDays(days), precision)


def _on(day: QDate, precision: Precision) -> str:
    """Return a day as exactly as it is known, in the forms of the language, which QLocale has for whole dates only."""
    if precision is Precision.YEAR:
        return QLocale().toString(day, translate("Counts", "yyyy"))
    if precision is Precision.MONTH:
        return QLocale().toString(day, translate("Counts", "MMMM yyyy"))
    return QLocale().toString(day, QLocale.FormatType.LongFormat)
