"""Decoding in a process that can be ended: what a file does there costs that file alone."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import PhotoError
from engine.scan.apart import Apart
from engine.scan.content import room_of_its_own
from engine.scan.cost import is_cheap
from engine.scan.dates import Precision, TakenFrom
from engine.scan.decode import decode, decode_file
from engine.scan.jpeg import CUT
from engine.scan.purpose import Wish
from engine.scan.readers import decode_here

Encode = Callable[..., bytes]
WHOLE = Wish(0)


@pytest.fixture
def apart() -> Iterator[Apart]:
    processes = Apart()
    yield processes
    processes.end()


@pytest.fixture
def tiff(encode: Encode, rng: np.random.Generator) -> bytes:
    exif = Image.Exif()
    exif[0x0132] = "2001:02:03 04:05:06"
    return encode(Image.fromarray(rng.integers(0, 256, (40, 60, 3), np.uint8)), "TIFF", exif=exif)


def test_what_comes_back_is_what_decoding_here_gives(apart: Apart, tiff: bytes, tmp_path: Path) -> None:
    here = decode_here(tiff, WHOLE)
    (tmp_path / "a.tif").write_bytes(tiff)
    for content in (apart.decode(tiff, WHOLE), apart.decode(tmp_path / "a.tif", WHOLE)):
        assert (content.image == here.image).all()
        assert (content.width, content.height, content.note) == (here.width, here.height, here.note)
        assert content.taken == here.taken
        assert content.taken is not None
        assert (content.taken.precision, content.taken.source) == (Precision.SECOND, TakenFrom.EXIF)


def test_refusals_come_back_with_their_hint(apart: Apart) -> None:
    with pytest.raises(PhotoError, match="zeros") as refusal:
        apart.decode(bytes(200), WHOLE)
    assert refusal.value.hint == "It was probably not copied to the end."


def test_several_threads_have_a_process_each(apart: Apart, tiff: bytes) -> None:
    with ThreadPoolExecutor(3) as threads:
        contents = list(threads.map(lambda _: apart.decode(tiff, WHOLE), range(9)))
    assert all((content.image == contents[0].image).all() for content in contents)
    assert 1 <= len(apart.pids) <= 3


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_process_that_died_with_nothing_to_do_is_replaced(apart: Apart, tiff: bytes) -> None:
    apart.decode(tiff, WHOLE)
    os.kill(apart.pids[0], signal.SIGKILL)
    assert apart.decode(tiff, WHOLE).width == 60


def test_one_that_dies_over_a_photo_costs_that_photo(
    apart: Apart, tiff: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_it_run(monkeypatch, DYING)
    with pytest.raises(PhotoError, match="brings its decoder down"):
        apart.decode(tiff, WHOLE)
    monkeypatch.undo()
    assert apart.decode(tiff, WHOLE).width == 60


@pytest.mark.parametrize(("limit", "words"), [("WAITS = 0.01", "too long"), ("LOOK_EVERY = 0.01", "memory")])
def test_what_takes_too_much_is_ended(
    apart: Apart, tiff: bytes, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    let_it_run(monkeypatch, HUNGRY.replace("LIMIT", limit))
    with pytest.raises(PhotoError, match=words):
        apart.decode(tiff, WHOLE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no such time")
def test_a_decoder_that_never_comes_back_is_ended_by_the_system(
    apart: Apart, tiff: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_it_run(monkeypatch, SPINNING)
    with pytest.raises(PhotoError, match="took too long"):
        apart.decode(tiff, WHOLE)


def test_ending_them_all_frees_whoever_waits(apart: Apart, tiff: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    let_it_run(monkeypatch, HUNGRY.replace("LIMIT", "LOOK_EVERY = 60").replace("more = ", "0 and "))
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(apart.decode, tiff, WHOLE)
        while not apart.pids:
            pass
        apart.end()
        with pytest.raises(PhotoError):
            waiting.result(timeout=180)
    with pytest.raises(PhotoError, match="broken off"):
        apart.decode(tiff, WHOLE)


_PREFACE = "import sys; sys.path[:0] = [sys.argv[1]]\nimport engine.scan.apart_process as process\n"
DYING = _PREFACE + "import os\nprocess.decode_here = lambda data, wish: os.abort()\nprocess.serve()"
SPINNING = _PREFACE + (
    "import re\nprocess.SECONDS = 1\n"
    "process.decode_here = lambda data, wish: re.match('(a+)+b', 'a' * 60)\nprocess.serve()"
)
HUNGRY = (
    _PREFACE
    + """import time
