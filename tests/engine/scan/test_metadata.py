"""When a photo was taken, from what it says itself."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin, TiffImagePlugin

from engine.scan.decode import decode, read_photo
from engine.scan.metadata import orientation_of, parse_date, taken_at

at = datetime.fromisoformat
ORIGINAL, DIGITIZED = ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized


def exif_with(original: object = None, digitized: object = None, changed: object = None) -> Image.Exif:
    exif = Image.Exif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details.update({tag: value for tag, value in ((ORIGINAL, original), (DIGITIZED, digitized)) if value is not None})
    if changed is not None:
        exif[ExifTags.Base.DateTime] = changed
    return exif


def test_the_shutter_comes_before_the_scanner_and_the_editor() -> None:
    first, second, third = "2001:02:03 04:05:06", "2002:02:03 04:05:06", "2003:02:03 04:05:06"
    assert taken_at(exif_with(first, second, third)) == at("2001-02-03T04:05:06")
    assert taken_at(exif_with(None, second, third)) == at("2002-02-03T04:05:06")
    assert taken_at(exif_with("0000:00:00 00:00:00", "    :  :     :  :  ", third)) == at("2003-02-03T04:05:06")
    assert taken_at(Image.Exif()) is None


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024:05:06 07:08:09", at("2024-05-06T07:08:09")),
        (b"2024:05:06 07:08:09\0", at("2024-05-06T07:08:09")),
        ("2024-05-06T07:08:09.25+02:00", at("2024-05-06T07:08:09")),
        ("2024:05:06 07:08", at("2024-05-06T07:08:00")),
        ("2024:05:06", at("2024-05-06T00:00:00")),
        ("1900:01:01 00:00:00", at("1900-01-01T00:00:00")),
        ("0000:00:00 00:00:00", None),
        ("0001:01:01 00:00:00", None),
        ("2023:02:30 10:00:00", None),
        ("2024:05:06 25:00:00", None),
        ("                   ", None),
        ("", None),
        ("yesterday", None),
        (b"\xff\xfe\x00", None),
        (20240506, None),
        (None, None),
    ],
)
def test_dates_as_they_are_written(written: object, date: datetime | None) -> None:
    assert parse_date(written) == date


@given(st.text() | st.binary() | st.integers() | st.floats() | st.tuples(st.integers()))
def test_no_value_of_a_tag_raises(value: object) -> None:
    assert parse_date(value) is None or isinstance(parse_date(value), datetime)


@given(st.datetimes(min_value=at("1826-01-01T00:00:00"), timezones=st.none()))
def test_every_date_written_as_exif_writes_it_is_read(date: datetime) -> None:
    whole = date.replace(microsecond=0)
    written = f"{whole.year:04}:{whole.month:02}:{whole.day:02} {whole.hour:02}:{whole.minute:02}:{whole.second:02}"
    assert parse_date(written) == whole


def test_xmp_counts_where_exif_is_silent() -> None:
    attribute = b'<rdf:Description xmp:CreateDate="2015-06-07T08:09:10"/>'
    element = b"<exif:DateTimeOriginal>2014-06-07T08:09:10Z</exif:DateTimeOriginal>"
    assert taken_at(Image.Exif(), attribute) == at("2015-06-07T08:09:10")
    assert taken_at(Image.Exif(), attribute + element) == at("2014-06-07T08:09:10")
    assert taken_at(exif_with("2001:02:03 04:05:06"), attribute) == at("2001-02-03T04:05:06")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_format_tells_its_date(kind: str) -> None:
    file = io.BytesIO()
    exif = exif_with("2001:02:03 04:05:06")
    exif[ExifTags.Base.Make] = "Pinhole"  # Pillow writes no block without a tag in its first directory
    Image.new("RGB", (8, 8)).save(file, kind, exif=exif)
    assert decode(file.getvalue(), side=0).taken_at == at("2001-02-03T04:05:06")


@pytest.mark.parametrize("pages", [1, 2])
def test_tiff_tells_its_date_also_when_turned(pages: int) -> None:
    file, tags = io.BytesIO(), TiffImagePlugin.ImageFileDirectory_v2()
    tags[ExifTags.IFD.Exif] = {ORIGINAL: "2001:02:03 04:05:06"}
    tags[ExifTags.Base.Orientation] = 6
    picture = Image.new("RGB", (8, 16))
    more = [picture] * (pages - 1)
    picture.save(file, "TIFF", tiffinfo=tags, save_all=True, append_images=more)
    content = decode(file.getvalue(), side=0)
    assert (content.taken_at, content.width) == (at("2001-02-03T04:05:06"), 16)


def test_png_tells_its_date_in_xmp() -> None:
    file, text = io.BytesIO(), PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", '<x xmp:CreateDate="2015-06-07T08:09:10"/>')
    Image.new("RGB", (8, 8)).save(file, "PNG", pnginfo=text)
    assert decode(file.getvalue(), side=0).taken_at == at("2015-06-07T08:09:10")


def test_photos_of_real_cameras(shared_data: Path) -> None:
    folder = shared_data / "formats"
    assert read_photo(folder / "pillow" / "flower2.jpg", side=0)[1].taken_at == at("2013-07-04T17:24:41")
    assert read_photo(folder / "photoprism" / "example.bmp", side=0)[1].taken_at is None


@pytest.mark.parametrize("value", ["6", 0, 9, -1, None, (6,), 1.0])
def test_orientations_that_do_not_exist(value: object) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = value
    assert orientation_of(exif) == 1
