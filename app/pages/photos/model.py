"""Photos as tiles under the months they were taken in: the newest first, those without a date last."""

import numpy as np
from PySide6.QtCore import QDate, QLocale, QObject

from app.grid.grid_layout import Section
from app.grid.id_model import IdModel
from app.grid.tile import Standing, Tile
from app.pictures.pictures import Picture, Shape
from app.session.navigation import Trail
from app.style import texts
from engine.library.queries import PhotoIndex


class PhotosModel(IdModel):
    """Rows of a `PhotoIndex`, by the id of the photo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index: PhotoIndex | None = None

    def show(self, index: PhotoIndex) -> None:
        """Show these photos."""
        self._index = index
        self.set_rows(index.photo_ids, self._months(index))
        self.refresh_all()

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
        parts = [
            texts.day(float(index.taken_at[row])) or self.tr("Without a date"),
            texts.faces(int(index.faces[row])),
            self.tr("not there now") if missing else "",
        ]
        spoken = ", ".join(part for part in parts if part)
        return Tile(
            picture=Picture(Shape.PHOTO, photo),
            title=parts[0],
            standing=Standing.IGNORED if missing else Standing.PLAIN,
            spoken=spoken,
            tip=spoken,
        )

    def _months(self, index: PhotoIndex) -> list[Section]:
        dated = int(np.count_nonzero(~np.isnan(index.taken_at)))
        months = index.taken_at[:dated].astype("datetime64[s]").astype("datetime64[M]")
        firsts = np.flatnonzero(np.append([True], months[1:] != months[:-1])) if dated else np.empty(0, np.intp)
        counts = np.diff(np.append(firsts, dated))
        found = [
            Section(_month_name(months[first]), int(count), texts.photos(int(count)))
            for first, count in zip(firsts, counts, strict=True)
        ]
        undated = len(index) - dated
        if undated:
            found.append(Section(self.tr("Without a date"), undated, texts.photos(undated)))
        return found


def _month_name(month: np.datetime64) -> str:
    year, number = str(month).split("-")[-2:]
    return QLocale().toString(QDate(int(year), int(number), 1), "MMMM yyyy")
