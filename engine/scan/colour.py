"""Colour profiles: numbers of another colour space become sRGB, so that faces look as they were seen.

Little CMS does the conversion, from the profile in the file. What cannot be used (a damaged profile, one of another
kind than the pixels) leaves them as they are.
"""

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageCms

from engine.geometry import Image
from engine.scan.decoder_errors import DECODER_ERRORS
from engine.scan.purpose import Purpose

FAR = 20
"""Of 255, the mean change of colours beyond which a profile matters to who searches for faces and compares them. Read
as sRGB, faces in Adobe RGB (10.6) keep a similarity of 0.996 to themselves, in ProPhoto (23.9) of 0.980, in linear
light (40.8) of 0.960. Converting takes longer than all else for a photo, and phones state a mild one (P3) in each."""

_SPACE = slice(16, 20)
_SPACES = {"RGB": b"RGB ", "CMYK": b"CMYK", "L": b"GRAY", "LAB": b"Lab "}
_STRIP = 4_000_000
"""Pixels that are converted at a time."""

_SAME = 3
"""Profiles that change no colour by more than this (of 255) are sRGB under one of its many names."""


def useful(profile: bytes, purpose: Purpose) -> bytes:
    """Return the profile if it matters for what the picture is for, else nothing."""
    if purpose is Purpose.SHOWN or not profile:
        return profile
    return profile if mean_change(profile) > FAR else b""


def profiled(image: Image, profile: bytes) -> Image:
    """Return H × W × 3 RGB uint8 pixels of a profile as sRGB; the very same array where there is nothing to do."""
    if not profile or image.shape[2] != 3:
        return image
    transform = _transform(profile, "RGB")
    if transform is None:
        return image
    converted = np.empty_like(image)
    rows = max(1, _STRIP // max(image.shape[1], 1))
    for start in range(0, len(image), rows):
        strip = Pillow.fromarray(np.ascontiguousarray(image[start : start + rows]))
        converted[start : start + rows] = np.asarray(_applied(strip, transform))
    return converted


def profiled_picture(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    """Return a picture of mode RGB, CMYK, L or LAB as sRGB, in mode RGB; as it is where its profile cannot be used."""
    if not profile or picture.mode not in _SPACES:
        return picture
    transform = _transform(profile, picture.mode)
    return picture if transform is None else _applied(picture, transform)


def _applied(picture: Pillow.Image, transform: ImageCms.ImageCmsTransform) -> Pillow.Image:
    try:
        return ImageCms.applyTransform(picture, transform) or picture
    except DECODER_ERRORS:
        return picture


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the way from a profile to sRGB; None where it is sRGB already, damaged, or of another kind of pixels."""
    if len(profile) < 128 or profile[_SPACE] != _SPACES[mode]:
        return None
    return _built(profile, mode)


@lru_cache(maxsize=32)
def _built(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        way = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return None if mode == "RGB" and _is_the_same(way) else way
    except DECODER_ERRORS:
        return None


@lru_cache(maxsize=32)
def mean_change(profile: bytes) -> float:
    """Return by how much (of 255) a profile changes colours in the mean; profiles of grey and of inks always matter."""
    if profile[_SPACE] != _SPACES["RGB"]:
        return 255.0
    way = _built(profile, "RGB")
    return 0.0 if way is None else float(_differences(way).mean())


def _is_the_same(way: ImageCms.ImageCmsTransform) -> bool:
    """Say whether a conversion leaves colours as they are."""
    return int(_differences(way).max()) <= _SAME


def _differences(way: ImageCms.ImageCmsTransform) -> NDArray[np.int64]:
    """Return by how much a conversion changes each of 729 colours."""
    steps = np.linspace(0, 255, 9).astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    converted = np.asarray(ImageCms.applyTransform(Pillow.fromarray(colours), way), np.int64)
    return np.asarray(np.abs(converted - colours), np.int64)
