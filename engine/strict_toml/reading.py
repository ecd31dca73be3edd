"""A TOML table to a frozen dataclass, by the types of its fields alone."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, TypeVar, get_args, get_origin, get_type_hints

from engine.errors import KinfolkError, UsageError, said_by
from engine.strict_toml.needs import Needs
from engine.strict_toml.parsing import MOST_BYTES, parse_toml
from engine.words import sentence, system_reason

Record = TypeVar("Record")

KEY = "toml"
"""In a field's metadata: its key in the file, where that is not the field's name."""

_WORDS = {
    int: sentence("a whole number"),
    float: sentence("a number"),
    str: sentence("a text"),
    bool: sentence("true or false"),
    Path: sentence("a path"),
}
_MANY = {
    int: sentence("whole numbers"),
    float: sentence("numbers"),
    str: sentence("texts"),
    Path: sentence("paths"),
}
_SHOWN = 60
"""So many characters of a wrong value stand in the sentence about it."""
_LARGEST = 2**63
"""TOML's whole numbers have 64 bits; tomllib reads longer ones too."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is read, as sentences begin with it ("The settings /…"), and which error says what is wrong with it.

    Keys that are `retired` were written by earlier versions; they are passed over.
    """

    name: str
    error: type[KinfolkError] = UsageError
    hint: str = sentence("Correct the file.")
    retired: tuple[str, ...] = ()

    def unknown(self, key: str, known: str) -> KinfolkError:
        """Return the error about a key that no field has; `known` are those that there are."""
        return self.error(
            sentence("{what}: the key '{key}' is unknown.", what=self.name, key=key),
            sentence("Known are {known}.", known=known),
        )

    def missing(self, key: str) -> KinfolkError:
        """Return the error about a key that has to be there."""
        return self.error(sentence("{what}: the key '{key}' is missing.", what=self.name, key=key), self.hint)

    def wrong(self, key: str, value: object, wanted: str) -> KinfolkError:
        """Return the error about a value of the wrong kind or beyond its range."""
        return self.error(
            sentence("{what}: the key '{key}' is {value}.", what=self.name, key=key, value=_shown(value)),
            sentence("It has to be {wanted}.", wanted=wanted),
        )


def read_toml(path: Path, kind: type[Record], origin: Origin) -> Record:
    """Read a file into a dataclass.

    Raises `origin.error` where it cannot be read, is larger or deeper than anybody writes it, is not TOML, or a key is
    unknown, missing, of the wrong type or out of range.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        table = parse_toml(data.decode("utf-8"))
    except OSError as error:
        raise origin.error(
            sentence("{what} cannot be read: {reason}.", what=origin.name, reason=system_reason(error)), origin.hint
        ) from error
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError are such
        raise origin.error(
            sentence("{what} is not valid TOML: {reason}.", what=origin.name, reason=said_by(error)), origin.hint
        ) from error
    return read_table(kind, table, origin)


def read_table(kind: type[Record], table: Mapping[str, object], origin: Origin, prefix: str = "") -> Record:
    """Build a dataclass from a table; `prefix` is the table's own key with a dot, for the sentences."""
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind} is not a dataclass")
    hints = get_type_hints(kind, include_extras=True)
    fields = {_key(field): field for field in dataclasses.fields(kind)}
    table = {key: value for key, value in table.items() if prefix + key not in origin.retired}
    for key in table:
        if key not in fields:
            raise origin.unknown(prefix + key, ", ".join(fields))
    for key, field in fields.items():
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if needed and key not in table:
            raise origin.missing(prefix + key)
    names = {key: fields[key].name for key in table}
    return kind(**{names[key]: _read(hints[names[key]], value, origin, prefix + key) for key, value in table.items()})


def _key(field: "dataclasses.Field[object]") -> str:
    return str(field.metadata.get(KEY, field.name))


def _read(hint: object, value: object, origin: Origin, key: str) -> object:
    """Return a value of the type `hint`; paths, choices, tuples and dataclasses are made of what TOML has."""
    if hint is object:
        return value
    if get_origin(hint) is Annotated:
        return _read_needed(hint, value, origin, key)
    if isinstance(hint, UnionType):
        return _read_union(hint, value, origin, key)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return read_table(hint, _table(value, origin, key), origin, f"{key}.")
    if get_origin(hint) is dict:
        item = get_args(hint)[1]
        table = _table(value, origin, key)
        return {name: _read(item, entry, origin, f"{key}.{name}") for name, entry in table.items()}
    if get_origin(hint) is tuple:
        return _read_tuple(hint, value, origin, key)
    return _read_plain(hint, value, origin, key)


def _read_needed(hint: object, value: object, origin: Origin, key: str) -> object:
    kind, *extras = get_args(hint)
    read = _read(kind, value, origin, key)
    for need in extras:
        if isinstance(need, Needs) and not need.holds(read):
            raise origin.wrong(key, value, need.words)
    return read


def _read_union(hint: UnionType, value: object, origin: Origin, key: str) -> object:
    # TOML has no null: an optional key is left out or has its type.
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    if len(kinds) == 1:
        return _read(kinds[0], value, origin, key)
    # Of several dataclasses the one that shares most keys with the table is meant; its errors name what is wrong.
    table = _table(value, origin, key)
    meant = max(kinds, key=lambda kind: len({_key(field) for field in dataclasses.fields(kind)} & set(table)))
    return _read(meant, table, origin, key)


def _read_tuple(hint: object, value: object, origin: Origin, key: str) -> object:
    items = get_args(hint)
    if not isinstance(value, list):
        raise origin.wrong(key, value, _listed(items))
    if items[-1] is Ellipsis:
        items = (items[0],) * len(value)
    if len(items) != len(value):
        raise origin.wrong(key, value, _listed(items))
    pairs = enumerate(zip(items, value, strict=True))
    return tuple(_read(item, entry, origin, f"{key}[{place}]") for place, (item, entry) in pairs)


def _listed(items: tuple[object, ...]) -> str:
    kind = _MANY.get(items[0], sentence("tables")) if isinstance(items[0], type) else sentence("lists or tables")
    if items[-1] is Ellipsis:
        return sentence("a list of {kind}", kind=kind)
    return sentence("a list of {count} {kind}", count=len(items), kind=kind)


def _read_plain(hint: object, value: object, origin: Origin, key: str) -> object:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        names = [str(member) for member in hint]
        if not isinstance(value, str) or value not in names:
            raise origin.wrong(key, value, sentence("one of {names}", names=", ".join(names)))
        return hint(value)
    if hint is Path and isinstance(value, str) and value:
        return Path(value)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        # TOML has inf and nan, and whole numbers that no float holds.
        if not -1e300 < value < 1e300:
            raise origin.wrong(key, value, sentence("a finite number"))
        return float(value)
    if hint is int and type(value) is int and not -_LARGEST <= value < _LARGEST:
        raise origin.wrong(key, value, sentence("a whole number of at most 64 bits"))
    if type(value) is hint:
        return value
    raise origin.wrong(key, value, _WORDS[hint] if isinstance(hint, type) else str(hint))


def _table(value: object, origin: Origin, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise origin.wrong(key, value, sentence("a table"))
    return value


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return sentence("a number of thousands of digits")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
