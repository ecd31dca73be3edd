"""Dates are shown as exactly as they are known, and no more."""

from datetime import datetime

import numpy as np
from pytestqt.qtbot import QtBot

from app.pages.photos.model import PhotosModel
from app.style import texts
from engine.library.queries import PhotoIndex
from engine.scan.dates import PRECISIONS, Precision


def index(*photos: tuple[str, Precision]) -> PhotoIndex:
    count = len(photos)
    moments = np.array([np.datetime64(at, "s").astype(np.int64) for at, _ in photos], np.float64)
    return PhotoIndex(
        ratios=np.ones(count, np.float32),
        photo_ids=np.arange(count),
        taken_at=moments,
        precisions=np.array([PRECISIONS.index(precision) for _, precision in photos], np.int8),
        faces=np.zeros(count, np.int32),
        folder_ids=np.ones(count, np.int64),
        missing=np.zeros(count, bool),
        pictures=np.arange(count),
    )


def test_words_say_no_more_than_is_known() -> None:
    at = datetime.fromisoformat("1998-06-14T12:30:00")
    assert "14" in texts.date(at)
    assert "14" in texts.date(at, "day")
    assert texts.date(at, "month") == "June 1998"
    assert texts.date(at, "year") == "1998"
    assert (texts.month(at), texts.month(at, "year")) == ("June 1998", "1998")
    seconds = float(np.datetime64(at, "s").astype(np.int64))
    assert texts.day(seconds) == texts.date(at)
    assert [texts.day(seconds, each) for each in (Precision.MONTH, Precision.YEAR)] == ["June 1998", "1998"]


def test_photos_of_a_year_stand_below_the_year_and_not_below_its_january(qtbot: QtBot) -> None:
    model = PhotosModel()
    model.show(
        index(
            ("1999-02-01T00:00:00", Precision.MONTH),
            ("1999-01-20T10:00:00", Precision.SECOND),
            ("1999-01-01T00:00:00", Precision.YEAR),
            ("1998-06-01T00:00:00", Precision.MONTH),
            ("1998-01-01T00:00:00", Precision.YEAR),
        )
    )
    headings = [(section.title, section.count) for section in model.sections]
    assert headings == [("January – February 1999", 2), ("1999", 1), ("June 1998", 1), ("1998", 1)]
    assert [model.tile(row).title for row in (0, 2, 4)] == ["February 1999", "1999", "1998"]
