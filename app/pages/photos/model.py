"""Photos as tiles under the months they were taken in: the newest first, those without a date last."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject

from app.grid.grid_layout import Section
from app.grid.id_model import IdModel
from app.grid.tile import Standing, Tile
from app.pictures.pictures import Picture, Shape
from app.session.navigation import Trail
from app.style import texts
from engine.library.queries import PhotoIndex
from engine.scan.dates import PRECISIONS, Precision
from engine.words import fill

THIN = 4
"""A month with fewer photos than this is joined with its neighbours."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Photos of some months of a year, from `first` to `last`, or of a year of which the month is not known."""

    year: int
    first: int
    last: int
    of_year: bool
    count: int


class PhotosModel(IdModel):
    """Rows of a `PhotoIndex`, by the id of the photo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index: PhotoIndex | None = None
        self._years: list[int] = []
        self.headings = 0
        """How many headings the photos stand under."""

    def show(self, index: PhotoIndex) -> None:
        """Show these photos; their years and headings are known before rows change."""
        before, self._index = self._index, index
        if before is None or not np.array_equal(before.ratios, index.ratios):
            self.revision += 1
        months = self._months(index)
        self.headings = len(months)
        self.set_rows(index.photo_ids, months)
        self.refresh_all()

    @property
    def ratios(self) -> NDArray[np.float32]:
        """Width by height of each row's photo, (n,)."""
        index = self._index
        return index.ratios if index is not None and len(index) == len(self.ids) else np.ones(len(self.ids), np.float32)

    def years(self) -> list[tuple[str, int]]:
        """Return the years that begin, as text, each with its first section."""
        found: dict[int, int] = {}
        for place, year in enumerate(self._years):
            found.setdefault(year, place)
        return [(texts.year_name(year), place) for year, place in found.items()]

    def trail(self) -> Trail:
        """Return the photos as they are listed, for whoever opens one of them."""
        return self.ids

    def tile(self, row: int) -> Tile:
        """Show the photo alone; what else is known of it is said."""
        index, photo = self._index, int(self.ids[row])
        if index is None or row >= len(index) or index.photo_ids[row] != photo:
            # Rows move one after the other: until all have, a row is known by its id alone.
            return Tile(Picture(Shape.PHOTO, photo))
        missing = bool(index.missing[row])
        day = texts.day(float(index.taken_at[row]), PRECISIONS[index.precisions[row]]) or self.tr("Without a date")

        def said() -> str:
            parts = day, texts.faces(int(index.faces[row])), self.tr("not there now") if missing else ""
            return ", ".join(part for part in parts if part)

        return Tile(
            picture=Picture(Shape.PHOTO, photo),
            title=day,
            standing=Standing.IGNORED if missing else Standing.PLAIN,
            say=said,
            explain=said,
        )

    def _heading(self, span: _Span) -> str:
        if span.of_year:
            return texts.year_name(span.year)
        if span.first == span.last:
            return texts.month_name(span.year, span.first)
        first, last = (QLocale().standaloneMonthName(number) for number in (span.first, span.last))
        return fill(self.tr("{first} – {last} {year}"), first=first, last=last, year=texts.year_name(span.year))

    def _months(self, index: PhotoIndex) -> list[Section]:
        dated = int(np.count_nonzero(~np.isnan(index.taken_at)))
        months = index.taken_at[:dated].astype("datetime64[s]").astype("datetime64[M]")
        # Photos of which only the year is known come after all others of that year.
        years = index.precisions[:dated] == PRECISIONS.index(Precision.YEAR)
        changes = (months[1:] != months[:-1]) | (years[1:] != years[:-1])
        firsts = np.flatnonzero(np.append([True], changes)) if dated else np.empty(0, np.intp)
        counts = np.diff(np.append(firsts, dated))
        each = zip(firsts, counts, strict=True)
        spans = _merged([_Span(*_parts(months[at]), bool(years[at]), int(count)) for at, count in each])
        self._years = [span.year for span in spans]
        found = [Section(self._heading(span), span.count, texts.photos(span.count), beside=True) for span in spans]
        undated = len(index) - dated
        if undated:
            found.append(Section(self.tr("Without a date"), undated, texts.photos(undated), beside=True))
        return found


def _parts(month: np.datetime64) -> tuple[int, int, int]:
    """Return the year and, twice, the month."""
    year, number = str(month).split("-")[-2:]
    return int(year), int(number), int(number)


def _merged(spans: list[_Span]) -> list[_Span]:
    """Join neighbouring months of one year that have few photos each."""
    found: list[_Span] = []
    for span in spans:
        before = found[-1] if found else None
        if (
            before is not None
            and before.year == span.year
            and not (before.of_year or span.of_year)
            and span.count < THIN
            and before.count < THIN * (before.last - before.first + 1)
        ):
            found[-1] = _Span(span.year, span.first, before.last, before.of_year, before.count + span.count)
        else:
            found.append(span)
    return found
