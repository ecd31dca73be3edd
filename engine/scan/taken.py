"""When a photo was taken, where its file does not say so: by a sidecar, else by its name."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine.scan.dates import FIRST_YEAR, LAST_YEAR, Date, Precision, Taken, TakenFrom
from engine.scan.metadata import xmp_date
from engine.scan.name_dates import date_in_name

_MAX_SIDECAR = 4_000_000
"""Bytes of a sidecar that are read."""

_NUMBERED = re.compile(r"(?P<name>.*)(?P<number>\(\d+\))(?P<suffix>\.[^.]*)", re.DOTALL)
_EDITED = re.compile(
    r"(?P<name>.*)-(?:edited|bearbeitet|modifié|editado|modificato|bewerkt)(?P<suffix>\.[^.]*)", re.DOTALL
)

_TAKEOUT = ".supplemental-metadata"
_TAKEOUT_LENGTH = 46
"""Characters of a name, before ".json", beyond which Google Takeout cuts it off."""


def taken_beside(path: Path) -> Taken | None:
    """Return what a sidecar of a photo file says, or else its name; None where neither knows.

    Sidecars are `IMG.jpg.xmp`, `IMG.xmp` and the JSON files of Google Takeout, whose clock is that of Greenwich.
    """
    for sidecar, read in _sidecars(path):
        content = _content(sidecar)
        date = read(content) if content else None
        if date is not None:
            return Taken(date.at, date.precision, TakenFrom.SIDECAR)
    date = date_in_name(path.name)
    return None if date is None else Taken(date.at, date.precision, TakenFrom.NAME)


def _sidecars(path: Path) -> Iterator[tuple[Path, Callable[[bytes], Date | None]]]:
    name, stem = path.name, path.name.rpartition(".")[0] or path.name
    for sidecar in (f"{name}.xmp", f"{stem}.xmp", f"{name}.XMP", f"{stem}.XMP"):
        yield path.with_name(sidecar), xmp_date
    for sidecar in dict.fromkeys(_takeout_names(name)):
        yield path.with_name(sidecar), _takeout_date


def _takeout_names(name: str) -> Iterator[str]:
    number = ""
    if numbered := _NUMBERED.fullmatch(name):
        name, number = numbered["name"] + numbered["suffix"], numbered["number"]
    if edited := _EDITED.fullmatch(name):
        name = edited["name"] + edited["suffix"]
    yield f"{name}{number}.json"
    yield f"{name[:_TAKEOUT_LENGTH]}{number}.json"
    yield f"{name}{_TAKEOUT}"[:_TAKEOUT_LENGTH] + f"{number}.json"


def _takeout_date(content: bytes) -> Date | None:
    try:
        since = int(json.loads(content)["photoTakenTime"]["timestamp"])
        at = datetime.fromtimestamp(since, UTC).replace(tzinfo=None)
    except (ValueError, LookupError, TypeError, OverflowError, OSError, RecursionError):
        return None
    return Date(at, Precision.SECOND) if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _content(path: Path) -> bytes:
    """Return a sidecar's bytes; nothing where it is absent, cannot be read, is no plain file or is too large."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_SIDECAR:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):
        return b""
