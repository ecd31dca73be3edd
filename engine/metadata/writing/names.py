"""The names of the people in one photo, written into its packet of XMP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.geometry import Box
from engine.metadata.frames import stored_box
from engine.metadata.own_words import WROTE, OwnWord, OwnWords, Place
from engine.metadata.packet import orientation_in
from engine.metadata.regions import mwg_regions
from engine.metadata.writing.document import Document, writable
from engine.metadata.writing.regions import NamedBox, put_regions
from engine.metadata.xmp import get, texts

BETWEEN = "|"
"""Stands between a keyword and the one above it, in Lightroom's and digiKam's way."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written besides regions of the Metadata Working Group and the list of people.

    `microsoft` regions, or `keywords`: the name, and the name below "People".
    """

    microsoft: bool = False
    keywords: bool = False


@dataclass(frozen=True, slots=True)
class PhotoNames:
    """The confirmed faces of a photo, boxes relative (0 to 1) to the upright photo of `width` × `height` pixels.

    `orientation` is EXIF's, None where the packet itself may say it. `library` is the mark of the library that writes.
    """

    library: str
    faces: tuple[NamedBox, ...]
    width: int
    height: int
    orientation: int | None = 1


def with_names(packet: bytes | None, names: PhotoNames, wanted: Wanted) -> bytes | None:
    """Return the packet with these names, None where nothing is to be changed; without a packet a new one.

    What other programs wrote stays. Raises XmpError where the packet cannot be read.
    """
    document = Document(packet)
    own = OwnWords.of(document.found, names.library)
    if not own.words and not any(face.asked for face in names.faces):
        return None
    turn = names.orientation if names.orientation is not None else orientation_in(document.found)
    faces = [_stored(face, turn or 1) for face in names.faces]
    size = (names.height, names.width) if (turn or 1) > 4 else (names.width, names.height)
    done = put_regions(document, Place.MWG, faces, own, size)
    words = list(done.words)
    if wanted.microsoft or get(document.found, Place.MICROSOFT, "MPRI:Regions") is not None:
        # A list that is there is kept in agreement: some programs read only that one.
        words += put_regions(document, Place.MICROSOFT, faces, own, size).words
    present = list(dict.fromkeys(faces[at].name for at in sorted(done.faces)))
    still = {region.mention.name for region in mwg_regions(document.found) or []}
    gone = {old: new for old, new in done.replaced.items() if old not in still}
    for place in (Place.PEOPLE, Place.HIERARCHY, Place.SUBJECT):
        asked = wanted.keywords or place is Place.PEOPLE
        words += _put_texts(document, place, present if asked or own.texts(place) else [], own, gone)
    document.put(WROTE, [*own.others, *(word.line() for word in words)], frozenset(texts(get(document.found, WROTE))))
    return document.packet() if document.changed else None


def _stored(face: NamedBox, orientation: int) -> NamedBox:
    return replace(face, name=writable(face.name), box=_rounded(stored_box(face.box, orientation)))


def _rounded(box: Box) -> Box:
    """Return the box as it is written, so that what is read back is the same."""
    return Box(round(box.left, 6), round(box.top, 6), round(box.width, 6), round(box.height, 6))


def _put_texts(
    document: Document, place: Place, people: Sequence[str], own: OwnWords, gone: Mapping[str, str]
) -> list[OwnWord]:
    """Let a list hold these people's names; return those of its texts that are ours.

    Where another program repeats in it a name that was replaced (`gone`), the new one is that program's, too.
    """
    worded = _WORDED[place]
    there, mine = set(texts(get(document.found, place))), own.texts(place)
    values = [worded(name) for name in people]
    replaced = {worded(old): worded(new) for old, new in gone.items() if worded(old) in there}
    theirs = (there - mine) | {new for old, new in replaced.items() if old not in mine}
    document.put(place, list(dict.fromkeys([*values, *replaced.values()])), frozenset(mine | set(replaced)))
    return [OwnWord(own.library, place, value) for value in values if value not in theirs]


def _keyword(name: str) -> str:
    """Return the name as a keyword below "People"; what separates keywords cannot be a part of one."""
    return f"People{BETWEEN}{name.replace(BETWEEN, '/')}"


def _as_it_is(name: str) -> str:
    return name


_WORDED = {Place.PEOPLE: _as_it_is, Place.HIERARCHY: _keyword, Place.SUBJECT: _as_it_is}
