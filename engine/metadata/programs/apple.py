"""Apple Photos, through the sidecars that osxphotos writes: XMP, or JSON in the form of exiftool's."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.geometry import Box
from engine.metadata.mentions import Mention, Origin
from engine.metadata.nobody import is_nobody
from engine.metadata.packet import said_in
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame, content_of, files_below
from engine.metadata.programs.json_file import as_number, loaded
from engine.metadata.xmp import XmpError
from engine.scan.formats import has_photo_suffix

_MOST = 16_000_000
_BARE = re.compile(rb"&(?!#?\w+;)")
"""osxphotos' template writes the names of regions as they are, so that "Tom & Jerry" makes its XML unreadable."""


def read_apple(top: Path) -> Brought:
    """Read the sidecars below a folder. Raises KinfolkError where there is no such folder."""
    photos: list[BroughtPhoto] = []
    unread: list[Path] = []
    for path in files_below(top):
        if path.suffix.lower() not in (".xmp", ".json"):
            continue
        people = _of_xmp(path) if path.suffix.lower() == ".xmp" else _of_json(path)
        if people is None:
            unread.append(path)
        elif people:
            beside = path.with_suffix("")
            photos.append(BroughtPhoto(beside, people, Frame.STORED, stem_only=not has_photo_suffix(beside.name)))
    return Brought(tuple(photos), {}, tuple(unread))


def _of_xmp(path: Path) -> tuple[Mention, ...] | None:
    content = content_of(path, _MOST) or b""
    try:
        said = said_in(content)
    except XmpError:
        try:
            said = said_in(_BARE.sub(b"&amp;", content))
        except XmpError:
            return None
    framed = tuple(Mention(one.name, one.box, Origin.IMPORT) for one in said.regions or ())
    seen = {one.name for one in framed}
    return framed + tuple(Mention(name, None, Origin.IMPORT) for name in said.names if name not in seen)


def _of_json(path: Path) -> tuple[Mention, ...] | None:
    table = loaded(path, _MOST)
    if table is None:
        return None
    records = table if isinstance(table, list) else [table]
    people = [mention for one in records if isinstance(one, dict) for mention in _mentions(one)]
    return tuple(people)


def _mentions(table: dict[str, Any]) -> Iterator[Mention]:
    named = {key.rpartition(":")[2]: value for key, value in table.items()}
    names, kinds = _listed(named.get("RegionName")), _listed(named.get("RegionType"))
    places = [_listed(named.get(f"RegionArea{key}")) for key in "XYWH"]
    seen = set()
    for number, name in enumerate(names):
        if is_nobody(str(name)) or (number < len(kinds) and kinds[number] != "Face"):
            continue
        values = [as_number(column[number]) if number < len(column) else None for column in places]
        seen.add(str(name))
        yield Mention(str(name), _box(values), Origin.IMPORT)
    for name in _listed(named.get("PersonInImage")):
        if str(name) not in seen and not is_nobody(str(name)):
            yield Mention(str(name), None, Origin.IMPORT)


def _box(values: list[float | None]) -> Box | None:
    x, y, width, height = (value or 0.0 for value in values)
    return (
        Box(x - width / 2, y - height / 2, width, height) if None not in values and width > 0 and height > 0 else None
    )


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
