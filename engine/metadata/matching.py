"""Which box that another program drew is which detected face. Boxes are of one photo, in one frame."""

from collections.abc import Sequence

from engine.geometry import Box

SAME = 0.25
"""Intersection over union from which two boxes are one face, as digiKam takes it for confirmed faces. digiKam's
boxes lie at 0.67 to 0.88 to what the default detector draws (8 faces of 5 real photos)."""

LARGER = 8.0
"""A box that holds the middle of one face alone, and is at most so many times as large, is that person: Picasa and
IPTC's regions may frame the head with hair and shoulders."""


def match(regions: Sequence[Box], faces: Sequence[Box]) -> dict[int, int]:
    """Pair boxes one to one, the best overlap first; return the face's number by the region's."""
    overlaps = [
        (region.iou(face), number, other) for number, region in enumerate(regions) for other, face in enumerate(faces)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, number, other in sorted(overlaps, key=lambda one: (-one[0], one[1], one[2])):
        if overlap < SAME:
            break
        if number not in pairs and other not in taken:
            pairs[number] = other
            taken.add(other)
    for number, region in enumerate(regions):
        if number in pairs:
            continue
        inside = [other for other, face in enumerate(faces) if other not in taken and _frames(region, face)]
        if len(inside) == 1:
            pairs[number] = inside[0]
            taken.add(inside[0])
    return pairs


def _frames(region: Box, face: Box) -> bool:
    return region.holds(*face.centre) and face.area <= region.area <= LARGER * face.area
