"""Boxes with names in lists of regions: those that are there are kept, renamed or taken out, missing ones are added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from engine.geometry import Box
from engine.metadata.matching import match
from engine.metadata.namespaces import NAMESPACES, qualified
from engine.metadata.nobody import is_nobody
from engine.metadata.own_words import REGION_LISTS, REGION_READERS, OwnWord, OwnWords, Place, remove_items
from engine.metadata.regions import Region
from engine.metadata.writing.document import Document, holder, new_element, set_field
from engine.metadata.xmp import Node, fields, get, items

GOOD_BOX = 0.98
"""Intersection over union from which a box that we wrote need not be written again."""


@dataclass(frozen=True, slots=True)
class NamedBox:
    """A face of which somebody said who it is; the box is relative (0 to 1) to the stored pixels.

    One that is not `asked` for is only kept right where it was written before. `said` tells that the user said it here;
    else it was read in metadata, and stays that program's word.
    """

    name: str
    box: Box
    asked: bool = True
    said: bool = True


@dataclass(frozen=True, slots=True)
class RegionsDone:
    """What a list holds now: our words in it, the faces that stand in it, and old names with those in their place."""

    words: list[OwnWord]
    faces: frozenset[int]
    replaced: dict[str, str]


def put_regions(
    document: Document, place: Place, faces: Sequence[NamedBox], own: OwnWords, size: tuple[int, int]
) -> RegionsDone:
    """Make a list of regions say what is known of the faces; `size` is that of the stored pixels.

    A region of somebody else's at a face that is asked for gets its name; at no such face it stays as it is.
    """
    regions = [one for one in REGION_READERS[place](document.found) or [] if one.mention.box is not None]
    boxes = [one.mention.box or Box(0, 0, 0, 0) for one in regions]
    pairs = match(boxes, [face.box for face in faces])
    words: list[OwnWord] = []
    replaced: dict[str, str] = {}
    stale: list[Node] = []
    done: set[int] = set()
    for number, region in enumerate(regions):
        word, at = own.region(place, region), pairs.get(number)
        face = None if at is None else faces[at]
        if face is None or at is None:
            if word is not None:
                stale.append(region.node)
            continue
        if word is None and not face.asked:
            continue
        done.add(at)
        kept = _kept(region, face, word, own.library, place)
        if kept is not None:
            words.append(kept)
            if not is_nobody(region.mention.name) and region.mention.name != face.name:
                replaced[region.mention.name] = face.name
    _take_out(document, place, stale)
    for at, face in enumerate(faces):
        if face.asked and at not in done:
            _FORMS[place].add(document, face, size)
            words.append(OwnWord(own.library, place, face.name, face.box))
            done.add(at)
    return RegionsDone(words, frozenset(done), replaced)


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of region is written."""

    name: str
    plain: frozenset[str]
    move: Callable[[Node, Box], None]
    add: Callable[[Document, NamedBox, tuple[int, int]], None]


def _kept(region: Region, face: NamedBox, word: OwnWord | None, mark: str, place: Place) -> OwnWord | None:
    """Bring a region up to date; return the word that it is of ours now, None where it is another's and right."""
    form, box, was = _FORMS[place], region.mention.box or face.box, region.mention.name
    if was != face.name:
        set_field(region.node, form.name, face.name)
    if word is None and (was == face.name or not (face.said or is_nobody(was))):
        return None
    if box.iou(face.box) < GOOD_BOX:
        form.move(region.node, face.box)
        box = face.box
    elif word is not None:
        return word._replace(text=face.name)
    return OwnWord(mark, place, face.name, box)


def _take_out(document: Document, place: Place, stale: Sequence[Node]) -> None:
    """Take regions out; of one to which a program added more (a camera's data) only the name."""
    form = _FORMS[place]
    for node in stale:
        if set(fields(node)) - form.plain:
            set_field(node, form.name, "")
        else:
            remove_items([node])
    if stale and not items(get(document.found, place, REGION_LISTS[place])):
        document.remove(place)


def _new_item(document: Document, place: Place) -> Node:
    return etree.SubElement(document.list_at(place, REGION_LISTS[place]), qualified("rdf:li"))


def _add_mwg(document: Document, face: NamedBox, size: tuple[int, int]) -> None:
    item = _new_item(document, Place.MWG)
    if get(document.found, Place.MWG, "mwg-rs:AppliedToDimensions") is None and all(size):
        _attributes(
            new_element(holder(document.found[qualified(Place.MWG)]), "mwg-rs:AppliedToDimensions"),
            {"stDim:w": str(size[0]), "stDim:h": str(size[1]), "stDim:unit": "pixel"},
        )
    item.set(qualified("rdf:parseType"), "Resource")
    new_element(item, "mwg-rs:Name").text = face.name
    new_element(item, "mwg-rs:Type").text = "Face"
    _attributes(new_element(item, "mwg-rs:Area"), _area(face.box))


def _move_mwg(node: Node, box: Box) -> None:
    area = get(node, "mwg-rs:Area")
    for name, value in _area(box).items():
        set_field(area, name, value)


def _area(box: Box) -> dict[str, str]:
    x, y = box.centre
    values = {"stArea:x": x, "stArea:y": y, "stArea:w": box.width, "stArea:h": box.height}
    return {name: f"{value:.6f}" for name, value in values.items()} | {"stArea:unit": "normalized"}


def _attributes(node: Node, values: dict[str, str]) -> None:
    """Set fields as attributes; the element is made anew with the prefix that everybody knows."""
    prefix = next(iter(values)).partition(":")[0]
    made = etree.SubElement(node.getparent(), node.tag, nsmap={**node.nsmap, prefix: NAMESPACES[prefix]})
    node.getparent().remove(node)
    for name, value in values.items():
        made.set(qualified(name), value)


def _add_microsoft(document: Document, face: NamedBox, _size: tuple[int, int]) -> None:
    item = _new_item(document, Place.MICROSOFT)
    item.set(qualified("rdf:parseType"), "Resource")
    new_element(item, "MPReg:PersonDisplayName").text = face.name
    new_element(item, "MPReg:Rectangle").text = _rectangle(face.box)


def _move_microsoft(node: Node, box: Box) -> None:
    set_field(node, "MPReg:Rectangle", _rectangle(box))


def _rectangle(box: Box) -> str:
    return ", ".join(f"{value:.6f}" for value in (box.left, box.top, box.width, box.height))


def _plain(*names: str) -> frozenset[str]:
    return frozenset(qualified(name) for name in names)


_FORMS = {
    Place.MWG: _Form("mwg-rs:Name", _plain("mwg-rs:Name", "mwg-rs:Type", "mwg-rs:Area"), _move_mwg, _add_mwg),
    Place.MICROSOFT: _Form(
        "MPReg:PersonDisplayName",
        _plain("MPReg:PersonDisplayName", "MPReg:Rectangle"),
        _move_microsoft,
        _add_microsoft,
    ),
}
