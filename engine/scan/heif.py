"""HEIC, decoded by pillow-heif (libheif): the primary picture, whole, then reduced."""

import io

import numpy as np
from PIL import Image as Pillow

from engine.scan.content import PhotoContent, room_for
from engine.scan.metadata import parts_of_picture
from engine.scan.packages import HEIF
from engine.scan.purpose import Wish
from engine.scan.still import content_from

_BYTES = 8
"""Bytes that decoding takes for a pixel: 4.8 were measured at 24 megapixels, 7.5 at 121."""


def read_heif(data: bytes, wish: Wish) -> PhotoContent:
    """Decode a HEIC photo and reduce it by a whole number to a longest side of at least what is wished.

    libheif turns and mirrors as the container says, and EXIF's orientation, which repeats that, is not applied again.
    But some iPhone photos are turned by EXIF alone: ISO/IEC 23008-12 would show them lying, Apple's programs and people
    expect them upright, and so they are here. Raises `PhotoError`, and what the decoder raises for damage.
    """
    module = HEIF.load()
    picture: Pillow.Image = module.HeifImageFile(io.BytesIO(data))
    stated = picture.info.get("original_orientation") or 1
    turn = 1 if _turns_itself(data) else stated
    found, size = parts_of_picture(picture), picture.size
    with room_for(size, _BYTES * size[0] * size[1]):
        # Not by the picture's own loading, which keeps one copy more.
        pixels = np.asarray(module.open_heif(io.BytesIO(data)))
        return content_from(pixels, wish, found, turn)


def _turns_itself(data: bytes) -> bool:
    """Say whether the container has a rotation or a mirror of its own among the properties in its `meta` box."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"meta":
            meta = data[at : at + size]
            return b"irot" in meta or b"imir" in meta
        if size < 8:  # to the end of the file, or a 64-bit size: picture data, which follows the properties
            return False
        at += size
    return False
