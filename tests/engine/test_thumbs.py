"""Faces cut out of photos: the right part, upright, at the size asked for, and made once only."""

import os
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags
from PIL import Image as Pillow

from engine.errors import PhotoError
from engine.geometry import Box, Image
from engine.thumb_keys import content_of, face_key, photo_key
from engine.thumb_store import ThumbStore
from engine.thumbs import GROWN, Thumbs, cut_face, cut_photo, face_square

WIDTH, HEIGHT = 1600, 1200
FACE = Box(0.5, 0.25, 0.1, 0.2)
"""160 × 240 pixels of the upright photo: a square of 336 pixels around (880, 420)."""


def drawn(width: int = WIDTH, height: int = HEIGHT) -> Image:
    """A photo whose red grows to the right and whose green grows downwards, so that a pixel says where it was."""
    red = np.tile(np.linspace(0, 255, width), (height, 1))
    green = np.tile(np.linspace(0, 255, height)[:, None], width)
    return np.dstack([red, green, np.full((height, width), 60)]).astype(np.uint8)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Pillow.fromarray(drawn()).save(path, quality=95)
    return path


def place_of(pixel: Image) -> tuple[float, float]:
    """Where in the drawn photo a pixel lay, relative."""
    return float(pixel[0]) / 255, float(pixel[1]) / 255


def check_cut(cut: Image, side: int) -> None:
    """Check that the picture is the square around FACE."""
    assert cut.shape == (side, side, 3)
    assert cut.dtype == np.uint8
    assert cut.flags.c_contiguous
    square = face_square(FACE, WIDTH, HEIGHT)
    corners = {(0, 0): (square.left, square.top), (side - 1, side - 1): (square.right, square.bottom)}
    for (row, column), (x, y) in corners.items():
        assert place_of(cut[row, column]) == pytest.approx((x / WIDTH, y / HEIGHT), abs=0.02)


relative = st.floats(-0.2, 1.2)
lengths = st.integers(1, 9000)


@given(relative, relative, st.floats(0, 1.3), st.floats(0, 1.3), lengths, lengths)
def test_the_square_lies_in_the_photo(
    left: float, top: float, across: float, down: float, width: int, height: int
) -> None:
    box = Box(left, top, across, down)
    square = face_square(box, width, height)
    assert square.width == square.height > 0
    assert square.left >= 0
    assert square.top >= 0
    assert square.right <= width + 1e-6
    assert square.bottom <= height + 1e-6
    wanted = max(across * width, down * height, 1) * GROWN
    assert square.width == pytest.approx(min(wanted, width, height))


def test_the_square_is_moved_before_it_is_made_smaller() -> None:
    assert face_square(FACE, WIDTH, HEIGHT) == Box(pytest.approx(712), pytest.approx(252), 336, 336)
    corner = face_square(Box(0.9, 0.9, 0.1, 0.1), 1000, 1000)
    assert (corner.left, corner.top, corner.width) == pytest.approx((860, 860, 140))
    panorama = face_square(Box(0.45, 0.1, 0.1, 0.9), 4000, 500)
    assert (panorama.width, panorama.top) == (500, 0)
    assert panorama.left == pytest.approx(1750)


@pytest.mark.parametrize("side", [40, 120, 256, 500])
def test_a_face_is_cut_at_the_size_asked_for(photo: Path, side: int) -> None:
    check_cut(cut_face(photo, FACE, side), side)


