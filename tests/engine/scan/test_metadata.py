"""When a photo was taken, from what it says itself."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin, TiffImagePlugin

from engine.scan.dates import Precision, TakenFrom, parse_date
from engine.scan.decode import decode, read_photo
from engine.scan.metadata import Parts, taken_by, taken_of, turn_of
from engine.scan.quiet_decoders import quiet_decoders

at = datetime.fromisoformat
ORIGINAL, DIGITIZED = ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized


def exif_with(original: object = None, digitized: object = None, changed: object = None) -> Image.Exif:
    exif = Image.Exif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details.update({tag: value for tag, value in ((ORIGINAL, original), (DIGITIZED, digitized)) if value is not None})
    if changed is not None:
        exif[ExifTags.Base.DateTime] = changed
    return exif


def date_of(exif: Image.Exif, iptc: bytes = b"", xmp: bytes = b"") -> datetime | None:
    taken = taken_by(exif, iptc, xmp)
    return taken.at if taken else None


def test_the_shutter_comes_before_the_scanner_and_the_editor() -> None:
    first, second, third = "2001:02:03 04:05:06", "2002:02:03 04:05:06", "2003:02:03 04:05:06"
    assert date_of(exif_with(first, second, third)) == at("2001-02-03T04:05:06")
    assert date_of(exif_with(None, second, third)) == at("2002-02-03T04:05:06")
    assert date_of(exif_with("0000:00:00 00:00:00", "    :  :     :  :  ", third)) == at("2003-02-03T04:05:06")
    assert date_of(Image.Exif()) is None


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
        ("2024:05:06 25:00:00", at("2024-05-06T00:00:00")),
        # An Android phone past midnight, a leap second, blanks for zeros, single digits, no separators.
        ("2015:08:22 24:08:19", at("2015-08-22T00:08:19")),
        ("2012:06:30 23:59:60", at("2012-07-01T00:00:00")),
        ("2004: 2: 7  8: 5: 9", at("2004-02-07T08:05:09")),
        ("2004:2:7 8:05:09", at("2004-02-07T08:05:09")),
        ("20110719 113639", at("2011-07-19T11:36:39")),
        ("20110719113639", at("2011-07-19T11:36:39")),
        ("20110719T113639Z", at("2011-07-19T11:36:39")),
        ("2011/07/19 11.36.39", at("2011-07-19T11:36:39")),
        ("2011-07-19 01:36:39 PM", at("2011-07-19T13:36:39")),
        ("2011:07:19 12:36:39 am", at("2011-07-19T00:36:39")),
        ("19/07/2011 11:36:39", at("2011-07-19T11:36:39")),
        ("07/19/2011 11:36:39", at("2011-07-19T11:36:39")),
        ("Tue Jul 19 11:36:39 2011", at("2011-07-19T11:36:39")),
        ("19 July 2011 11:36:39", at("2011-07-19T11:36:39")),
        ("2011年7月19日 11:36:39", at("2011-07-19T11:36:39")),
        ("2011:07:19 11:36:39\0\0rubbish", at("2011-07-19T11:36:39")),
        ("2101:01:01 00:00:00", None),
        ("                   ", None),
        ("", None),
        ("yesterday", None),
        (b"\xff\xfe\x00", None),
        (20240506, None),
        (None, None),
    ],
)
def test_dates_as_they_are_written(written: object, date: datetime | None) -> None:
    assert read(written) == date


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [
        ("2011:07:19 11:36:39", "2011-07-19T11:36:39", Precision.SECOND),
        ("2011:07:19   :  :  ", "2011-07-19T00:00:00", Precision.DAY),
        ("20110719", "2011-07-19T00:00:00", Precision.DAY),
        ("2011:07:00 00:00:00", "2011-07-01T00:00:00", Precision.MONTH),
        ("2011-07", "2011-07-01T00:00:00", Precision.MONTH),
        ("July 2011", "2011-07-01T00:00:00", Precision.MONTH),
        ("2011:00:00 00:00:00", "2011-01-01T00:00:00", Precision.YEAR),
        ("2011:  :     :  :  ", "2011-01-01T00:00:00", Precision.YEAR),
        ("2011", "2011-01-01T00:00:00", Precision.YEAR),
        ("03/04/2011", "2011-01-01T00:00:00", Precision.YEAR),  # March or April
    ],
)
def test_dates_keep_how_exact_they_are(written: str, date: str, precision: Precision) -> None:
    found = parse_date(written)
    assert found is not None
    assert (found.at, found.precision) == (at(date), precision)


def read(written: object) -> datetime | None:
    date = parse_date(written)
    return date.at if date else None


@given(st.text() | st.binary() | st.integers() | st.floats() | st.tuples(st.integers()))
def test_no_value_of_a_tag_raises(value: object) -> None:
    assert read(value) is None or isinstance(read(value), datetime)


@given(st.datetimes(at("1826-01-01T00:00:00"), at("2100-12-31T23:59:59"), timezones=st.none()))
def test_every_date_written_as_exif_writes_it_is_read(date: datetime) -> None:
    whole = date.replace(microsecond=0)
    written = f"{whole.year:04}:{whole.month:02}:{whole.day:02} {whole.hour:02}:{whole.minute:02}:{whole.second:02}"
    assert read(written) == whole


def test_xmp_counts_where_exif_is_silent() -> None:
    attribute = b'<rdf:Description xmp:CreateDate="2015-06-07T08:09:10"/>'
    element = b"<exif:DateTimeOriginal>2014-06-07T08:09:10Z</exif:DateTimeOriginal>"
    assert date_of(Image.Exif(), b"", attribute) == at("2015-06-07T08:09:10")
    assert date_of(Image.Exif(), b"", attribute + element) == at("2014-06-07T08:09:10")
    assert date_of(exif_with("2001:02:03 04:05:06"), b"", attribute) == at("2001-02-03T04:05:06")


def iptc(day: str, clock: str = "") -> bytes:
    """IPTC's date and time of creation, among Photoshop's resources."""
    sets = [(55, day), (60, clock)] if clock else [(55, day)]
    block = b"".join(b"\x1c\x02" + bytes([number, 0, len(text)]) + text.encode() for number, text in sets)
    other = b"8BIM\x03\xed\0\0" + len(bytes(16)).to_bytes(4, "big") + bytes(16)
    return other + b"8BIM\x04\x04\0\0" + len(block).to_bytes(4, "big") + block


def test_the_first_that_knows_is_believed_and_named() -> None:
    gps = Image.Exif()
    gps.get_ifd(ExifTags.IFD.GPSInfo).update({29: "2013:06:07", 7: (8.0, 9.0, 10.0)})
    xmp = b'<rdf:Description photoshop:DateCreated="2015-06"/>'
    wanted = [
        (exif_with("2011:02:03 04:05:06"), iptc("20120607"), xmp, "2011-02-03T04:05:06", "exif", "second"),
        (gps, iptc("20120607"), xmp, "2012-06-07T00:00:00", "iptc", "day"),
        (gps, iptc("20120607", "080910+0100"), xmp, "2012-06-07T08:09:10", "iptc", "second"),
        (gps, iptc("20120600"), xmp, "2012-06-01T00:00:00", "iptc", "month"),
        (gps, iptc("00000000"), xmp, "2013-06-07T08:09:10", "gps", "second"),
        (Image.Exif(), b"", xmp, "2015-06-01T00:00:00", "xmp", "month"),
    ]
    for exif, block, packet, date, source, precision in wanted:
        taken = taken_by(exif, block, packet)
        assert taken is not None
        assert (taken.at, taken.source, taken.precision) == (at(date), TakenFrom(source), Precision(precision))


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=200))
def test_damaged_blocks_say_nothing_and_raise_nothing(exif: bytes, block: bytes, packet: bytes) -> None:
    quiet_decoders()
    for parts in (Parts(exif, packet, block), Parts(b"Exif\0\0II*\0" + exif, packet, b"8BIM" + block)):
        taken = taken_of(parts)
        assert taken is None or 1826 <= taken.at.year <= 2101


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
    assert turn_of(exif) == 1
