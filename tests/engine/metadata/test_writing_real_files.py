"""Packets of real programs lose nothing when names are written into them: exiftool says so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.geometry import Box
from engine.metadata.embedded import embedded_in
from engine.metadata.packet import said_in
from engine.metadata.writing.names import PhotoNames, Wanted, with_names
from engine.metadata.writing.regions import NamedBox
from engine.metadata.xmp import XmpError
from tests import exiftool

FACE = NamedBox("Kinfolk's own word", Box(0.001, 0.001, 0.002, 0.002))
"""Where nobody draws a face."""

WRITTEN = ("RegionInfo", "PersonInImage", "HierarchicalSubject", "Subject", "Wrote", "RegionInfoMP")


def packets(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the sidecars below a folder, and the first packet of every photo."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".xmp":
            yield path, path.read_bytes()
        elif path.is_file():
            yield from ((path, packet) for packet in embedded_in(path).packets[:1])


def others(tags: dict[str, Any]) -> dict[str, Any]:
    """Return the tags in which no name is written."""
    return {name: value for name, value in tags.items() if name.rpartition(":")[2] not in WRITTEN}


def listed(tags: dict[str, Any], name: str) -> list[Any]:
    """Return a list's texts; exiftool shows one alone as such."""
    value = tags.get(name, [])
    return value if isinstance(value, list) else [value]


def regions(tags: dict[str, Any]) -> list[Any]:
    """Return all regions of the Metadata Working Group and of Microsoft."""
    one, other = tags.get("XMP-mwg-rs:RegionInfo", {}), tags.get("XMP-MP:RegionInfoMP", {})
    return [*(one.get("RegionList") or ()), *(other.get("Regions") or ())]


def test_all_other_tags_are_equal(shared_data: Path, tmp_path: Path) -> None:
    path, seen = tmp_path / "photo.xmp", 0
    for source, packet in packets(shared_data / "metadata"):
        path.write_bytes(packet)
        try:
            said = said_in(packet)
        except XmpError:
            continue
        was = exiftool.tags(path)
        written = with_names(packet, PhotoNames("mark", (FACE,), 4000, 3000), Wanted(microsoft=True, keywords=True))
        assert written is not None
        path.write_bytes(written)
        now = exiftool.tags(path)
        assert others(now) == others(was), source.name
        for name in ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-iptcExt:PersonInImage"):
            assert listed(now, name)[:-1] == listed(was, name), source.name
        assert [one for one in regions(now) if FACE.name not in map(str, one.values())] == regions(was), source.name
        assert said_in(written, "mark").names == said.names
        taken_back = with_names(written, PhotoNames("mark", (), 4000, 3000), Wanted())
        assert taken_back is not None
        path.write_bytes(taken_back)
        last = exiftool.tags(path)
        assert others(last) == others(was), source.name
        assert regions(last) == regions(was), source.name
        seen += 1
    assert seen >= 40
