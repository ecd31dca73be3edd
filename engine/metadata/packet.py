"""From a packet of XMP to what it says about people."""

from collections.abc import Mapping

from engine.metadata.mentions import Said
from engine.metadata.own_words import take_out_own
from engine.metadata.people import people_of, words_of
from engine.metadata.regions import regions_of
from engine.metadata.xmp import Node, get, number, properties


def said_in(packet: bytes, library: str = "") -> Said:
    """Return what an XMP packet says about people, boxes relative (0 to 1) to the stored pixels.

    What the library of this mark wrote itself is left out: it is no word of anybody else.
    Raises XmpError where the packet cannot be read; then nothing may be concluded from it.
    """
    found = properties(packet)
    if library:
        take_out_own(found, library)
    return Said(regions_of(found), people_of(found), words_of(found), orientation_in(found))


def orientation_in(found: Mapping[str, Node]) -> int | None:
    """Return the orientation (EXIF's numbers) that a packet's properties state, None where they state none."""
    stated = number(get(found, "tiff:Orientation"))
    return int(stated) if stated is not None and stated in range(1, 9) else None