@pytest.mark.parametrize("suffix", ["png", "webp", "tiff"])
def test_other_formats(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo.{suffix}"
    Pillow.fromarray(drawn()).save(path)
    check_cut(cut_face(path, FACE, 200), 200)


@pytest.mark.parametrize(("orientation", "turn"), [(6, Pillow.Transpose.ROTATE_90), (3, Pillow.Transpose.ROTATE_180)])
def test_turned_photos_are_cut_upright(tmp_path: Path, orientation: int, turn: Pillow.Transpose) -> None:
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = tmp_path / "turned.jpg"
    Pillow.fromarray(drawn()).transpose(turn).save(path, quality=95, exif=exif)
    check_cut(cut_face(path, FACE, 128), 128)
    assert cut_photo(path, 400).shape == (300, 400, 3)


def test_a_reduced_decoding_loses_no_detail(tmp_path: Path) -> None:
    """At any size the cut is what full decoding and averaging over areas gives, and never a blown-up smaller one."""
    pixels = np.random.default_rng(3).integers(0, 255, (HEIGHT // 4, WIDTH // 4, 3), dtype=np.uint8)
    path = tmp_path / "fine.jpg"
    Pillow.fromarray(cv2.resize(pixels, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)).save(path, quality=95)
    whole = np.asarray(Pillow.open(path))
    square = face_square(FACE, WIDTH, HEIGHT)
    left, top, edge = round(square.left), round(square.top), round(square.width)
    for side in (84, 168, 256, 330):
        exact = cv2.resize(whole[top : top + edge, left : left + edge], (side, side), interpolation=cv2.INTER_AREA)
        cut = cut_face(path, FACE, side)
        assert cut.astype(float).std() > 0.9 * exact.astype(float).std()
        assert np.corrcoef(cut.ravel(), exact.ravel())[0, 1] > 0.97


def test_a_photo_fits_and_is_never_enlarged(photo: Path, tmp_path: Path) -> None:
    assert cut_photo(photo, 400).shape == (300, 400, 3)
    assert cut_photo(photo, 5000).shape == (HEIGHT, WIDTH, 3)
    tall = tmp_path / "tall.png"
    Pillow.fromarray(drawn(30, 600)).save(tall)
    assert cut_photo(tall, 100).shape == (100, 5, 3)


def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no photo")
    thumbs = Thumbs(ThumbStore(tmp_path / "thumbs"))
    for path in (broken, tmp_path / "absent.jpg"):
        with pytest.raises(PhotoError, match=r"\.$"):
            cut_face(path, FACE, 100)
        with pytest.raises(PhotoError, match=r"\.$"):
            thumbs.photo(path, 100)


def test_the_key_changes_with_content_box_and_size(photo: Path, tmp_path: Path) -> None:
    content = content_of(photo)
    keys = {
        face_key(content, FACE, 256),
        face_key(content, FACE, 512),
        face_key(content, Box(0.5, 0.25, 0.1, 0.21), 256),
        photo_key(content, 256),
    }
    os.utime(photo, ns=(1, 1))
    keys.add(face_key(content_of(photo), FACE, 256))
    copy = shutil.copy2(photo, tmp_path / "copy.jpg")
    keys.add(face_key(content_of(copy), FACE, 256))
    assert len(keys) == 6
    assert face_key(content_of(photo), FACE, 256) in keys


def test_thumbs_come_from_the_store(photo: Path, tmp_path: Path) -> None:
    store = ThumbStore(tmp_path / "thumbs")
    thumbs = Thumbs(store)
    check_cut(thumbs.face(photo, FACE, 200), 200)
    red = np.zeros((256, 256, 3), np.uint8)
    red[..., 0] = 255
    store.save(face_key(content_of(photo), FACE, 256), red)
    assert thumbs.face(photo, FACE, 180)[..., 1].max() < 5
    check_cut(thumbs.face(photo, FACE, 300), 300)
    check_cut(thumbs.face(photo, FACE, 900), 900)
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 2
    assert thumbs.photo(photo, 160).shape == (120, 160, 3)
    assert store.load(photo_key(content_of(photo), 256)) is not None


def test_a_changed_photo_is_cut_again(photo: Path, tmp_path: Path) -> None:
    thumbs = Thumbs(ThumbStore(tmp_path / "thumbs"))
    thumbs.face(photo, FACE, 100)
    Pillow.fromarray(np.full((HEIGHT, WIDTH, 3), 7, np.uint8)).save(photo)
    assert thumbs.face(photo, FACE, 100).mean() == pytest.approx(7, abs=1)


def test_what_was_seen_before_is_shown_while_the_disk_is_away(photo: Path, tmp_path: Path) -> None:
    thumbs = Thumbs(ThumbStore(tmp_path / "thumbs"))
    shown = thumbs.face(photo, FACE, 256)
    photo.rename(tmp_path / "away")
    assert np.abs(thumbs.face(photo, FACE, 256).astype(int) - shown).mean() < 2
    with pytest.raises(PhotoError, match="gone"):
        thumbs.face(photo, Box(0, 0, 0.1, 0.1), 256)


def test_real_formats(shared_data: Path) -> None:
    folder = shared_data / "formats" / "photoprism"
    read = 0
    for path in sorted(folder.iterdir()):
        try:
            cut = cut_face(path, Box(0.4, 0.4, 0.2, 0.2), 64)
        except PhotoError:
            continue
        assert cut.shape == (64, 64, 3)
        read += 1
    assert read >= 10