process.LIMIT
process._limit_data = lambda more: None
def eat(data, wish):
    held = []
    while True:
        more = held.append(bytearray(b"x") * 20_000_000) if len(held) < 40 else None
        time.sleep(0.01)
process.decode_here = eat
process.serve()"""
)


def let_it_run(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have the processes that are started from now on run this instead."""
    command = [sys.executable, "-c", code, str(Path(__file__).parents[3])]
    monkeypatch.setattr("engine.scan.apart.own_command", lambda *_: command)


def many_scans(encode: Encode, count: int, side: int = 64) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    data = encode(Image.effect_noise((side, side), 90).convert("RGB"), "JPEG", progressive=True, quality=30)
    last = data.rfind(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + b"\xff\xd9"


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_decoded(encode: Encode) -> None:
    with pytest.raises(PhotoError, match=r"in 20,01\d scans; Kinfolk reads up to 500"):
        decode(many_scans(encode, 20_000), side=0)
    assert decode(many_scans(encode, 300), side=0).note == ""


def test_of_very_many_scans_of_a_large_picture_the_first_are_read(
    encode: Encode, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = many_scans(encode, 60)
    whole = decode_here(data, WHOLE).image
    monkeypatch.setattr("engine.scan.jpeg.SCANNED_PIXELS", 64 * 64 * 20)
    content = decode_here(data, WHOLE)
    assert content.note == CUT
    assert np.abs(content.image.astype(int) - whole).mean() < 20  # each time the last scan refines once more


def test_ordinary_photos_need_no_process(encode: Encode) -> None:
    picture = Image.new("RGB", (400, 300))
    for kind in ("JPEG", "PNG", "WEBP", "BMP"):
        assert is_cheap(encode(picture, kind), WHOLE), kind
    assert is_cheap(encode(picture, "JPEG", progressive=True), WHOLE)
    assert is_cheap(b"no picture", WHOLE)
    for kind in ("TIFF", "AVIF", "JPEG2000"):
        assert not is_cheap(encode(picture, kind), WHOLE), kind
    assert not is_cheap(encode(Image.new("L", (2100, 2000)), "PNG"), WHOLE)
    assert not is_cheap(many_scans(encode, 100, side=3000), WHOLE)


def test_a_large_file_is_not_held_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiff: bytes) -> None:
    (tmp_path / "a.tif").write_bytes(tiff)
    (tmp_path / "a.jpg").write_bytes(encoded_jpeg())
    wanted = [decode_file(tmp_path / name, side=0).image for name in ("a.tif", "a.jpg")]
    monkeypatch.setattr("engine.scan.decode.HELD_BYTES", 100)
    for name, image in zip(("a.tif", "a.jpg"), wanted, strict=True):
        assert (decode_file(tmp_path / name, side=0).image == image).all()


def encoded_jpeg() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((50, 40), 90).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def test_whoever_waits_for_room_is_not_idle(tiff: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    large = large_gif(7000)
    waiting, others = Apart(), Apart()
    let_it_run(monkeypatch, _PREFACE + "process.IDLE_SECONDS = 0.2\nprocess.serve()")
    try:
        with ThreadPoolExecutor(1) as threads:
            with room_of_its_own():
                content = threads.submit(waiting.decode, large, Wish(700))
                # As long as several processes take to start; the one that waits could have ended many times.
                for _ in range(4):
                    others.decode(tiff, WHOLE)
                    others.end()
                    others.open()
                assert not content.done()
            assert content.result().width == 7000
    finally:
        waiting.end()
        others.end()


def large_gif(side: int) -> bytes:
    """A picture that takes more than what photos may take beside each other."""
    file = io.BytesIO()
    frames = [Image.new("P", (side, side), shade) for shade in (3, 4)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()
