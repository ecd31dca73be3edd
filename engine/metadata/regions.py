"""Boxes with names in XMP: of the Metadata Working Group, of Microsoft, of IPTC. Frames are those of the stored pixels.

Where the first is there, the others are not read: programs that turn a photo correct it and leave the others stale.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.geometry import Box
from engine.metadata.mentions import Mention
from engine.metadata.nobody import is_nobody
from engine.metadata.xmp import Node, get, items, number, text, texts

Properties = Mapping[str, Node]


class Region(NamedTuple):
    """A region as it stands in a packet, and what it says."""

    node: Node
    mention: Mention


MOST_REGIONS = 1000
"""Regions of one photo that are read: crowds have some hundred faces."""

_FACE = "face"
_PEOPLE_TYPES = ("face", "human", "person", "people")
"""Words at the end of IPTC's content types of regions that are people."""


def regions_of(found: Properties) -> tuple[Mention, ...] | None:
    """Return the people with boxes, without those that stand for nobody; None where no list of regions is there."""
    for read in (mwg_regions, microsoft_regions, iptc_regions):
        regions = read(found)
        if regions is not None:
            return tuple(one.mention for one in regions[:MOST_REGIONS] if not is_nobody(one.mention.name))
    return None


def names_of_others(found: Properties) -> frozenset[str]:
    """Return the names of regions that are no people: pets, things, codes. Keywords repeat them."""
    listed = items(get(found, "mwg-rs:Regions", "mwg-rs:RegionList"))
    return frozenset(text(get(one, "mwg-rs:Name")) for one in listed if not _is_face(one))


def mwg_regions(found: Properties) -> list[Region] | None:
    """Return the Metadata Working Group's regions that are faces, named or not; None where there is no list."""
    regions = get(found, "mwg-rs:Regions")
    listed = get(regions, "mwg-rs:RegionList")
    if listed is None:
        return None
    size = _size(get(regions, "mwg-rs:AppliedToDimensions"))
    return [
        Region(one, Mention(text(get(one, "mwg-rs:Name")), _area(get(one, "mwg-rs:Area"), size)))
        for one in items(listed)
        if _is_face(one)
    ]


def _is_face(region: Node) -> bool:
    """Say whether a region is a person's face; one whose type is absent is taken for one."""
    return text(get(region, "mwg-rs:Type")).casefold() in ("", _FACE)


def _area(area: Node | None, size: tuple[float, float] | None) -> Box | None:
    """Return the box of an area: a rectangle by its centre, a circle (`d`), a point without any; None for the last."""
    x, y = number(get(area, "stArea:x")), number(get(area, "stArea:y"))
    width, height = number(get(area, "stArea:w")), number(get(area, "stArea:h"))
    in_pixels = text(get(area, "stArea:unit")).casefold() == "pixel"
    if x is None or y is None:
        return None
    if width is None or height is None:  # a circle, of whose diameter programs disagree what it is relative to
        width = height = number(get(area, "stArea:d"))
    if width is None or height is None:
        return None
    box = Box(x - width / 2, y - height / 2, width, height)
    return _relative(box, size) if in_pixels else _sane(box)


def microsoft_regions(found: Properties) -> list[Region] | None:
    """Return Microsoft's regions, named or not; None where there is no list."""
    listed = get(found, "MP:RegionInfo", "MPRI:Regions")
    if listed is None:
        return None
    return [
        Region(one, Mention(text(get(one, "MPReg:PersonDisplayName")), _rectangle(text(get(one, "MPReg:Rectangle")))))
        for one in items(listed)
    ]


def _rectangle(written: str) -> Box | None:
    """Read "left, top, width, height", which some programs write with decimal commas and semicolons."""
    parts = written.replace(";", ", ").split(", ") if ";" in written or ", " in written else written.split(",")
    values = [number(part) for part in parts if part.strip()]
    if len(values) != 4 or None in values:
        return None
    return _sane(Box(*(value or 0.0 for value in values)))


