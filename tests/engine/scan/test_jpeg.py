"""JPEGs are read by libjpeg-turbo's own door where it has nothing to say against them, and by Pillow otherwise."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.scan.jpeg import read_jpeg
from engine.scan.purpose import Wish

Encode = Callable[..., bytes]


def as_pillow_reads(data: bytes, scale: int) -> np.ndarray:
    picture = Image.open(io.BytesIO(data))
    picture.draft(None, (max(1, picture.width // scale), max(1, picture.height // scale)))
    return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("size", [(640, 480), (481, 643), (17, 9)])
@pytest.mark.parametrize("scale", [1, 2, 4, 8])
@pytest.mark.parametrize(
    ("mode", "options"),
    [("RGB", {}), ("RGB", {"subsampling": 0}), ("RGB", {"progressive": True}), ("L", {}), ("CMYK", {})],
)
def test_the_pixels_are_those_of_pillow(
    rng: np.random.Generator, encode: Encode, size: tuple[int, int], scale: int, mode: str, options: dict[str, Any]
) -> None:
    coarse = Image.fromarray(rng.integers(0, 256, (9, 12, 3), np.uint8)).resize(size, Image.Resampling.BICUBIC)
    data = encode(coarse.convert(mode), "JPEG", quality=90, **options)
    content = read_jpeg(data, Wish(max(size) // scale))
    assert (content.image == as_pillow_reads(data, scale)).all()
    assert (content.width, content.height, content.note) == (*size, "")


def test_what_libjpeg_warns_of_is_read_all_the_same(encode: Encode, rng: np.random.Generator) -> None:
    picture = Image.fromarray(rng.integers(0, 256, (48, 64, 3), np.uint8))
    data = encode(picture, "JPEG", quality=90)
    quantisation = data.index(b"\xff\xdb")
    odd = data[:quantisation] + b"\0\0\0" + data[quantisation:]
    content = read_jpeg(odd, Wish(0))
    assert (content.image == read_jpeg(data, Wish(0)).image).all()
    assert content.note == ""
