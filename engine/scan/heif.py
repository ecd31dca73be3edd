"""HEIC by pillow-heif or pi-heif (libheif): the primary picture, whole where that is small, else tile by tile."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image as Pillow

from engine.geometry import Image
from engine.scan.content import PHOTO_MEMORY, PhotoContent, room_for
from engine.scan.heif_grid import HeifGrid, grid_of
from engine.scan.metadata import Parts, parts_of_picture
from engine.scan.packages import HEIF
from engine.scan.purpose import Wish
from engine.scan.still import content_from, content_of_bands

_BYTES = 8
"""Bytes that decoding takes for a pixel: 4.7 were measured at 48 megapixels, 7.5 at 121."""

_ROW_BYTES = 16
"""Bytes that a pixel of one row of tiles takes, in several forms."""


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
    needed = _BYTES * size[0] * size[1]
    grid = grid_of(data) if needed > PHOTO_MEMORY and picture.mode == "RGB" else None
    if grid is not None:
        turn = grid.turn if _turns_itself(data) else stated
        return read_tiles(data, grid, wish, found, turn)
    with room_for(size, needed):
        # Not by the picture's own loading, which keeps one copy more. Up to version 1.5, and in pi-heif, an array does
        # not keep the memory that it looks into: what opened the picture has to stay.
        opened = module.open_heif(io.BytesIO(data))
        return content_from(np.asarray(opened), wish, found, turn)


def read_tiles(data: bytes, grid: HeifGrid, wish: Wish, found: Parts, turn: int) -> PhotoContent:
    """Read one row of tiles after another; raises `PhotoError` where even a row is too large."""
    decode = HEIF.load().open_heif
    first = np.array(decode(io.BytesIO(grid.file_of(data, grid.tiles[0]))))
    scale = wish.scale_for(grid.size)
    reduced = 6 * grid.size[0] * grid.size[1] // scale**2
    with room_for(grid.size, reduced + _ROW_BYTES * first.shape[0] * grid.size[0] + 2 * len(data)):
        return content_of_bands(_rows_of_tiles(data, grid, scale), grid.size, wish, found, turn)


def _rows_of_tiles(data: bytes, grid: HeifGrid, scale: int) -> Iterator[Image]:
    """Yield bands of the picture (RGB), each but the last with a multiple of `scale` rows."""
    decode, (width, height) = HEIF.load().open_heif, grid.size
    rest, done = np.empty((0, width, 3), np.uint8), 0
    for start in range(0, len(grid.tiles), grid.columns):
        row = grid.tiles[start : start + grid.columns]
        tiles = [np.array(decode(io.BytesIO(grid.file_of(data, tile)))) for tile in row]
        band = np.concatenate([rest, np.hstack(tiles)[: height - done, :width]])
        done += len(band) - len(rest)
        whole = len(band) if done == height else len(band) // scale * scale
        rest = band[whole:]
        if whole:
            yield band[:whole]


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
