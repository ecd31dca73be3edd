"""Whatever is wrong with a file, the answer is a picture or a sentence, soon, and never a crash."""

import io
import logging
import random
import struct
import threading
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import PhotoError
from engine.scan.content import LARGE_MEMORY, PHOTO_MEMORY, PhotoContent, room_for
from engine.scan.decode import MAX_BYTES, decode, read_file, read_photo
from engine.scan.decoder_errors import DECODER_ERRORS, damaged
from tests.portraits import FOLDER, portrait

Encode = Callable[..., bytes]


def checked(sentence: str) -> str:
    """The sentence, if it is one line for people."""
    assert sentence.endswith(".")
    assert "0x" not in sentence
    assert "\n" not in sentence
    return sentence


def outcome(data: bytes, side: int = 200) -> PhotoContent | str:
    """The content, checked for its form, or the sentence."""
    try:
        content = decode(data, side=side)
    except PhotoError as error:
        return checked(error.message)
    image = content.image
    assert image.dtype == np.uint8
    assert image.ndim == 3
    assert image.shape[2] == 3
    assert image.flags.c_contiguous
    assert content.width > 0
    assert content.height > 0
    return content


def test_corrupt_and_hostile_files_give_a_picture_or_a_sentence(shared_data: Path) -> None:
    files = sorted((shared_data / "formats" / "corrupt").iterdir())
    assert len(files) >= 78
    for file in files:
        outcome(file.read_bytes())


def test_a_format_behind_another_name_does_not_reach_other_decoders(encode: Encode, tmp_path: Path) -> None:
    picture = Image.fromarray(portrait("hopper", 128))
    for data in (encode(picture, "PPM"), encode(picture, "ICO"), encode(picture, "TGA"), b"8BPS\0\1" + bytes(500)):
        with pytest.raises(PhotoError, match="not an image of a format"):
            decode(data, side=0)
    (tmp_path / "wrong.heic").write_bytes(encode(picture, "JPEG"))
    _, wrong_name = read_photo(tmp_path / "wrong.heic", side=0)
    assert (wrong_name.width, wrong_name.height) == (128, 128)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (bytes(5000), "zeros"),
        (b"hello, this is text", "not an image"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isom", "video"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
    ],
)
def test_the_sentence_says_what_it_is(data: bytes, words: str) -> None:
    assert words in str(outcome(data))


@pytest.fixture(scope="module")
def small_files(encode: Encode, scene: Any) -> list[bytes]:
    """One small file of each format, with EXIF where it can have some."""
    picture = scene.upright().resize((40, 30))
    files = [encode(picture, kind, 6) for kind in ("JPEG", "PNG", "TIFF", "WEBP", "AVIF")]
    files.append(encode(picture, "JPEG", 3, progressive=True))
    files.append(encode(picture, "TIFF", compression="tiff_lzw"))
    files.append(encode(picture.convert("CMYK"), "TIFF", compression="packbits"))
    return [*files, encode(picture, "BMP"), encode(picture.quantize(8), "GIF", transparency=1)]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12),
    st.integers(0, 10**6),
    st.sampled_from([0, 10]),
)
def test_cut_and_altered_files_raise_nothing_else(
    small_files: list[bytes], chosen: int, changes: list[tuple[int, int]], end: int, side: int
) -> None:
    content = bytearray(small_files[chosen])
    for place, value in changes:
        content[place % len(content)] = value
    outcome(bytes(content[: end % (len(content) + 1)]), side=side)


