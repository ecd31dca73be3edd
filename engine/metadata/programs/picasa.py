"""Picasa: `.picasa.ini` in every folder, and `contacts.xml`. Boxes are of the stored pixels."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.geometry import Box
from engine.metadata.mentions import Mention, Origin
from engine.metadata.nobody import is_nobody
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame, content_of, files_below
from engine.metadata.xmp import XmpError, tree

_MOST = 32_000_000
_INI = frozenset({".picasa.ini", "picasa.ini"})
_NOBODY = "ffffffffffffffff"
_FACE = re.compile(r"rect64\(([0-9a-f]{1,16})\),([0-9a-z]+)", re.IGNORECASE)
_SCALE = 65536.0

Sections = dict[str, dict[str, str]]


def read_picasa(top: Path) -> Brought:
    """Read all of Picasa's files below a folder.

    Ids of people may be explained in another folder's file or in `contacts.xml`; one that nobody explains has no name.
    Raises KinfolkError where there is no such folder.
    """
    unread: list[Path] = []
    inis: list[tuple[Path, Sections]] = []
    names: dict[str, str] = {}
    for path in files_below(top):
        if path.name.lower() in _INI:
            content = content_of(path, _MOST)
            if content is None:
                unread.append(path)
                continue
            sections = _sections(content.decode("utf-8-sig", "replace"))
            inis.append((path.parent, sections))
            for contact, name in _contacts(sections).items():
                names.setdefault(contact, name)
        elif path.name.lower() == "contacts.xml":
            names = {**names, **_book(path, unread)}
    photos = tuple(photo for folder, sections in inis for photo in _photos(folder, sections, names))
    return Brought(photos, {}, tuple(unread))


def _sections(text: str) -> Sections:
    """Read the lines; a file's name in brackets may hold brackets itself."""
    sections: Sections = {}
    here: dict[str, str] = {}
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            here = sections.setdefault(line[1:-1], {})
        else:
            key, is_there, value = line.partition("=")
            if is_there:
                here[key.strip()] = value.strip()
    return sections


def _contacts(sections: Sections) -> dict[str, str]:
    """Return the names of a file's people by id; what stands below the older heading are addresses, not names."""
    listed = (
        (contact.lower(), value.split(";")[0].strip()) for contact, value in sections.get("Contacts2", {}).items()
    )
    return {contact: name for contact, name in listed if name}


def _book(path: Path, unread: list[Path]) -> dict[str, str]:
    content = content_of(path, _MOST)
    try:
        root = tree(content or b"")
    except XmpError:
        unread.append(path)
        return {}
    people = ((str(one.get("id", "")).lower(), str(one.get("name", "")).strip()) for one in root.iter("contact"))
    return {contact: name for contact, name in people if contact and name}


def _photos(folder: Path, sections: Sections, names: Mapping[str, str]) -> Iterator[BroughtPhoto]:
    own = {**names, **_contacts(sections)}
    for name, values in sections.items():
        found = _FACE.findall(values.get("faces", ""))
        people = tuple(
            Mention(own[contact.lower()], box, Origin.IMPORT)
            for digits, contact in found
            if contact.lower() != _NOBODY and not is_nobody(own.get(contact.lower(), "")) and (box := _box(digits))
        )
        if people:
            yield BroughtPhoto(folder / name, people, Frame.STORED)


def _box(digits: str) -> Box | None:
    """Return the box of sixteen hexadecimal digits, of which leading zeros are left out: left, top, right, bottom."""
    whole = digits.rjust(16, "0")
    left, top, right, bottom = (int(whole[at : at + 4], 16) / _SCALE for at in range(0, 16, 4))
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None
