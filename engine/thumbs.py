"""Faces and photos at the size of a tile: cut out of the photo's file once, then taken from the store.

A face is cut with air around it (its box grown by `GROWN`), as a square of the upright photo.
"""

import math
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from engine.errors import PhotoError
from engine.geometry import Box, Image
from engine.scan.decode import decode, decode_file, is_held, read_file
from engine.scan.jpeg import upright_jpeg_size
from engine.thumb_keys import STORED_SIDES, content_of, face_key, face_place, photo_key, photo_place
from engine.thumb_store import ThumbStore

GROWN = 1.4
"""A face's square is this many times as long as the longer side of its box."""


def face_square(box: Box, width: int, height: int) -> Box:
    """Return the square, in pixels of an upright photo of width × height, that shows a face with air around it.

    `box` is relative (0 to 1). The square is moved so that it lies inside the photo, and smaller only where the photo
    is narrower or lower than it.
    """
    face = box.scaled(width, height)
    side = min(max(face.width, face.height, 1.0) * GROWN, width, height)
    x, y = face.centre
    left = min(max(x - side / 2, 0.0), width - side)
    top = min(max(y - side / 2, 0.0), height - side)
    return Box(left, top, side, side)


def cut_face(path: Path, box: Box, side: int) -> Image:
    """Read a photo and return the square around the relative `box` as side × side × 3 RGB uint8, C-contiguous.

    The photo is decoded at the smallest scale at which the square still has `side` pixels. Raises PhotoError with a
    sentence where it cannot be read.
    """
    if is_held(path):
        data = read_file(path)
        image = decode(data, side=_decoded_side(data, box, side)).image
    else:
        image = decode_file(path, side=_bound(box, side)).image
    square = face_square(box, image.shape[1], image.shape[0])
    edge = max(round(square.width), 1)
    left = min(round(square.left), image.shape[1] - edge)
    top = min(round(square.top), image.shape[0] - edge)
    return _at_size(image[top : top + edge, left : left + edge], side, side)


def cut_photo(path: Path, side: int) -> Image:
    """Read a photo and return it upright, RGB uint8, as large as fits side × side, never larger than it is.

    Raises PhotoError with a sentence where it cannot be read.
    """
    return _within(decode_file(path, side=side).image, side)


class Thumbs:
    """Small pictures of photos that are there, and of those whose disk is away if they were seen before.

    Several threads may ask at once. Raises PhotoError with a sentence for a photo that cannot be read.
    """

    def __init__(self, store: ThumbStore) -> None:
        self._store = store

    def face(self, path: Path, box: Box, side: int) -> Image:
        """Return the square around a relative box, side × side × 3 RGB uint8."""
        stored = _stored_side(side)
        if stored is None:
            return cut_face(path, box, side)
        image = self._picture(
            path,
            face_place(str(path), box, stored),
            lambda content: face_key(content, box, stored),
            lambda: cut_face(path, box, stored),
        )
        return _at_size(image, side, side)

    def photo(self, path: Path, side: int) -> Image:
        """Return the whole photo as large as fits side × side, RGB uint8, never larger than it is."""
        stored = _stored_side(side)
        if stored is None:
            return cut_photo(path, side)
        image = self._picture(
            path,
            photo_place(str(path), stored),
            lambda content: photo_key(content, stored),
            lambda: cut_photo(path, stored),
        )
        return _within(image, side)

    def _picture(self, path: Path, place: str, key_of: Callable[[str], str], make: Callable[[], Image]) -> Image:
        try:
            key = key_of(content_of(path))
        except PhotoError:
            # The file is away. What it showed last is better than nothing.
            kept = self._store.latest(place)
            if kept is None:
                raise
            return kept
        cleared, image = self._store.cleared, self._store.load(key)
        if image is None:
            image = make()
            self._store.save(key, image, cleared)
        return image


def _decoded_side(data: bytes, box: Box, side: int) -> int:
    """Return how long the longest side of the whole photo must be for the square to have `side` pixels.

    Only JPEG is cheaper to decode at a smaller scale, so only its header is looked at; for other formats a bound will
    do that holds whatever the photo's shape.
    """
    size = upright_jpeg_size(data)
    if size is None:
        return _bound(box, side)
    return math.ceil(side * max(size) / face_square(box, *size).width)


def _bound(box: Box, side: int) -> int:
    return math.ceil(side / max(min(box.width, box.height), 0.001))


def _within(image: Image, side: int) -> Image:
    scale = min(side / max(image.shape[:2]), 1.0)
    height, width = (max(1, round(length * scale)) for length in image.shape[:2])
    return _at_size(image, width, height)


def _at_size(image: Image, width: int, height: int) -> Image:
    """Shrink by averaging areas, enlarge smoothly."""
    if image.shape[:2] == (height, width):
        return np.ascontiguousarray(image)
    smaller = image.shape[0] >= height and image.shape[1] >= width
    method = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(image, (width, height), interpolation=method), dtype=np.uint8)


def _stored_side(side: int) -> int | None:
    return next((stored for stored in STORED_SIDES if stored >= side), None)
