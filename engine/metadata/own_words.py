"""What Kinfolk itself wrote into metadata, so that it is known again and never taken for somebody else's word.

Beside the names stands a list, `kinfolk:Wrote`, that repeats each with the mark of the library that wrote it. What is
in both is that library's; what another program has changed since is not, and is that program's word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from engine.geometry import Box
from engine.metadata.namespaces import qualified
from engine.metadata.regions import Region, microsoft_regions, mwg_regions
from engine.metadata.xmp import Node, get, items, text, texts

WROTE = "kinfolk:Wrote"

SAME_BOX = 0.95
"""Intersection over union from which a region is the one that was written: programs round when they write a file anew,
and boxes that somebody moved by more are that person's."""


class Place(StrEnum):
    """The properties that names are written into."""

    MWG = "mwg-rs:Regions"
    MICROSOFT = "MP:RegionInfo"
    PEOPLE = "Iptc4xmpExt:PersonInImage"
    HIERARCHY = "lr:hierarchicalSubject"
    SUBJECT = "dc:subject"


REGION_READERS = {Place.MWG: mwg_regions, Place.MICROSOFT: microsoft_regions}

REGION_LISTS = {Place.MWG: "mwg-rs:RegionList", Place.MICROSOFT: "MPRI:Regions"}
"""Where in these properties the regions are."""


class OwnWord(NamedTuple):
    """One thing that a library wrote: a text in a list, or a name with a box relative (0 to 1) to the stored pixels."""

    library: str
    place: Place
    text: str
    box: Box | None = None

    def line(self) -> str:
        """Return the word as it is noted: mark, property, left, top, width, height, text."""
        box = self.box
        where = [] if box is None else [f"{value:.6f}" for value in (box.left, box.top, box.width, box.height)]
        return " ".join([self.library, self.place, *where, self.text])


def own_word(line: str) -> OwnWord | None:
    """Read a noted word; None for what is none."""
    library, _, rest = line.partition(" ")
    place, _, rest = rest.partition(" ")
    if place not in set(Place):
        return None
    if Place(place) not in REGION_READERS:
        return OwnWord(library, Place(place), rest)
    parts = rest.split(" ", 4)
    try:
        return OwnWord(library, Place(place), parts[4], Box(*map(float, parts[:4])))
    except (ValueError, IndexError):
        return None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words of one library, by its mark, and the lines that are others'."""

    library: str
    words: tuple[OwnWord, ...] = ()
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: dict[str, Node], library: str) -> "OwnWords":
        """Read them from a packet's properties."""
        lines = texts(get(found, WROTE))
        own = {line: word for line in lines if (word := own_word(line)) is not None and word.library == library}
        return cls(library, tuple(own.values()), tuple(line for line in lines if line not in own))

    def region(self, place: Place, region: Region) -> OwnWord | None:
        """Return the word that a region is, None where it is somebody else's."""
        name, box = region.mention.name, region.mention.box
        for word in self.words:
            if word.place is place and word.text == name and box and word.box and word.box.iou(box) >= SAME_BOX:
                return word
        return None

    def texts(self, place: Place) -> set[str]:
        """Return the texts that are this library's in a list."""
        return {word.text for word in self.words if word.place is place}


def take_out_own(found: dict[str, Any], library: str) -> None:
    """Take out of a packet's properties, and out of their tree, what a library wrote.

    A list of regions that is empty then is taken out whole: it does not say that there is nobody.
    """
    own = OwnWords.of(found, library)
    if not own.words:
        return
    for place, read in REGION_READERS.items():
        regions = read(found) or []
        ours = [region.node for region in regions if own.region(place, region) is not None]
        remove_items(ours)
        if ours and not items(get(found, place, REGION_LISTS[place])):
            del found[qualified(place)]
    for place in (Place.PEOPLE, Place.HIERARCHY, Place.SUBJECT):
        mine = own.texts(place)
        remove_items(item for item in items(found.get(qualified(place))) if text(item) in mine)


def remove_items(nodes: Iterable[Node]) -> None:
    """Take elements out of their tree; what stands behind them stays."""
    for node in list(nodes):
        if isinstance(node, str) or node.getparent() is None:
            continue
        parent, before = node.getparent(), node.getprevious()
        if node.tail and node.tail.strip():
            if before is not None:
                before.tail = (before.tail or "") + node.tail
            else:
                parent.text = (parent.text or "") + node.tail
        parent.remove(node)
