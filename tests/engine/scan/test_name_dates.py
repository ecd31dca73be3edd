"""Dates in file names and sidecars."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scan.dates import TakenFrom
from engine.scan.name_dates import date_in_name
from engine.scan.taken import taken_beside

CASES = """
IMG_20190502_123456.jpg|2019-05-02T12:34:56|second
PXL_20210102_030405123.PORTRAIT.jpg|2021-01-02T03:04:05|second
IMG-20190502-WA0004.jpg|2019-05-02T00:00:00|day
WhatsApp Image 2019-05-02 at 1.34.56 PM (1).jpeg|2019-05-02T13:34:56|second
Screenshot_20190201-212530_Browser.jpg|2019-02-01T21:25:30|second
Screenshot 2023-01-02 at 9.04.05 AM.png|2023-01-02T09:04:05|second
Bildschirmfoto 2013-01-02 um 03.04.05.png|2013-01-02T03:04:05|second
Capture d’écran 2019-05-02 à 12.34.56.png|2019-05-02T12:34:56|second
signal-2018-08-21-100217.jpg|2018-08-21T10:02:17|second
2011-07-19 11.36.39-1.jpg|2011-07-19T11:36:39|second
photo_5@02-05-2019_12-34-56.jpg|2019-05-02T12:34:56|second
00100dPORTRAIT_00100_BURST20190502123456789_COVER.jpg|2019-05-02T12:34:56|second
WP_20140102_03_04_05_Pro.jpg|2014-01-02T03:04:05|second
C360_2014-01-02-03-04-05-678.jpg|2014-01-02T03:04:05|second
DJI_20190502123456_0001_D.JPG|2019-05-02T12:34:56|second
FB_IMG_1556812345678.jpg|2019-05-02T00:00:00|day
mmexport1556812345678.jpg|2019-05-02T00:00:00|day
Scan 2019.05.02.jpg|2019-05-02T00:00:00|day
1998-07 beach.jpg|1998-07-01T00:00:00|month
05-06-2019 garden.jpg|2019-01-01T00:00:00|year
"""
NONE = ("DSC_1998.jpg", "P1020304.JPG", "DSC01234.JPG", "12345678.jpg", "20191350_111111.jpg",
        "Snapchat-1234567890.jpg",
        "20190230_101010.jpg", "received_1234567890123456.jpg", "IMG_2019.jpg", ".jpg", "a")  # fmt: skip


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_names_as_cameras_and_messengers_write_them(case: str) -> None:
    name, at, precision = case.split("|")
    date = date_in_name(name)
    assert date is not None
    assert (date.at.isoformat(), date.precision) == (at, precision)


@pytest.mark.parametrize("name", NONE)
def test_numbers_that_are_no_dates(name: str) -> None:
    assert date_in_name(name) is None


@given(st.text(max_size=80) | st.binary(max_size=60).map(os.fsdecode))
def test_no_name_raises(name: str) -> None:
    date = date_in_name(name)
    assert date is None or 1826 <= date.at.year <= 2101


def test_a_sidecar_comes_before_the_name(tmp_path: Path) -> None:
    photo = tmp_path / "IMG_20190502_123456.jpg"
    named = taken_beside(photo)
    assert named is not None
    assert named.source is TakenFrom.NAME
    sidecars = {
        f"{photo.name}.xmp": b'<x exif:DateTimeOriginal="2011-02-03T04:05:06"/>',
        "IMG_20190502_123456.xmp": b"<photoshop:DateCreated>2011-02</photoshop:DateCreated>",
        f"{photo.name}.json": json.dumps({"photoTakenTime": {"timestamp": "1296705906"}}).encode(),
        f"{photo.name}.supplemental-met.json"[:46]: b"",
    }
    for name, content in sidecars.items():
        (tmp_path / name).write_bytes(content)
        taken = taken_beside(photo)
        assert taken is not None
        if content:
            assert (taken.source, taken.at.year, taken.at.month) == (TakenFrom.SIDECAR, 2011, 2), name
        (tmp_path / name).unlink()


@given(st.binary(max_size=300))
def test_damaged_sidecars_say_nothing(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("sidecars")
    for suffix in (".xmp", ".json"):
        (folder / f"photo.jpg{suffix}").write_bytes(content)
    taken = taken_beside(folder / "photo.jpg")
    assert taken is None or taken.source is TakenFrom.SIDECAR
