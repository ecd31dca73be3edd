"""All eight EXIF orientations come out upright, in every format that can state one."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.scan.decode import decode, read_photo
from engine.scan.pixels import upright

ORIENTATIONS = range(1, 9)

FORMATS = [
    pytest.param("JPEG", {"quality": 95}, id="jpeg"),
    pytest.param("PNG", {}, id="png"),
    pytest.param("WEBP", {"lossless": True}, id="webp"),
    pytest.param("TIFF", {}, id="tiff"),
    pytest.param("TIFF", {"compression": "tiff_lzw"}, id="tiff-lzw"),
    pytest.param("TIFF", {"compression": "jpeg"}, id="tiff-jpeg"),
    pytest.param("AVIF", {"quality": 95}, id="avif"),
]


@pytest.mark.parametrize(("kind", "options"), FORMATS)
@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_turned_photo_stands_upright(
    scene: Any, encode: Callable[..., bytes], kind: str, options: dict[str, Any], orientation: int
) -> None:
    data = encode(scene.stored(orientation), kind, orientation, **options)
    for side in (0, scene.width // 2):
        content = decode(data, side=side)
        assert (content.width, content.height) == (scene.width, scene.height)
        assert content.image.shape[1] * scene.height == content.image.shape[0] * scene.width
        assert scene.is_shown_by(content.image)
        assert content.image.flags.c_contiguous


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_heic_photo_is_turned_once(scene: Any, orientation: int) -> None:
    heif = pytest.importorskip("pillow_heif", reason="needs the extra kinfolk[heif]")
    exif = Image.Exif()
    exif[0x0112] = orientation
    stated_twice, by_exif_alone = io.BytesIO(), io.BytesIO()
    heif.register_heif_opener()
    picture = scene.stored(orientation)
    picture.save(by_exif_alone, "HEIF", quality=95, exif=exif)
    picture.info["exif"] = exif.tobytes()
    picture.save(stated_twice, "HEIF", quality=95)
    container_turns = b"irot" in stated_twice.getvalue() or b"imir" in stated_twice.getvalue()
    assert container_turns == (orientation != 1)
    for file in (stated_twice, by_exif_alone):
        content = decode(file.getvalue(), side=0)
        assert (content.width, content.height) == (scene.width, scene.height)
        assert scene.is_shown_by(content.image)


@pytest.mark.parametrize("value", [0, 9, 255])
def test_an_orientation_that_does_not_exist_means_upright(scene: Any, encode: Callable[..., bytes], value: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = value
    content = decode(encode(scene.upright(), "JPEG", quality=95, exif=exif), side=0)
    assert scene.is_shown_by(content.image)


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_the_same_photo_in_eight_orientations_looks_the_same(shared_data: Path, shape: str) -> None:
    """Written by another program than the one that reads them."""
    folder = shared_data / "formats" / "exif_orientation"
    contents = [read_photo(folder / f"{shape}_{orientation}.jpg", side=400)[1] for orientation in ORIENTATIONS]
    first = contents[0]
    for content in contents[1:]:
        assert (content.width, content.height) == (first.width, first.height)
        assert content.image.shape == first.image.shape
        # The photos differ in the digit that is painted on them and by what JPEG loses.
        assert np.abs(content.image.astype(int) - first.image).mean() < 4


def test_a_photo_turned_by_exif_alone_in_heic_is_upright(shared_data: Path) -> None:
    pytest.importorskip("pillow_heif", reason="needs the extra kinfolk[heif]")
    _, content = read_photo(shared_data / "formats" / "photoprism" / "iphone_7.heic", side=500)
    assert (content.width, content.height) == (3024, 4032)
    sky, ground = content.image[:150].mean(axis=(0, 1)), content.image[-150:].mean(axis=(0, 1))
    assert sky[2] > ground[2] + 50


def test_turning_gives_a_contiguous_copy_or_the_same_pixels() -> None:
    image = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    for orientation in ORIENTATIONS:
        turned = upright(image, orientation)
        assert turned.shape == ((6, 4, 3) if orientation >= 5 else (4, 6, 3))
        assert turned.flags.c_contiguous
        assert sorted(turned.ravel()) == sorted(image.ravel())


def test_a_quarter_turn_moves_every_pixel_of_a_large_image(rng: np.random.Generator) -> None:
    image = rng.integers(0, 256, (301, 259, 3), dtype=np.uint8)
    assert (upright(image, 6) == np.rot90(image, -1)).all()
    assert (upright(image, 8) == np.rot90(image)).all()