def test_a_heic_cut_or_altered_raises_nothing_else(scene: Any) -> None:
    heif = pytest.importorskip("pillow_heif", reason="needs the extra kinfolk[heif]")
    file = io.BytesIO()
    heif.from_pillow(scene.upright()).save(file)
    chance = random.Random(5)
    for _ in range(150):
        content = bytearray(file.getvalue())
        for _ in range(chance.randrange(8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        outcome(bytes(content[: chance.choice([len(content), chance.randrange(len(content))])]))


def test_a_jpeg_that_ends_early_is_read_as_far_as_it_goes() -> None:
    data = (FOLDER / "hopper.jpg").read_bytes()
    whole = decode(data, side=600)
    assert whole.note == ""
    half = decode(data[: len(data) // 2], side=600)
    assert "ends early" in half.note
    assert (half.width, half.height) == (whole.width, whole.height)
    top = whole.image.shape[0] // 4
    assert (half.image[:top] == whole.image[:top]).all()
    assert half.image[-8:].std() < whole.image[-8:].std()


def test_a_jpeg_that_ends_before_its_picture_is_refused(encode: Encode, scene: Any) -> None:
    data = encode(scene.upright(), "JPEG", quality=95)
    scan = data.index(b"\xff\xda")
    assert "ends early" in decode(data[: scan + 60], side=0).note
    with pytest.raises(PhotoError, match="ends before its picture"):
        decode(data[: scan + 14], side=0)


def test_a_jpeg_that_lacks_only_its_end_mark_is_whole(encode: Encode, scene: Any) -> None:
    data = encode(scene.upright(), "JPEG", quality=95)
    assert scene.is_shown_by(decode(data[:-2], side=0).image)


def test_no_other_format_is_read_in_part(encode: Encode) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
    for kind in ("PNG", "TIFF", "WEBP", "BMP", "AVIF"):
        data = encode(noise, kind)
        assert isinstance(outcome(data[: len(data) // 2]), str), kind


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def test_bombs_are_refused_by_their_header(encode: Encode) -> None:
    with pytest.raises(PhotoError, match=r"20000 × 20000 pixels is too large: reading it takes 2,\d\d\d MB"):
        decode(png_of(20_000, 20_000), side=0)
    jpeg = bytearray(encode(Image.new("RGB", (64, 64)), "JPEG", progressive=True))
    frame = jpeg.index(b"\xff\xc2")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    with pytest.raises(PhotoError, match=r"limit is 880 MB"):
        decode(bytes(jpeg), side=640)


def test_limits_follow_what_decoding_takes() -> None:
    with room_for((60_000, 60_000), PHOTO_MEMORY):
        pass
    for size, needed in (((100, 100), PHOTO_MEMORY + 1), ((2_000_000, 1), 5), ((0, 5), 0)):
        with pytest.raises(PhotoError), room_for(size, needed):
            pass


def test_large_pictures_come_one_at_a_time_and_small_ones_pass_them() -> None:
    entered = threading.Event()

    def enter(needed: int) -> None:
        with room_for((1, 1), needed):
            entered.set()

    with ThreadPoolExecutor(1) as threads:
        with room_for((1, 1), LARGE_MEMORY + 1), room_for((1, 1), LARGE_MEMORY + 1):
            threads.submit(enter, LARGE_MEMORY).result(timeout=180)
            assert entered.is_set()
            entered.clear()
            waiting = threads.submit(enter, LARGE_MEMORY + 1)
            assert not entered.is_set()
        waiting.result(timeout=180)
    assert entered.is_set()


def test_nothing_is_printed_warned_or_logged(
    shared_data: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    names = ["broken_exif_dpi.jpg", "hopper_bad_exif.jpg", "invalid-exif.jpg", "truncated_exif_dpi.jpg", "broken.png"]
    folder = shared_data / "formats" / "corrupt"
    with warnings.catch_warnings(record=True) as caught, caplog.at_level(logging.WARNING):
        warnings.simplefilter("always")
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda name: outcome((folder / name).read_bytes()), names * 4))
        outcome(png_of(11_000, 9_000))
    assert not caught
    assert not caplog.records
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_threads_give_the_same_pixels_as_one(small_files: list[bytes]) -> None:
    alone = [decode(data, side=0).image for data in small_files]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda data: decode(data, side=0).image, small_files * 5))
    for place, image in enumerate(together):
        assert (image == alone[place % len(alone)]).all()


@pytest.mark.parametrize("kind", DECODER_ERRORS, ids=lambda kind: kind.__name__)
def test_every_decoder_error_becomes_one_sentence(kind: type[Exception]) -> None:
    message = damaged("TIFF", kind("two\nlines  of\twords")).message
    assert message.startswith("The TIFF picture ")
    assert message.endswith(".")
    assert "\n" not in message


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PhotoError, match="The file is gone"):
        read_file(tmp_path / "absent.jpg")
    with pytest.raises(PhotoError, match="not a plain file"):
        read_file(tmp_path)
    large = tmp_path / "large.tif"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # a hole: takes no room
    with pytest.raises(PhotoError, match=r"512 MB is too large to read; the limit is 512 MB, but for TIFF"):
        read_photo(large, side=0)
