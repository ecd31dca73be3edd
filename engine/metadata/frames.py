"""Which picture a box is relative to: the pixels as stored, or the upright photo, the only frame that Kinfolk keeps.

Other programs write boxes of the stored pixels, before EXIF's orientation is applied; measured on files of Lightroom of
all eight orientations, which show one face in one place.
"""

from dataclasses import dataclass

from engine.geometry import Box


@dataclass(frozen=True, slots=True)
class Turn:
    """From stored to upright: x and y change places first, then each may be counted from the other end."""

    swapped: bool = False
    from_right: bool = False
    from_bottom: bool = False


TURNS = {
    1: Turn(),
    2: Turn(from_right=True),
    3: Turn(from_right=True, from_bottom=True),
    4: Turn(from_bottom=True),
    5: Turn(swapped=True),
    6: Turn(swapped=True, from_right=True),
    7: Turn(swapped=True, from_right=True, from_bottom=True),
    8: Turn(swapped=True, from_bottom=True),
}
"""By EXIF's orientation (EXIF 3.0, tag 0x0112)."""

INVERSE = {**{orientation: orientation for orientation in TURNS}, 6: 8, 8: 6}


def upright_box(box: Box, orientation: int) -> Box:
    """Return a box, relative (0 to 1) to the stored pixels, relative to the upright photo.

    An orientation that there is not counts as 1, as everywhere.
    """
    turn = TURNS.get(orientation, TURNS[1])
    left, top, width, height = box.left, box.top, box.width, box.height
    if turn.swapped:
        left, top, width, height = top, left, height, width
    if turn.from_right:
        left = 1 - left - width
    if turn.from_bottom:
        top = 1 - top - height
    return Box(left, top, width, height)


def stored_box(box: Box, orientation: int) -> Box:
    """Return a box, relative (0 to 1) to the upright photo, relative to the stored pixels: `upright_box` undone."""
    return upright_box(box, INVERSE.get(orientation, 1))


def inside(box: Box) -> Box | None:
    """Return the part of a relative box that lies in the picture; None where nothing does."""
    left, top = max(0.0, box.left), max(0.0, box.top)
    width, height = min(1.0, box.right) - left, min(1.0, box.bottom) - top
    return Box(left, top, width, height) if width > 0 and height > 0 else None
