"""How cameras store an upright picture that they were turned for."""

from PIL import Image

ORIENTATIONS = range(1, 9)
"""EXIF's numbers."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def stored(upright: Image.Image, orientation: int) -> Image.Image:
    """Return the pixels as they lie in a file that states this EXIF orientation, 1 to 8."""
    return upright if orientation == 1 else upright.transpose(_TURNS[orientation])
