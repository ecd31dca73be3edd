"""JSON of other programs: any type may stand anywhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.metadata.programs.brought import content_of

MOST = 256_000_000


def loaded(path: Path, most: int = MOST) -> Any:
    """Return a file's content, None where it is no JSON, too large or nested too deep."""
    content = content_of(path, most)
    return parsed(content) if content is not None else None


def parsed(content: bytes) -> Any:
    """Return what JSON says, None where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def records(value: object, *path: str) -> Iterator[dict[str, Any]]:
    """Yield the tables in the list that a path of keys leads to; nothing where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def text_at(table: dict[str, Any], key: str) -> str:
    """Return a text, "" where there is none."""
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def number_at(table: dict[str, Any], key: str) -> float | None:
    """Return a number, None where there is none."""
    return as_number(table.get(key))


def as_number(value: object) -> float | None:
    """Return a number or a text that is one; None for all else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e9 else None
