"""TOML tables to dataclasses and back: every key is known, every value has its declared type."""

import dataclasses
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

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
    lines: list[str] = []
    _write(record, "", lines)
    return "\n".join(lines) + "\n"


def _read(hint: object, value: object, source: str, key: str) -> object:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise _wrong(source, key, value, "a table")
        return read_table(hint, value, source, f"{key}.")
    if isinstance(hint, UnionType):
        return _read_union(get_args(hint), value, source, key)
    if get_origin(hint) is tuple and isinstance(value, list):
        item = get_args(hint)[0]
        return tuple(_read(item, entry, source, f"{key}[{index}]") for index, entry in enumerate(value))
    if get_origin(hint) is dict and isinstance(value, Mapping):
        item = get_args(hint)[1]
        return {name: _read(item, entry, source, f"{key}.{name}") for name, entry in value.items()}
    return _read_plain(hint, value, source, key)


def _read_union(kinds: tuple[object, ...], value: object, source: str, key: str) -> object:
    if type(value) in kinds:
        return value
    left = [kind for kind in kinds if kind is not NoneType]
    if len(left) == 1:
        return _read(left[0], value, source, key)
    raise _wrong(source, key, value, "a number, a text, true or false")


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


def _write(record: object, prefix: str, lines: list[str]) -> None:
    """Append the record's plain values, then its tables."""
    if dataclasses.is_dataclass(record):
        values = {item.name: getattr(record, item.name) for item in dataclasses.fields(record)}
    else:
        values = dict(record) if isinstance(record, Mapping) else {}
    tables = {key: value for key, value in values.items() if dataclasses.is_dataclass(value) or isinstance(value, dict)}
    for key, value in values.items():
        if key not in tables and value is not None:
            lines.append(f"{key} = {_literal(value)}")
    for key, value in tables.items():
        lines.extend(["", f"[{prefix}{key}]"])
        _write(value, f"{prefix}{key}.", lines)


def _literal(value: object) -> str:
    """Return a TOML literal; JSON's texts, numbers and lists are TOML's too."""
    if isinstance(value, Path | StrEnum):
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
