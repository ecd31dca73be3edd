"""Immich: its assets with people and boxes, from its API (only when asked, with the user's key) or a saved answer."""

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from engine.errors import KinfolkError
from engine.geometry import Box
from engine.metadata.mentions import Mention, Origin
from engine.metadata.nobody import is_nobody
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame
from engine.metadata.programs.immich_server import photos_of_server
from engine.metadata.programs.json_file import loaded, number_at, records, text_at
from engine.progress import Workflow
from engine.words import sentence


def read_immich_file(path: Path) -> Brought:
    """Read a saved answer of `POST /api/search/metadata` with `withPeople`, or a list of its assets.

    Raises KinfolkError where it is none.
    """
    table = loaded(path)
    found = list(table) if isinstance(table, list) else [*records(table, "assets", "items"), *records(table, "assets")]
    if not isinstance(table, list | dict):
        raise KinfolkError(
            sentence("{path} is not JSON of Immich.", path=path),
            sentence("Save the answer of POST /api/search/metadata, or give the server's address."),
        )
    return _brought(one for one in found if isinstance(one, dict))


def read_immich_server(address: str, key: str) -> Workflow[Brought]:
    """Ask a server for all photos with people, as `photos_of_server` does."""
    return _brought((yield from photos_of_server(address, key)))


def _brought(assets: Iterable[dict[str, Any]]) -> Brought:
    photos: list[BroughtPhoto] = []
    births: dict[str, str] = {}
    for asset in assets:
        people: list[Mention] = []
        for person in records(asset, "people"):
            name = text_at(person, "name")
            if is_nobody(name):
                continue
            if born := text_at(person, "birthDate"):
                births[name] = born[:10]
            boxes = [_box(face) for face in records(person, "faces")]
            people += [Mention(name, box, Origin.IMPORT) for box in boxes or [None]]
        path = text_at(asset, "originalPath") or text_at(asset, "originalFileName")
        if people and path:
            photos.append(BroughtPhoto(PurePath(path), tuple(people), Frame.UPRIGHT))
    return Brought(tuple(photos), births)


def _box(face: dict[str, Any]) -> Box | None:
    keys = ("boundingBoxX1", "boundingBoxY1", "boundingBoxX2", "boundingBoxY2", "imageWidth", "imageHeight")
    left, top, right, bottom, width, height = (number_at(face, key) or 0.0 for key in keys)
    if right <= left or bottom <= top or width <= 0 or height <= 0:
        return None
    return Box(left, top, right - left, bottom - top).scaled(1 / width, 1 / height)
