"""Dataclasses to TOML, so that `read_toml` reads the same again."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import tomli_w

from engine.strict_toml.reading import KEY


def toml_text(record: object) -> str:
    """Return a dataclass, with those inside it, as TOML; fields that are None are left out."""
    return tomli_w.dumps(table_of(record))


def table_of(record: object) -> dict[str, object]:
    """Return a dataclass as the table that TOML has for it."""
    if not dataclasses.is_dataclass(record):
        raise TypeError(f"{record!r} is not a dataclass")
    table = {
        str(field.metadata.get(KEY, field.name)): _plain(getattr(record, field.name))
        for field in dataclasses.fields(record)
    }
    return {key: value for key, value in table.items() if value is not None}


def _plain(value: object) -> object:
    """Return what TOML can hold: paths and choices as texts, tuples as lists."""
    if dataclasses.is_dataclass(value):
        return table_of(value)
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items() if entry is not None}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, Path | StrEnum) else value
