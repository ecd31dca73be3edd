"""RAW files: told from TIFF, read by preview or from the sensor."""

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from engine.errors import PhotoError
from engine.scan.decode import decode
from engine.scan.formats import Kind, kind_of
from engine.scan.raw_tiff import is_raw_tiff
from tests.engine.scan.dng import make_dng

pytest.importorskip("rawpy", reason="needs the extra kinfolk[raw]")


@pytest.fixture(scope="module")
def dng() -> bytes:
    """1224 × 816 pixels of a sensor with a preview of 1024 × 683."""
    return make_dng()


def test_the_file_of_a_real_camera(shared_data: Path) -> None:
    data = (shared_data / "formats" / "photoprism" / "canon_eos_6d.dng").read_bytes()
    assert decode(data, side=1000).image.shape == (683, 1024, 3)
    content = decode(data, side=0)
    assert content.image.shape == (816, 1224, 3)
    assert str(content.taken_at) == "2019-06-06 07:29:51"


def test_the_preview_is_taken_where_it_is_large_enough(dng: bytes) -> None:
    content = decode(dng, side=1000)
    assert content.image.shape == (683, 1024, 3)
    assert (content.width, content.height) == (1224, 816)
    assert content.taken_at is not None
    assert content.taken_at.isoformat() == "2019-06-06T07:29:51"
    assert decode(dng, side=500).image.shape == (342, 512, 3)


@pytest.mark.parametrize("side", [0, 1025, 5000])
def test_the_sensor_is_developed_where_it_is_not(dng: bytes, side: int) -> None:
    content = decode(dng, side=side)
    assert content.image.shape == (816, 1224, 3)
    assert content.image.dtype == np.uint8
    preview = decode(dng, side=1000).image
    developed = np.asarray(Image.fromarray(content.image).resize((1024, 683)))
    grey = [image.mean(axis=2).ravel() for image in (preview, developed)]
    assert np.corrcoef(grey)[0, 1] > 0.9


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (1224, 816)), (3, (1224, 816)), (6, (816, 1224)), (8, (816, 1224))]
)
def test_preview_and_sensor_are_turned_alike(dng: bytes, orientation: int, size: tuple[int, int]) -> None:
    turned = with_orientation(dng, orientation)
    preview, developed = decode(turned, side=1000), decode(turned, side=1200)
    assert (preview.width, preview.height) == (developed.width, developed.height) == size
    small = [
        np.asarray(Image.fromarray(content.image).convert("L").resize((60, 60))) for content in (preview, developed)
    ]
    assert np.corrcoef([image.ravel() for image in small])[0, 1] > 0.9


def with_orientation(data: bytes, orientation: int) -> bytes:
    """The same file with another orientation in its first directory (tag 274, a short in the entry itself)."""
    tags = Image.Exif()
    tags.load(data)
    start = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[start : start + 2], "little")
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        if int.from_bytes(data[entry : entry + 2], "little") == 274:
            return data[: entry + 8] + orientation.to_bytes(2, "little") + data[entry + 10 :]
    raise AssertionError("the file has no orientation")


def test_damaged_raw_files_give_a_picture_or_a_sentence(dng: bytes) -> None:
    chance = random.Random(3)
    notes = set()
    for _ in range(60):
        content = bytearray(dng)
        for _ in range(chance.choice([0, 1, 200])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = bytes(content[: chance.choice([len(content), chance.randrange(len(content))])])
        try:
            notes.add(decode(cut, side=1200).note)
        except PhotoError as error:
            notes.add(error.message)
    assert "The RAW data could not be developed: only its small preview was read." in notes


def test_other_makers_files_are_told_from_tiff_pictures(encode: Callable[..., bytes]) -> None:
    picture = Image.new("RGB", (8, 8))
    assert kind_of(encode(picture, "TIFF")) is Kind.TIFF
    for marks, is_raw in (
        ({271: "Pinhole"}, False),
        ({271: "Pinhole", 254: 1}, True),
        ({254: 1}, False),
        ({50706: b"\1\4\0\0"}, True),
    ):
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        for tag, value in marks.items():
            tags[tag] = value
        assert is_raw_tiff(encode(picture, "TIFF", tiffinfo=tags)) == is_raw, marks
    for start in (
        b"FUJIFILMCCD-RAW",
        b"IIRO",
        b"IIU\0",
        b"FOVb",
        b"\0MRM",
        b"\0\0\0\x18ftypcrx ",
    ):
        assert kind_of(start + bytes(64)) is Kind.RAW
    assert is_raw_tiff(b"II*\0\x10\0\0\0CR\2" + bytes(64))


def test_a_raw_that_is_a_plain_tiff_after_all_is_read_as_one(encode: Callable[..., bytes]) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[271], tags[254] = "Pinhole", 1
    assert (
        decode(encode(Image.new("RGB", (8, 8), "teal"), "TIFF", tiffinfo=tags), side=0).image == (0, 128, 128)
    ).all()


def test_a_damaged_raw_is_refused_with_a_sentence(encode: Callable[..., bytes]) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[271], tags[254], tags[262] = "Pinhole", 1, 32803
    with pytest.raises(PhotoError, match="RAW"):
        decode(encode(Image.new("L", (8, 8)), "TIFF", tiffinfo=tags), side=0)
