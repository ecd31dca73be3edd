"""Google Takeout: a JSON file beside each photo names the people in it, without saying where."""

import re
from pathlib import Path

from engine.metadata.mentions import Mention, Origin
from engine.metadata.nobody import is_nobody
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame, files_below
from engine.metadata.programs.json_file import loaded, records, text_at

_MOST = 4_000_000
_WORD = "supplemental-metadata"
_NUMBERED = re.compile(r"(?P<name>.*)(?P<number>\(\d+\))", re.DOTALL)


def read_takeout(top: Path) -> Brought:
    """Read the JSON files below a folder. Raises KinfolkError where there is no such folder."""
    photos: list[BroughtPhoto] = []
    unread: list[Path] = []
    for path in files_below(top):
        if path.suffix.lower() != ".json":
            continue
        table = loaded(path, _MOST)
        if not isinstance(table, dict):
            if table is None:
                unread.append(path)
            continue
        names = [text_at(person, "name") for person in records(table, "people")]
        people = tuple(Mention(name, None, Origin.IMPORT) for name in names if not is_nobody(name))
        if people:
            photos.append(BroughtPhoto(_photo_of(path, text_at(table, "title")), people, Frame.UPRIGHT))
    return Brought(tuple(photos), {}, tuple(unread))


def _photo_of(path: Path, title: str) -> Path:
    """Return the photo that a JSON file is of: by its own name, which is cut off after 51 characters, or its title."""
    name, number = path.name[: -len(".json")], ""
    if numbered := _NUMBERED.fullmatch(name):
        name, number = numbered["name"], numbered["number"]
    before, _, last = name.rpartition(".")
    if before and last and _WORD.startswith(last):
        name = before
    written = _with_number(name, number)
    titled = _with_number(title, number)
    is_there = path.with_name(written).exists() if written else False
    return path.with_name(written if is_there or "/" in title or not title else titled)


def _with_number(name: str, number: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}{number}{dot}{suffix}" if dot else f"{name}{number}"
