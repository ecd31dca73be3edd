"""Albums as labels: a folder that is mostly one person proposes that person's name."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.library.changes import Changes
from engine.library.edits.albums import AlbumName, name_after_albums
from engine.library.edits.names import name_key
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows
from engine.library.states import SPOKEN

LEAST_PHOTOS = 4
"""A folder with fewer photos of a person says little."""

MOSTLY = 0.6
"""The least share of a folder's photos with faces on which its person is."""

PLACES = frozenset({
    *("camera", "dcim", "downloads", "images", "photos", "pictures", "screenshots", "whatsapp images"),
    *("bilder", "bildschirmfotos", "eigene bilder", "fotos", "kamera", "다운로드", "사진", "스크린샷", "카메라"),
})  # fmt: skip
"""Folders that are called after where photos come from."""


@dataclass(frozen=True, slots=True)
class AlbumProposal:
    """A folder, the name that it proposes for a group, and the group's faces in it that nobody has confirmed yet.

    The person is on `shown` of the `photos` that have faces. `known` says that the person has that name already.
    """

    folder: Path
    name: str
    person: int
    faces: tuple[int, ...]
    shown: int
    photos: int
    known: bool


def propose(library: Library) -> list[AlbumProposal]:
    """Return what folders propose, those with most faces first.

    A group that is most of several folders of different names proposes nothing: these are called after something else.
    Nor does a folder whose name somebody else has; whether both are one is asked elsewhere.
    """
    rows = face_rows(library)
    named = {name_key(row.name): row.person for row in rows if row.name}
    folders: defaultdict[Path, list[FaceRow]] = defaultdict(list)
    for row in rows:
        folders[row.photo.parent].append(row)
    found = [one for folder, inside in folders.items() if (one := _proposal(folder, inside)) is not None]
    names: defaultdict[int, set[str]] = defaultdict(set)
    for one in found:
        names[one.person].add(name_key(one.name))
    clear = [
        one for one in found if len(names[one.person]) == 1 and named.get(name_key(one.name), one.person) == one.person
    ]
    rivals = [name_key(one.name) for one in {other.person: other for other in clear}.values()]
    return sorted(
        (one for one in clear if one.faces and rivals.count(name_key(one.name)) == 1),
        key=lambda one: (-len(one.faces), one.folder),
    )


def accept(library: Library, proposals: Sequence[AlbumProposal]) -> Changes:
    """Name and confirm what is proposed, as one edit that can be undone."""
    return name_after_albums(library, [AlbumName(one.person, one.name, one.faces) for one in proposals])


def _proposal(folder: Path, rows: Sequence[FaceRow]) -> AlbumProposal | None:
    photos: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.person is not None:
            photos[row.person].add(row.photo_id)
    if not photos or not _is_a_name(folder.name):
        return None
    person = max(photos, key=lambda one: (len(photos[one]), -one))
    own = [row for row in rows if row.person == person]
    everything = len({row.photo_id for row in rows})
    if len(photos[person]) < LEAST_PHOTOS or len(photos[person]) < MOSTLY * everything:
        return None
    name, given = folder.name.replace("_", " ").strip(), own[0].name
    if given is not None and name_key(given) != name_key(name):
        return None
    waiting = tuple(row.face for row in own if row.source not in SPOKEN)
    return AlbumProposal(folder, name, person, waiting, len(photos[person]), everything, given is not None)


def _is_a_name(text: str) -> bool:
    """Say whether a folder may be called after a person: no digit in it, and no word for where photos come from."""
    return (
        any(letter.isalpha() for letter in text)
        and not any(letter.isdigit() for letter in text)
        and unicodedata.normalize("NFC", text).casefold() not in PLACES
    )