def iptc_regions(found: Properties) -> list[Region] | None:
    """Return the people in IPTC's regions; None where there is no list."""
    listed = get(found, "Iptc4xmpExt:ImageRegion")
    if listed is None:
        return None
    size = _size_of_picture(found)
    return [Region(one, mention) for one in items(listed) for mention in _iptc_region(one, size)]


def _iptc_region(region: Node, size: tuple[float, float] | None) -> Iterator[Mention]:
    """Yield the people in a region; its own name is a person's only where its content type says so."""
    named = texts(get(region, "Iptc4xmpExt:PersonInImage"))
    if not named and _is_of_people(get(region, "Iptc4xmpExt:rCtype")):
        named = [text(get(region, "Iptc4xmpExt:Name"))]
    box = _boundary(get(region, "Iptc4xmpExt:RegionBoundary"), size) if len(named) == 1 else None
    for name in named:
        yield Mention(name, box)


def _is_of_people(types: Node | None) -> bool:
    for kind in items(types):
        words = [text(get(kind, "Iptc4xmpExt:Name")), *texts(get(kind, "xmp:Identifier"))]
        if any(word.casefold().rstrip("/").endswith(_PEOPLE_TYPES) for word in words if word):
            return True
    return False


def _boundary(boundary: Node | None, size: tuple[float, float] | None) -> Box | None:
    """Return IPTC's rectangle (by its top left corner), circle or the frame around its polygon."""
    shape = text(get(boundary, "Iptc4xmpExt:rbShape")).casefold()
    values = [number(get(boundary, f"Iptc4xmpExt:{name}")) for name in ("rbX", "rbY", "rbW", "rbH")]
    if shape == "circle":
        x, y, radius = values[0], values[1], number(get(boundary, "Iptc4xmpExt:rbRx"))
        if x is None or y is None or radius is None:
            return None
        # The radius is relative to the width (IPTC 2021.1, Region Boundary).
        high = radius * size[0] / size[1] if size and not _in_pixels(boundary) else radius
        box = Box(x - radius, y - high, 2 * radius, 2 * high)
    elif shape == "polygon":
        around = _around(get(boundary, "Iptc4xmpExt:rbVertices"))
        if around is None:
            return None
        box = around
    elif None in values:
        return None
    else:
        box = Box(*(value or 0.0 for value in values))
    return _relative(box, size) if _in_pixels(boundary) else _sane(box)


def _in_pixels(boundary: Node | None) -> bool:
    return text(get(boundary, "Iptc4xmpExt:rbUnit")).casefold() == "pixel"


def _around(vertices: Node | None) -> Box | None:
    points = [(number(get(one, "Iptc4xmpExt:rbX")), number(get(one, "Iptc4xmpExt:rbY"))) for one in items(vertices)]
    xs = [x for x, _ in points if x is not None]
    ys = [y for _, y in points if y is not None]
    if len(xs) < 3 or len(xs) != len(points) or len(ys) != len(points):
        return None
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _size(dimensions: Node | None) -> tuple[float, float] | None:
    return _positive(number(get(dimensions, "stDim:w")), number(get(dimensions, "stDim:h")))


def _size_of_picture(found: Properties) -> tuple[float, float] | None:
    return _positive(number(get(found, "tiff:ImageWidth")), number(get(found, "tiff:ImageLength")))


def _positive(width: float | None, height: float | None) -> tuple[float, float] | None:
    return (width, height) if width and height and width > 0 and height > 0 else None


def _relative(box: Box, size: tuple[float, float] | None) -> Box | None:
    """Return a box in pixels as one that is relative to the picture; None where its size is not known."""
    return _sane(box.scaled(1 / size[0], 1 / size[1])) if size else None


def _sane(box: Box) -> Box | None:
    """Return the box if it can be one of a picture: some programs write pixels and do not say so."""
    fits = 0 < box.width <= 2 and 0 < box.height <= 2 and -1 <= box.left <= 1 and -1 <= box.top <= 1
    return box if fits else None
