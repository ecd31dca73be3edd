"""When a photo was taken: dates as programs and people write them, with how exact they are."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How exact a date is. What is finer than that in the date itself means nothing: it is the least possible."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


PRECISIONS = tuple(Precision)
"""By the numbers that stand for them in arrays, the most exact first."""


class TakenFrom(StrEnum):
    """Where a date came from, the most trustworthy first."""

    EXIF = "exif"
    IPTC = "iptc"
    GPS = "gps"
    XMP = "xmp"
    SIDECAR = "sidecar"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Taken:
    """When a photo was taken: `at` on the clock of the place, how exactly, and who says so."""

    at: datetime
    precision: Precision
    source: TakenFrom


@dataclass(frozen=True, slots=True)
class Date:
    """A date that was written somewhere."""

    at: datetime
    precision: Precision


FIRST_YEAR, LAST_YEAR = 1826, 2100
"""From the oldest photograph to a year that no clock shows by itself; other dates are clocks that were never set."""

_LONGEST = 64
"""Characters of a date that are looked at."""

_NUMERIC = re.compile(
    r"(?P<year>\d{4})(?:[\s:/.,_年-]*(?P<month>\d\d?)(?!\d{3})(?:[\s:/.,_月-]*(?P<day>\d\d?)(?!\d{3}))?)?日?(?P<rest>.*)",
    re.DOTALL,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<rest>(?:\D.*|\d{4}(?:\d\d)?(?:\D.*)?)?)$", re.DOTALL
)
_DAY_FIRST = re.compile(r"(?P<one>\d\d?)[/.:-](?P<other>\d\d?)[/.:-](?P<year>\d{4})(?!\d)(?P<rest>.*)", re.DOTALL)
_CLOCK = re.compile(
    r"[\sT:_.,-]*(?P<hour>\d\d?)\s*[:.h_-]?\s*(?P<minute>\d\d?)(?:\s*[:.m_-]?\s*(?P<second>\d\d?)(?!\d))?[\d.,]*"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm])?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_WORDS = re.compile(r"[A-Za-z]{3,9}")


def parse_date(written: object) -> Date | None:
    """Read a date as programs write it, from EXIF's "2024:05:06 07:08:09" and ISO 8601 on; None where there is none.

    Read too are blanks for zeros, single digits, missing or other separators, 24:08:19 (eight minutes past midnight: a
    clock that counts from 1 to 24 has turned the day by then), second 60, twelve hours with AM and PM, months by their
    English names, and dates without a time, a day or a month, whose place may hold zeros or blanks. Fractions of a
    second and offsets from UTC are left out: people look for photos by the clock of the place.
    """
    if isinstance(written, bytes):
        written = written.decode("latin-1")
    if not isinstance(written, str):
        return None
    text = written.split("\0")[0].strip()[:_LONGEST]
    for reader in (_compact, _numeric, _day_first, _spelt):
        date = reader(text)
        if date is not None:
            return date
    return None


def date_of(parts: tuple[int, int, int], clock: str = "") -> Date | None:
    """Return year, month and day (0: unknown) with the time of day that begins `clock`; None for no such day."""
    year, month, day = parts
    if not FIRST_YEAR <= year <= LAST_YEAR or month > 12 or day > 31:
        return None
    try:
        if not month:
            return Date(datetime(year, 1, 1), Precision.YEAR)  # noqa: DTZ001 local time by design
        if not day:
            return Date(datetime(year, month, 1), Precision.MONTH)  # noqa: DTZ001 local time by design
        at = datetime(year, month, day)  # noqa: DTZ001 local time by design
    except ValueError:
        return None
    elapsed = _since_midnight(clock)
    return Date(at, Precision.DAY) if elapsed is None else Date(at + elapsed, Precision.SECOND)


def _since_midnight(clock: str) -> timedelta | None:
    """Read a time of day; None where there is none. Hour 24 is midnight, second 60 the next minute."""
    match = _CLOCK.match(clock)
    if match is None:
        return None
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"][0] in "Pp")
    if hour > 24 or minute > 60 or second > 61:
        return None
    return timedelta(hours=hour % 24, minutes=minute, seconds=second)


def _compact(text: str) -> Date | None:
    match = _COMPACT.match(text)
    return date_of((int(match["year"]), int(match["month"]), int(match["day"])), match["rest"]) if match else None


def _numeric(text: str) -> Date | None:
    match = _NUMERIC.match(text)
    if match is None:
        return None
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    return date_of((int(match["year"]), month, day if month else 0), match["rest"] if day else "")


def _day_first(text: str) -> Date | None:
    """Read 22/08/2015; where both could be the month, only the year is certain."""
    match = _DAY_FIRST.match(text)
    if match is None:
        return None
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    if one == other or one > 12:
        return date_of((year, other, one), match["rest"])
    return date_of((year, one, other), match["rest"]) if other > 12 else date_of((year, 0, 0))


def _spelt(text: str) -> Date | None:
    """Read "Sat Aug 22 00:08:19 2015" and "22 August 2015 00:08:19"."""
    months = [_MONTHS[word[:3].lower()] for word in _WORDS.findall(text) if word[:3].lower() in _MONTHS]
    year = re.search(r"(?<![\d:])\d{4}(?![\d:])", text)
    day = re.search(r"(?<![\d:])\d\d?(?![\d:])", text)
    if not months or year is None:
        return None
    clock = re.search(r"\d\d?:\d\d(?::\d\d)?(?:\s*[AaPp][Mm])?", text)
    return date_of((int(year[0]), months[0], int(day[0]) if day else 0), clock[0] if clock else "")
