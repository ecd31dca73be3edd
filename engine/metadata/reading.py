"""What is said about the people in a photo: by its sidecars, then by its own file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.metadata.embedded import Embedded, embedded_in
from engine.metadata.mentions import Mention, Origin, PhotoMentions, Said
from engine.metadata.packet import said_in
from engine.metadata.xmp import XmpError
from engine.words import sentence

MAX_SIDECAR = 16_000_000
"""Bytes of a sidecar that are read."""


class MetadataError(ValueError):
    """A packet or a sidecar cannot be read; what was known from it stays."""


def mentions_of(path: Path, sidecars: Sequence[Path] = (), library: str = "") -> PhotoMentions:
    """Return who is said to be in a photo. The `sidecars` are in the order in which they count.

    What the library of the mark `library` wrote itself is left out (`own_words`).

    Boxes are those of the first that has a list of regions at all, even an empty one; names without a box those of the
    first that has any. Raises MetadataError where something is there and cannot be read: then nothing may be concluded.
    """
    try:
        inside = embedded_in(path)
        beside = [sidecar.read_bytes() for sidecar in sidecars if sidecar.stat().st_size <= MAX_SIDECAR]
    except OSError as error:
        raise MetadataError(sentence("The file cannot be read.")) from error
    try:
        said = [
            *_said(beside, inside, Origin.SIDECAR, library),
            *_said(inside.packets, inside, Origin.FILE, library),
        ]
    except XmpError as error:
        raise MetadataError(*error.args) from error
    return _joined(said)


def _said(packets: Iterable[bytes], inside: Embedded, origin: Origin, library: str) -> Iterator[tuple[Said, Origin]]:
    for packet in packets:
        said = said_in(packet, library)
        turn = inside.orientation if inside.orientation is not None else said.orientation
        yield said.upright(turn or 1), origin


def _joined(said: Sequence[tuple[Said, Origin]]) -> PhotoMentions:
    regions: tuple[Mention, ...] = ()
    names: tuple[Mention, ...] = ()
    for one, origin in said:
        if one.regions is not None:
            regions = tuple(replace(region, origin=origin) for region in one.regions)
            break
    for one, origin in said:
        if one.names:
            names = tuple(Mention(name, None, origin) for name in one.names)
            break
    seen = {region.name for region in regions}
    words = dict.fromkeys(word for one, _ in said for word in one.words)
    return PhotoMentions(
        regions + tuple(name for name in names if name.name not in seen),
        tuple(word for word in words if word not in seen and word not in {name.name for name in names}),
    )
