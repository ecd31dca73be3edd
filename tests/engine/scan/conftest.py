"""A picture with a known layout, and how cameras store it."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

from engine.geometry import Image as Pixels
from tests.turned import stored


@dataclass(frozen=True)
class Scene:
    """Four quarters: red, green, blue and yellow (top left, top right, bottom left, bottom right)."""

    width: int = 96
    height: int = 64
    colours: tuple[tuple[int, int, int], ...] = ((220, 30, 30), (30, 200, 30), (30, 30, 220), (230, 230, 60))

    def upright(self) -> Image.Image:
        pixels = np.zeros((self.height, self.width, 3), np.uint8)
        top, left = self.height // 2, self.width // 2
        pixels[:top, :left], pixels[:top, left:], pixels[top:, :left], pixels[top:, left:] = self.colours
        return Image.fromarray(pixels)

    def stored(self, orientation: int) -> Image.Image:
        """The scene as a camera writes it that states this EXIF orientation."""
        return stored(self.upright(), orientation)

    def is_shown_by(self, image: Pixels, tolerance: int = 25) -> bool:
        """Say whether the image shows the scene upright, by the colour in the middle of each quarter."""
        height, width = image.shape[:2]
        spots = [(y, x) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
        seen = np.array([image[spot] for spot in spots], int)
        return int(np.abs(seen - np.array(self.colours)).max()) <= tolerance


Encode = Callable[..., bytes]


@pytest.fixture(scope="session")
def scene() -> Scene:
    return Scene()


@pytest.fixture(scope="session")
def encode() -> Encode:
    """`encode(picture, kind, orientation=1, **options)`: a file's bytes, with EXIF where an orientation is given."""

    def encoded(picture: Image.Image, kind: str, orientation: int = 0, **options: object) -> bytes:
        if orientation:
            block = Image.Exif()
            block[0x0112] = orientation
            options["exif"] = block
        file = io.BytesIO()
        picture.save(file, kind, **options)
        return file.getvalue()

    return encoded
