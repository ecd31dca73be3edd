"""TOML tables to dataclasses and back: every key is known, every value has its declared type."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

import tomli_w

from engine.errors import UsageError

Record = TypeVar("Record")


def read_table(kind: type[Record], table: Mapping[str, object], source: str, prefix: str = "") -> Record:
    """Build a dataclass from a TOML table. `source` names the file in errors, `prefix` the table within it.

    Raises UsageError with the full key for one that is unknown, missing or of another type.
    """
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind} is not a dataclass")
    hints = get_type_hints(kind)
    fields = {item.name: item for item in dataclasses.fields(kind)}
    for key in table:
        if key not in fields:
            raise UsageError(f"{source}: the key '{prefix}{key}' is unknown.", f"Known are {', '.join(fields)}.")
    for key, item in fields.items():
        needed = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        if needed and key not in table:
            raise UsageError(f"{source}: the key '{prefix}{key}' is missing.")
    values = {key: _read(hints[key], value, source, prefix + key) for key, value in table.items()}
    return kind(**values)


def write_table(record: object) -> str:
    """Write a dataclass, with the dataclasses inside it, as TOML that `read_table` reads back; None is left out."""
    table = _plain(record)
    if not isinstance(table, dict):
        raise TypeError(f"{record!r} is not a dataclass")
    return tomli_w.dumps(table)


def _read(hint: object, value: object, source: str, key: str) -> object:
    if hint is object:
        return value
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise _wrong(source, key, value, "a table")
        return read_table(hint, value, source, f"{key}.")
    if isinstance(hint, UnionType):
        # TOML has no null: an optional key is left out or has its type.
        (kind,) = (each for each in get_args(hint) if each is not NoneType)
        return _read(kind, value, source, key)
    if get_origin(hint) is tuple and isinstance(value, list):
        item = get_args(hint)[0]
        return tuple(_read(item, entry, source, f"{key}[{index}]") for index, entry in enumerate(value))
    if get_origin(hint) is dict and isinstance(value, Mapping):
        item = get_args(hint)[1]
        return {name: _read(item, entry, source, f"{key}.{name}") for name, entry in value.items()}
    return _read_plain(hint, value, source, key)


def _read_plain(hint: object, value: object, source: str, key: str) -> object:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        names = [str(member) for member in hint]
        if value not in names:
            raise _wrong(source, key, value, f"one of {', '.join(names)}")
        return hint(str(value))
    if hint is Path and isinstance(value, str) and value:
        return Path(value)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if type(value) is hint:
        return value
    words = {int: "a whole number", float: "a number", str: "a text", bool: "true or false", Path: "a path"}
    raise _wrong(source, key, value, words.get(hint, "a list") if isinstance(hint, type) else "a list or a table")


def _wrong(source: str, key: str, value: object, wanted: str) -> UsageError:
    return UsageError(f"{source}: the key '{key}' is {value!r}.", f"It has to be {wanted}.")


def _plain(value: object) -> object:
    """Return what TOML can hold: paths and choices as texts, tuples as lists, no entry for None."""
    if dataclasses.is_dataclass(value):
        value = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items() if entry is not None}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, Path | StrEnum) else value
