"""Faces that are drawn, for trying a runtime before any photo was seen: nobody's, and the same every time."""

import numpy as np

from engine.geometry import Image

SHADES = 12
"""Standard deviation of the noise, in levels of 0 to 255; without it there are flat areas as no photo has them."""


def drawn_faces(count: int, side: int) -> Image:
    """Return drawn faces that fill the picture, (count, side, side, 3) uint8 RGB."""
    rng = np.random.default_rng(0)
    return np.stack([_drawn(rng, side) for _ in range(count)])


def drawn_group(width: int, height: int) -> Image:
    """Return a picture of drawn faces of several sizes, (height, width, 3) uint8 RGB."""
    rng = np.random.default_rng(1)
    picture = _noisy(rng, np.full((height, width, 3), 110, np.uint8))
    left = 0
    for share in (2, 3, 5, 8, 12):
        side = min(height, width) // share
        if left + side > width:
            break
        top = int(rng.integers(0, height - side + 1))
        picture[top : top + side, left : left + side] = _drawn(rng, side)
        left += side
    return picture


def _drawn(rng: np.random.Generator, side: int) -> Image:
    """Draw one face, its features about where ArcFace's template has them."""
    import cv2

    scale = side / 112
    face = np.full((side, side, 3), rng.integers(40, 200, 3), np.uint8)
    skin = np.array([200, 160, 135]) * rng.uniform(0.5, 1.2)

    def ellipse(x: float, y: float, across: float, down: float, colour: object) -> None:
        centre = round((x + rng.normal(0, 1.5)) * scale), round((y + rng.normal(0, 1.5)) * scale)
        axes = max(1, round(across * scale)), max(1, round(down * scale))
        shade = np.clip(np.asarray(colour, np.float64), 0, 255).tolist()
        cv2.ellipse(face, centre, axes, 0, 0, 360, shade, -1, cv2.LINE_AA)

    ellipse(56, 40, 50, 55, skin * 0.3)
    ellipse(56, 64, 42, 54, skin)
    for x in (38, 74):
        ellipse(x, 42, 11, 3, skin * 0.35)
        ellipse(x, 52, 8, 5, [235, 235, 235])
        ellipse(x, 52, 4, 4, [50, 35, 25])
    ellipse(56, 66, 5, 13, skin * 0.85)
    ellipse(56, 73, 8, 3, skin * 0.7)
    ellipse(56, 92, 16, 5, skin * np.array([0.8, 0.5, 0.5]))
    return _noisy(rng, np.asarray(cv2.GaussianBlur(face, (0, 0), max(0.5, 1.5 * scale)), np.uint8))


def _noisy(rng: np.random.Generator, picture: Image) -> Image:
    return np.clip(picture + rng.normal(0, SHADES, picture.shape), 0, 255).astype(np.uint8)
