"""Dates in the names of files, as cameras, messengers and screenshots write them."""

import re
from datetime import UTC, datetime

from engine.scan.dates import Date, Precision, date_of

_FIRST_YEAR = 1970
"""An earlier year with month and day is more likely part of a number."""

_SOLID_CLOCK = re.compile(r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>[0-6]\d)?\d{0,6}(?!\d)(?P<half>)")
_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])(?P<colon>[\s:._h-])(?P<minute>[0-5]\d)(?:(?P=colon)(?P<second>[0-6]\d))?(?!\d)"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm])?"
)
_BETWEEN = re.compile(r"[\s_]*(?:at|um|à|a las|alle|om|kl\.?|às|в|T)[\s_]*|\s-\s|[\s_.,-]{1,3}")
_DASHED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<dash>[-_. ])(?P<month>0\d|1[0-2])(?P=dash)(?P<day>[0-2]\d|3[01])(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>[0-2]\d|3[01])(?P<dash>[-_. ])(?P<month>0\d|1[0-2])(?P=dash)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_SOLID = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d{1,3}(?!\d))")
_DIGITS = re.compile(r"(?:(?<!\d)|(?<=BURST))\d{8,17}(?!\d)")
_MONTH_ONLY = re.compile(r"(?P<year>(?:19|20)\d\d)[-_.](?P<month>0[1-9]|1[0-2])(?![\d])(?![-_.]\d)")
_TELEGRAM = "@"
"""Stands before the day in "photo_5@02-05-2019_12-34-56"."""

_MILLISECONDS = re.compile(
    r"^(?:(?:FB_IMG|mmexport|wx_camera|received|image|img|Screenshot|IMG|beauty|pitu|tumblr|inshot)[_-]?)?(?P<since>1[0-9]{12})(?!\d)",
    re.IGNORECASE,
)


def date_in_name(name: str) -> Date | None:
    """Return the date that a file's name (without its folders) holds; None where it holds none.

    2019-05-02 and 20190502 anywhere in it, with a time behind it or without, a month at its start ("1998-07 beach"),
    and milliseconds since 1970 as messengers write them: those are of Greenwich, so that only the day counts.
    """
    stem = name.rpartition(".")[0] or name
    dates = [_date(match, stem) for pattern in (_DASHED, _DAY_FIRST) for match in pattern.finditer(stem)]
    dates += [_date(match, stem) for run in _DIGITS.finditer(stem) if (match := _SOLID.match(stem, run.start()))]
    found = (date for date in [*dates, _since_1970(stem), _month(stem)] if date is not None)
    return next(found, None)


def _date(match: "re.Match[str]", stem: str) -> Date | None:
    """Return the date that was found in a name, with the time of day that stands behind it."""
    parts = int(match["year"]), int(match["month"]), int(match["day"])
    if match.re is _DAY_FIRST and parts[1] != parts[2] <= 12 and stem[match.start() - 1 : match.start()] != _TELEGRAM:
        return date_of((parts[0], 0, 0))  # either number may be the month
    if parts[0] < _FIRST_YEAR or not all(parts):
        return None
    between = _BETWEEN.match(stem, match.end())
    begins = between.end() if between else match.end()
    clock = _SOLID_CLOCK.match(stem, begins) or (_CLOCK.match(stem, begins) if between else None)
    if clock is None:
        return date_of(parts)
    half = f" {clock['half']}m" if clock["half"] else ""
    return date_of(parts, f"{clock['hour']}:{clock['minute']}:{clock['second'] or '00'}{half}")


def _since_1970(stem: str) -> Date | None:
    match = _MILLISECONDS.match(stem)
    if match is None:
        return None
    day = datetime.fromtimestamp(int(match["since"]) / 1000, UTC).replace(tzinfo=None)
    return Date(day.replace(hour=0, minute=0, second=0, microsecond=0), Precision.DAY)


def _month(stem: str) -> Date | None:
    match = _MONTH_ONLY.match(stem)
    return date_of((int(match["year"]), int(match["month"]), 0)) if match else None
