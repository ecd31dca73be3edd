"""PhotoPrism: the markers of its index (SQLite), of photos saved as its API gives them (JSON), and its YAML files.

The YAML files (`2020/IMG_1.yml` of `2020/IMG_1.jpg`, below `storage/sidecar`) leave a photo's files out, and with them
all markers (internal/entity/photo.go, https://github.com/photoprism/photoprism/issues/1555): of people only words of
"Subject" are there, which came from the photo's metadata or were typed.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import yaml

from engine.errors import KinfolkError
from engine.geometry import Box
from engine.metadata.mentions import Mention, Origin
from engine.metadata.nobody import is_nobody
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame, content_of, files_below
from engine.metadata.programs.json_file import as_number, loaded, number_at, records, text_at
from engine.metadata.programs.sqlite_file import opened
from engine.words import sentence

_TABLES = ("files", "markers", "subjects")
_MARKERS = """
    SELECT files.file_name, coalesce(nullif(subjects.subj_name, ''), markers.marker_name),
           markers.x, markers.y, markers.w, markers.h
    FROM markers JOIN files ON files.file_uid = markers.file_uid
    LEFT JOIN subjects ON subjects.subj_uid = markers.subj_uid AND subjects.subj_uid <> ''
    WHERE markers.marker_type = 'face' AND NOT markers.marker_invalid AND files.file_root = '/'
"""
"""A file's name is relative to its root; "/" are the originals."""

_YAML = (".yml", ".yaml")
_MOST_YAML = 1_000_000
_PlainLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_photoprism(path: Path) -> Brought:
    """Read an index (`index.db`, or the folder that holds it), or JSON of photos. Raises KinfolkError for others."""
    if path.is_dir():
        index = next((one for one in files_below(path) if one.name == "index.db"), None)
        return _index(index) if index is not None else _photos(path)
    return _photos(path) if path.suffix.lower() in (".json", *_YAML) else _index(path)


def _index(path: Path) -> Brought:
    found: dict[str, list[Mention]] = defaultdict(list)
    with opened(path, _TABLES, "PhotoPrism") as connection:
        for name, person, *place in connection.execute(_MARKERS):
            _add(found[str(name)], str(person or ""), place)
    return _brought(found)


def _photos(top: Path) -> Brought:
    found: dict[str, list[Mention]] = defaultdict(list)
    worded: list[BroughtPhoto] = []
    for path in files_below(top):
        suffix = path.suffix.lower()
        table = loaded(path) if suffix == ".json" else None
        for photo in table if isinstance(table, list) else [table]:
            for name, marker in _markers(photo):
                _add(found[name], text_at(marker, "Name"), [number_at(marker, key) for key in "XYWH"])
        if suffix in _YAML and (words := _subject(path)):
            beside = path.relative_to(top).with_suffix("") if top.is_dir() else PurePath(path.stem)
            worded.append(BroughtPhoto(beside, (), Frame.UPRIGHT, stem_only=True, words=words))
    if not found and not worded:
        raise KinfolkError(
            sentence("There are no markers of PhotoPrism in {top}.", top=top),
            sentence("Give its index.db, or photos saved as JSON: its YAML files do not say who is in a photo."),
        )
    return Brought(_brought(found).photos + tuple(worded))


def _subject(path: Path) -> tuple[str, ...]:
    """Return the words of a YAML file's subject, () where it has none or cannot be read."""
    try:
        table = yaml.load(content_of(path, _MOST_YAML) or b"", _PlainLoader)  # noqa: S506 it makes plain values only
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        return ()
    details = table.get("Details") if isinstance(table, dict) else None
    words = text_at(details, "Subject") if isinstance(details, dict) else ""
    return tuple(filter(None, (word.strip() for word in words.replace(";", ",").split(","))))


def _markers(photo: object) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in records(photo, "Files"):
        for marker in records(file, "Markers"):
            if text_at(marker, "Type") in ("", "face") and not marker.get("Invalid"):
                yield text_at(file, "Name"), marker


def _add(people: list[Mention], name: str, place: list[object]) -> None:
    if is_nobody(name):
        return
    values = [as_number(value) for value in place]
    left, top, width, height = (value or 0.0 for value in values)
    box = Box(left, top, width, height) if None not in values and width > 0 and height > 0 else None
    people.append(Mention(name, box, Origin.IMPORT))


def _brought(found: dict[str, list[Mention]]) -> Brought:
    return Brought(
        tuple(BroughtPhoto(PurePath(name), tuple(people), Frame.UPRIGHT) for name, people in found.items() if people)
    )
