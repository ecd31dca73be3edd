"""Which files beside a photo speak of it: `IMG.jpg.xmp`, which digiKam and darktable write, then Adobe's `IMG.xmp`."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from engine.scan.found import FoundSidecar, is_sidecar

_SUFFIX = len(".xmp")

Sidecars = Mapping[str, FoundSidecar]
"""By the path without ".xmp", however that is written."""

Kept = TypeVar("Kept")


def by_photo(sidecars: Iterable[FoundSidecar]) -> dict[str, FoundSidecar]:
    """Return the sidecars of a folder, whose paths are relative to it, in the form in which they are looked up."""
    return {sidecar.relpath[:-_SUFFIX]: sidecar for sidecar in sidecars}


def sidecars_among(names: Iterable[str]) -> dict[str, str]:
    """Return which of a folder's files are sidecars, in the same form."""
    return {name[:-_SUFFIX]: name for name in sorted(names) if is_sidecar(name)}


def sidecars_in(folder: Path) -> dict[str, str]:
    """Return the names of a folder's sidecars, in the same form; nothing where it cannot be listed."""
    try:
        return sidecars_among(os.listdir(folder))  # noqa: PTH208 names only, of which some hold bytes that are no text
    except OSError:
        return {}


def sidecars_of(relpath: str, sidecars: Mapping[str, Kept]) -> list[Kept]:
    """Return a photo's sidecars, the one that counts first: that of its full name, then that of its stem."""
    return [sidecars[key] for key in dict.fromkeys((relpath, stem_of(relpath))) if key in sidecars]


def stem_of(relpath: str) -> str:
    """Return a path without its suffix; a name that only begins with a dot has none."""
    folder, slash, name = relpath.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}"
